"""What a mapping is told beyond the pages of its codes: where no complaint is made, and where."""

import pytest

from engine.diagnostics import Severity
from engine.fixes import apply_fixes
from engine.source import Source
from tests.diagnostics.fragments import diagnose, wrap


def _found(mapping: str) -> list[tuple[str, dict[str, str]]]:
    text, _ = wrap(f"# in: message\n{mapping}\n")
    return [(one.code, dict(one.values)) for one in diagnose(text)]


def _codes(mapping: str) -> list[str]:
    return [code for code, _ in _found(mapping)]


def test_the_nearest_element_is_the_fix() -> None:
    """`vordruck check --fix` mends a slip of the pen."""
    text, _ = wrap("# in: message\nperson: {nmae: vorname, name: vorname}\n")
    [found] = [one for one in diagnose(text) if one.code == "unknown-element"]
    assert found.values["nearest"] == "name"
    assert "{name: vorname, name: vorname}" in apply_fixes(Source("beispiel.yaml", text), [found])


@pytest.mark.parametrize(
    "when",
    [
        'status in ("duldung", "gestattung")',
        'not(status = "visum") and angegeben(status)',
        'angegeben(status) and status != "visum"',
        'status = "duldung"',
    ],
)
def test_options_that_the_condition_excludes_need_no_code(when: str) -> None:
    """Only what can be written there has to be in the list."""
    table = "$table: {duldung: a, gestattung: b}"
    choice = f"{{$when: '{when}', $code_of: status, {table}}}"
    assert "code-not-in-list" not in _codes(f"art: {choice}")
    assert "code-not-in-list" in _codes("art: {$code_of: status}")


def test_a_branch_knows_that_the_branches_before_it_did_not_apply() -> None:
    """What is asked first cannot be the case any more."""
    branches = (
        '{$choose: [{$when: \'status in ("duldung", "gestattung", "visum")\', $code: a},'
        " {$code_of: status}]}"
    )
    assert _codes(f"art: {branches}") == []


def test_codes_of_a_rule_are_looked_at_one_by_one() -> None:
    """Literal texts of both branches."""
    rule = '\'if verheiratet = true then "a" else "d"\''
    [(code, values)] = _found(f"art: {{$code_of: {rule}}}")
    assert (code, values["code"]) == ("code-not-in-list", "d")


def test_a_condition_on_the_length_is_believed() -> None:
    """Of the very text that is written, not of another one."""
    guarded = "{$when: 'string length(vermerk) <= 35', $value: vermerk}"
    assert _codes(f"zeile: {guarded}") == []
    other = "{$when: 'string length(vorname) <= 35', $value: vermerk}"
    assert _codes(f"zeile: {other}") == ["text-too-long"]


def test_lengths_of_joined_texts_add_up() -> None:
    """Twice sixty is more than thirty-five; a short literal is not."""
    [(code, values)] = _found("zeile: 'vermerk + \" \" + vermerk'")
    assert (code, values["longest"]) == ("text-too-long", "121")
    assert _codes("zeile: '\"kurz\"'") == []


def test_a_mark_may_repeat_an_answer_where_that_is_certain() -> None:
    """`$when: x = true` leaves one value."""
    assert _codes("bestaetigt: {$when: verheiratet = true, $value: verheiratet}") == []
    assert _codes("bestaetigt: {$when: angegeben(verheiratet), $value: verheiratet}") == [
        "element-fixed"
    ]


def test_parts_of_an_address_have_letters_and_lengths() -> None:
    """Each part reads so many characters of DIN 91379."""
    assert _codes("zeile: anschrift.ort") == ["text-too-long"]
    assert _codes("bemerkung: anschrift.ort") == []


def test_files_and_rows_are_counted() -> None:
    """What can be there more often than the standard takes is told, however it comes about."""
    twice = "spitzname: {$each: kinder, $limit: 2, $value: item.rufname}"
    assert _codes(f"person: {{name: vorname, {twice}}}") == []
    assert _codes("bemerkung: {$each: sprachen, $value: item}") == ["element-too-often"]
    assert _codes("bemerkung: [vorname, vorname]") == ["element-too-often"]
    assert _codes("bemerkung: {$each: sprachen, $limit: 1, $value: item}") == []


def test_an_answer_whose_form_nobody_knows_is_a_warning() -> None:
    """The author may know better; a literal that does not match is an error."""
    text, _ = wrap("# in: message\nnummer: vermerk\n")
    [found] = diagnose(text)
    assert (found.code, found.severity) == ("text-does-not-match", Severity.WARNING)


def test_without_shapes_a_mapping_is_not_held_against_anything() -> None:
    """The engine knows no standards; whoever does hands them in."""
    text, _ = wrap("# in: map\nfrei: vorname\n")
    assert () == diagnose(text)


def test_required_places_are_named_at_the_element_around_them() -> None:
    """There the missing line belongs."""
    text, before = wrap("# in: message\nperson:\n  spitzname: vorname\n")
    [found] = diagnose(text)
    assert (found.code, found.span.start.line - before) == ("element-missing", 2)
