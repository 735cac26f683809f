"""What an invited person must not learn is found before anybody applies."""

import pytest

from tests.diagnostics.fragments import diagnose

FORM = """\
procedure: beispiel
version: 2026.1.0
title: Beispiel
authority: {name: Stadt Beispiel, ags: '00000000', dvdv_key: 'abh:00000000'}
recipients: {amt: {text: Das Amt, receives: [xoev, dms, invitation]}}
purposes:
  zweck: {text: T, legal_basis: § 1, recipients: [amt], retention: drafts, by_hand: true}
pages:
  - page: person
    title: Person
    purpose: zweck
    fields:
      - {field: status, type: choice, label: Status, options: {duldung: D, visum: V}}
      - {field: name_da, type: yes_no, label: Name da}
      - {field: nachname, type: name, label: Name, show_if: name_da = true}
      - {field: geboren, type: date, label: Geboren}
      - {computed: volljaehrig, value: 'alter am(geboren, stichtag) >= 18'}
      - group: kinder
        label: Kinder
        repeat: {min: 0, max: 3}
        fields:
          - {field: kind, type: name, label: Kind}
    {checks}
  - page: arbeit
    title: Arbeit
    purpose: zweck
    fields:
      - {field: stunden, type: integer, label: Stunden}
      {item}
invitations:
  - {invitation: chef, title: Chef, pages: [arbeit]{more}}
"""


def found(item: str = "", more: str = "", checks: str = "") -> list[tuple[str, str]]:
    """Codes about invitations, and which answer is missing."""
    text = FORM.replace("{checks}", checks).replace("{item}", item).replace("{more}", more)
    return [
        (one.code, one.values.get("name", ""))
        for one in diagnose(text)
        if one.code.startswith(("invit", "unknown"))
    ]


NEEDS = "invited-rule-needs-more"


@pytest.mark.parametrize(
    ("item", "missing"),
    [
        ("- {field: a, type: text, label: A, show_if: status = 'duldung'}", ["status"]),
        ("- {field: a, type: text, label: A, required_if: status = 'duldung'}", ["status"]),
        ("- {info: a, text: A, show_if: status = 'duldung'}", ["status"]),
        ("- {computed: a, value: status, label: A}", ["status"]),
        ("- {field: a, type: integer, label: A, warn_if: volljaehrig = false, warning: W}",
         ["geboren"]),
        ("- {field: a, type: integer, label: A, valid_if: 'a < count(kinder)', message: M}",
         ["kinder"]),
        ("- {field: a, type: integer, label: A, show_if: angegeben(nachname)}", ["nachname"]),
        ("- {field: a, type: integer, label: A, show_if: stunden > 3}", []),
        ("- {group: g, label: G, repeat: {min: 0, max: 2, item: '{nachname}'},"
         " fields: [{field: x, type: text, label: X}]}", ["nachname"]),
        ("- {group: g, label: G, repeat: {min: 0, max: 2}, fields:"
         " [{field: status2, type: text, label: X}, {field: x, type: text, label: X2,"
         " show_if: angegeben(status2)}]}", []),
    ],
)  # fmt: skip
def test_every_rule_of_an_invited_page_is_followed_to_its_answers(
    item: str, missing: list[str]
) -> None:
    """Shown, required, checked, computed, titled: whatever the invited person would notice."""
    item = item.replace("'duldung'", '"duldung"') if "'duldung'" in item else item

    assert found(item) == [(NEEDS, name) for name in missing]


def test_what_is_named_may_be_read() -> None:
    """Shown or not, the author has decided it."""
    item = '- {field: a, type: text, label: A, show_if: status = "duldung"}'

    assert found(item, ", sees: [status]") == []
    assert found(item, ", uses: [status]") == []


def test_an_answer_that_is_shown_brings_what_it_hangs_on_only_by_name() -> None:
    """Whether a name counts hangs on another answer: the author sees that it goes along, too."""
    assert found(more=", sees: [nachname]") == [(NEEDS, "name_da")]
    assert found(more=", sees: [nachname], uses: [name_da]") == []
    assert found(more=", sees: [volljaehrig]") == [(NEEDS, "geboren")]
    assert found(more=", sees: [volljaehrig], uses: [geboren]") == []


def test_an_error_that_only_the_invited_person_can_mend_may_not_stand_elsewhere() -> None:
    """They would never be told of it; a warning there is the applicant's."""
    rule = 'stunden > 3 or status = "visum"'
    error = f"checks: [{{check: c, valid_if: '{rule}', message: M, fields: [stunden]}}]"
    warning = f"checks: [{{check: c, warn_if: '{rule}', message: M, fields: [stunden]}}]"

    assert found(checks=error) == [(NEEDS, "status")]
    assert found(checks=warning) == []


def test_the_conditions_of_their_documents_are_theirs_to_notice() -> None:
    """A document that is asked for tells what it hangs on."""
    text = FORM.replace("{checks}", "").replace("{item}", "")
    text = text.replace("{more}", ", documents: [vertrag]")
    text += 'documents:\n  - {document: vertrag, title: V, required_if: status = "duldung"}\n'
    codes = [one.code for one in diagnose(text)]

    assert NEEDS in codes


def test_one_document_for_each_row_tells_how_many_rows_there_are() -> None:
    """So the group has to be named, too."""
    text = FORM.replace("{checks}", "").replace("{item}", "")
    text += "documents:\n  - {document: geburt, title: G, each: kinder}\n"
    hidden = text.replace("{more}", ", documents: [geburt]")
    named = text.replace("{more}", ", documents: [geburt], sees: [kinder]")

    assert NEEDS in [one.code for one in diagnose(hidden)]
    assert NEEDS not in [one.code for one in diagnose(named)]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (", documents: [vertrog]", "unknown-document"),
        (", sees: [statos]", "unknown-field"),
        (", uses: [statos]", "unknown-field"),
    ],
)
def test_names_of_an_invitation_exist(more: str, code: str) -> None:
    """And the nearest one is offered."""
    assert [one for one, _ in found(more=more)] == [code]
