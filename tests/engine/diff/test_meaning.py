"""For which answers something else comes out: found and replayed, or proved to be none."""

from collections.abc import Mapping
from datetime import date

import pytest

from engine import Plan
from engine.diff.comparing import Comparison, Shown, Verdict, View, compare
from engine.diff.pair import Versions
from engine.diff.searching import Examples, search, search_forms
from tests.engine.diff.made import changed, plan_from, plan_of
from tests.engine.diff.test_changes import RENAMED

MUSTER, EINB = "musterprozess", "einbuergerung"
TODAY = date(2026, 11, 23)


def compared(name: str, *replacements: tuple[str, str], with_solver: bool = True) -> Comparison:
    """The definition before and after."""
    after = changed(name, *replacements)
    return compare(plan_of(name), after, TODAY, with_solver=with_solver)


def by_name(comparison: Comparison) -> Mapping[str, View]:
    """The views."""
    return {one.view: one for one in comparison.views}


def differing(comparison: Comparison) -> set[str]:
    """The views that differ; every example is replayed here, in both plans."""
    for view in comparison.views:
        for one in view.shown:
            _replay(comparison, view.view, one)
    return {one.view for one in comparison.views if one.verdict is Verdict.DIFFERS}


def _replay(comparison: Comparison, view: str, shown: Shown) -> None:
    pair = shown.pair
    old_answers = pair.versions.renames.old_answers(pair.answers, about_form=pair.about_form)
    before = _seen(comparison.old, old_answers, shown)
    after = _seen(comparison.new, pair.answers, shown)
    assert before != after, (view, shown.difference)


def _seen(plan: Plan, answers: Mapping[str, object], shown: Shown) -> object:
    """What the plan makes of it, asked anew."""
    on, difference = shown.pair.on, shown.difference
    if not shown.pair.about_form:
        state = plan.check_questions(answers, on)
        result = plan.quick_check(state.values, on)
        told = [one.rule for one in (*result.reasons, *result.fulfilled)]
        return (result.outcome and result.outcome.id, result.earliest, told, state.visible)
    state = plan.check(answers, on, internal=True)
    if difference.view == "documents":
        return [(d.document, d.required) for d in state.documents]
    return state.visible if difference.view == "visible" else bool(state.problems)


CHANGES = [
    (MUSTER, '"gemietet", "eigen"', '"gemietet"', {"outcome", "told"}),
    (MUSTER, "einzug_am <= stichtag", "einzug_am < stichtag", {"outcome", "earliest", "told"}),
    (MUSTER, "valid_if: gueltig_ab >= stichtag", "valid_if: gueltig_ab > stichtag", {"accepted"}),
    (MUSTER, "optional_if: schwerbehindert = true", "optional_if: schwerbehindert = false",
     {"documents"}),
    (MUSTER, "show_if: schwerbehindert = true", "show_if: schwerbehindert = false", {"visible"}),
    (EINB, "betracht: {value: 90", "betracht: {value: 91", {"outcome", "earliest", "told"}),
    (EINB, 'qc_bestrebungen = "nie"\n', 'angegeben(qc_bestrebungen)\n', {"told"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "views"), CHANGES)
def test_every_change_of_meaning_is_found(name: str, old: str, new: str, views: set[str]) -> None:
    """One word of a rule, one day, one unit of a fine; the other views are proved alike."""
    comparison = compared(name, (old, new))

    assert views == differing(comparison)
    assert all(one.verdict is not Verdict.NOT_PROVED for one in comparison.views)


def test_what_cannot_be_proved_is_said_with_its_reason() -> None:
    """The solver does not look into texts, and nobody throws one of exactly 901 characters."""
    text = plan_of(MUSTER).procedure.source.text
    head, tail = text.split("  - document: einverstaendnis")
    old, new = (
        head
        + "  - document: einverstaendnis"
        + tail.replace(
            "required_if: some f in fahrzeuge satisfies f.eigenes_fahrzeug = false",
            f"required_if: angegeben(begruendung) and string length(begruendung) > {length}",
        )
        for length in (900, 901)
    )
    assert old != text

    comparison = compare(plan_from(old, MUSTER), plan_from(new, MUSTER), TODAY, with_solver=True)

    views = by_name(comparison)
    assert Verdict.NOT_PROVED is views["documents"].verdict
    assert [("unknown", "string length")] == list(views["documents"].reasons)
    assert {"documents"} == {
        one.view for one in comparison.views if one.verdict is not Verdict.SAME
    }


def test_a_unit_of_a_fine_is_between_the_two_limits() -> None:
    """The solver's example for a limit that was moved by one."""
    comparison = compared(
        EINB, ("strafen_ausser_betracht: {value: 90", "strafen_ausser_betracht: {value: 91")
    )

    (shown,) = by_name(comparison)["outcome"].shown
    answers = shown.pair.answers
    fines = sum(int(str(answers.get(one) or 0)) for one in ("qc_tagessaetze", "qc_freiheit_tage"))
    assert 91 == fines


def test_a_renamed_field_changes_nothing() -> None:
    """Proved: the answer is the same under two names."""
    comparison = compared(MUSTER, *RENAMED)

    assert {Verdict.SAME} == {one.verdict for one in comparison.views}
    assert ["renamed"] == [one.action for one in comparison.changes if one.area != "case"]


def test_another_sentence_changes_nothing() -> None:
    """Words are not rules."""
    comparison = compared(EINB, ("label: Familienname\n", "label: Nachname\n"))

    assert {Verdict.SAME} == {one.verdict for one in comparison.views}


def test_a_rule_that_never_counted_may_go() -> None:
    """What the first rule catches does not reach a later one that says the same."""
    before = changed(
        MUSTER,
        (
            "        - rule: E03\n",
            "        - rule: E02b\n          when: {stellplatz: '\"eigen\"'}\n"
            "          then: '\"moeglich\"'\n        - rule: E03\n",
        ),
    )

    comparison = compare(before, plan_of(MUSTER), TODAY, with_solver=True)

    assert {Verdict.SAME} == {one.verdict for one in comparison.views}
    assert ["removed"] == [one.action for one in comparison.changes]


def test_a_removed_rule_is_shown_by_whom_it_hit() -> None:
    """Naturalisation without the rule on polygamy: the example lives in it."""
    text = plan_of(EINB).procedure.source.text.split("\ncases:")[0] + "\n"
    head, rule = text.split("        - rule: R13\n")
    rest = rule[rule.index("        - rule: R14") :]
    before, after = plan_from(text, EINB), plan_from(head + rest, EINB)

    comparison = compare(before, after, TODAY, with_solver=True)

    assert [("removed", "rule", "ausschluss.R13")] == [
        (one.action, one.area, one.name) for one in comparison.changes
    ]
    assert "outcome" in differing(comparison)
    (shown,) = by_name(comparison)["outcome"].shown
    assert shown.pair.answers["qc_mehrehe"] is True


def test_without_the_solver_nothing_is_called_proved() -> None:
    """Cases and thrown answers find most differences; that there is none they cannot say."""
    comparison = compared(MUSTER, ('"gemietet", "eigen"', '"gemietet"'), with_solver=False)

    views = by_name(comparison)
    assert Verdict.DIFFERS is views["outcome"].verdict
    assert Verdict.NOT_PROVED is views["visible"].verdict
    assert (("no-solver", ""),) == views["visible"].reasons


def test_the_search_is_repeatable() -> None:
    """The same two versions, the same examples."""
    after = changed(MUSTER, ('"gemietet", "eigen"', '"gemietet"'))
    found = []
    for _ in range(2):
        examples = Examples()
        versions = Versions(plan_of(MUSTER), after)
        search(versions, TODAY, examples)
        search_forms(versions, TODAY, examples)
        found.append({key: pair.answers for key, (_, pair) in examples.found.items()})

    assert found[0] == found[1] != {}


def test_nothing_is_found_between_a_version_and_itself() -> None:
    """Neither by search nor otherwise."""
    for name in (MUSTER, EINB):
        examples = Examples()
        search(Versions(plan_of(name), plan_of(name)), TODAY, examples)
        assert (0, True) == (len(examples.found), examples.looked_at > 100)
