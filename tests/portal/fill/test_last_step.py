"""§ 68 Abs. 2 AufenthG: the warning is a step of its own; nothing leads past it."""

import pytest

from tests.portal.complete import answers_of, plans
from tests.portal.fill.test_application import begin, fill_in, upload_all
from tests.portal.form_values import form_values
from tests.portal.visitor import Visitor

NAME, TICK = "verpflichtungserklaerung", "warnung_bestaetigt"


@pytest.fixture
def at_summary(visitor: Visitor) -> Visitor:
    """A visitor whose declaration is complete but for the warning."""
    answers = answers_of(NAME, "VE-voll")
    assert answers[TICK] is True
    fill_in(begin(visitor, NAME), plans()[NAME].procedure, answers)
    upload_all(visitor)
    assert visitor.path.endswith("/check-answers"), visitor.errors()
    return visitor


def _warned(visitor: Visitor, ticks: list[str]) -> Visitor:
    return visitor.press("_go", "submit", {TICK: ticks})


def test_the_warning_is_not_on_the_page_of_the_declarations(visitor: Visitor) -> None:
    """Neither its text nor its tick: it would be ticked in passing."""
    fill_in(begin(visitor, NAME), plans()[NAME].procedure, answers_of(NAME, "VE-voll"))
    draft = visitor.path.rpartition("/")[0]

    visitor.open(f"{draft}/abgabe")

    assert {"belehrung_umfang", "richtigkeit"} <= visitor.asked()
    assert TICK not in visitor.asked()
    assert "nicht übereilt" not in visitor.text


def test_the_summary_leads_to_the_warning_and_this_to_the_receipt(at_summary: Visitor) -> None:
    """Text, one declaration, and the button that hands in."""
    assert not at_summary.errors()

    at_summary.press("_go", "submit")

    assert at_summary.path.endswith("/last-step")
    assert at_summary.asked() == {TICK}
    assert "nicht übereilt" in at_summary.text
    assert "/receipt/" in _warned(at_summary, ["ja"]).path


def test_without_the_tick_nothing_is_handed_in(at_summary: Visitor) -> None:
    """The step says what is missing."""
    at_summary.press("_go", "submit")

    _warned(at_summary, [])

    assert (at_summary.status, at_summary.path.endswith("/last-step")) == (422, True)
    assert len(at_summary.errors()) == 1
    assert "/receipt/" in _warned(at_summary, ["ja"]).path


def test_a_tick_sent_with_another_page_counts_for_nothing(at_summary: Visitor) -> None:
    """Whoever posts it with the declarations has not read the warning."""
    draft = at_summary.path.rpartition("/")[0]
    procedure, answers = plans()[NAME].procedure, answers_of(NAME, "VE-voll")
    values = form_values(procedure, answers)
    at_summary.open(f"{draft}/abgabe")
    form = at_summary.form()
    pairs = [(name, value) for name, given in values.items() for value in given]
    pairs += [(str(name), str(value)) for name, value in form.form_values() if name[:1] == "_"]
    at_summary.send(f"{draft}/abgabe", [*pairs, ("_asked", TICK), ("_go", "next")])
    at_summary.open(f"{draft}/check-answers").press("_go", "submit")

    assert at_summary.path.endswith("/last-step")
    assert not at_summary.page.xpath(f"//input[@name='{TICK}'][@checked]")


def test_a_direct_link_leads_to_the_summary_first(at_summary: Visitor) -> None:
    """The warning stands behind what it is about."""
    draft = at_summary.path.rpartition("/")[0]

    for address in (f"{draft}/last-step", f"{draft}/last-step?seen=1"):
        assert at_summary.open(address).path == f"{draft}/check-answers"


def test_an_incomplete_declaration_has_no_last_step(visitor: Visitor) -> None:
    """First everything else must be right."""
    begin(visitor, NAME)
    draft = visitor.path.rpartition("/")[0]

    assert visitor.open(f"{draft}/last-step?seen=0").path == f"{draft}/check-answers"


def test_what_was_changed_after_the_warning_is_read_again(at_summary: Visitor) -> None:
    """The declaration is about the summary that was read."""
    draft = at_summary.path.rpartition("/")[0]
    at_summary.press("_go", "submit")
    form = at_summary.form()
    at_summary.open(f"{draft}/finanzen").press("_go", "next", {"miete_warm": ["1200"]})

    at_summary.press("_go", "submit", {TICK: ["ja"]}, form=form)

    assert (at_summary.status, at_summary.path) == (409, f"{draft}/last-step")
    assert at_summary.heading().startswith("Angaben prüfen")


def test_the_enter_key_does_not_declare(at_summary: Visitor) -> None:
    """The first button of the form, which Enter presses, stays on the step."""
    at_summary.press("_go", "submit")
    first = at_summary.form().xpath(".//button")[0]

    at_summary.press(first.get("name"), first.get("value"), {TICK: ["ja"]})

    assert at_summary.path.endswith("/last-step")


def test_back_leads_to_the_summary(at_summary: Visitor) -> None:
    """To look once more before declaring."""
    draft = at_summary.path.rpartition("/")[0]
    at_summary.press("_go", "submit")

    assert at_summary.press("_go", "back").path == f"{draft}/check-answers"
