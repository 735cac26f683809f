"""The result page: what is in order stands beside what is missing, with day, contact and law."""

from engine import Plan
from tests.portal.check.test_quick_check import answered
from tests.portal.visitor import Visitor


def _section(visitor: Visitor, heading: str) -> list[str]:
    found = visitor.page.xpath(f"//section[h2[contains(., '{heading}')]]//li")
    return [" ".join(one.text_content().split()) for one in found]


def test_what_is_fulfilled_stands_beside_what_is_missing(visitor: Visitor, plan: Plan) -> None:
    """Each with its paragraph; nothing is on both sides."""
    answered(visitor, plan, "MP-02")
    missing, fulfilled = _section(visitor, "Warum?"), _section(visitor, "Was schon erfüllt ist")

    assert ["Der Ausweis gilt erst ab dem Einzug. (§ 45 Abs. 1b StVO)"] == missing
    assert [
        "Sie wohnen mit Hauptwohnung in der Zone. (§ 45 Abs. 1b StVO)",
        "Sie haben keinen eigenen Stellplatz. (Satzung über Parkausweise (erfunden))",
    ] == fulfilled


def test_what_nobody_answered_is_not_called_fulfilled(visitor: Visitor, plan: Plan) -> None:
    """Without a home in the zone nothing else was asked: no heading without content."""
    answered(visitor, plan, "MP-03")

    assert "Was schon erfüllt ist" not in visitor.text


def test_documents_contact_day_and_law_are_told(visitor: Visitor, plan: Plan) -> None:
    """Whoever prints the page has what the next step needs."""
    answered(visitor, plan, "MP-01")
    authority = plan.procedure.authority

    assert plan.procedure.law_as_of is not None
    assert _section(visitor, "Welche Unterlagen brauchen Sie?")
    assert authority.phone in visitor.text
    assert authority.street in visitor.text
    assert "Geprüft für den 23.11.2026." in visitor.text
    assert f"Stand des Rechts: {plan.procedure.law_as_of:%d.%m.%Y}." in visitor.text


def test_whoever_may_not_apply_is_not_asked_for_documents(visitor: Visitor, plan: Plan) -> None:
    """They would collect them for nothing."""
    answered(visitor, plan, "MP-03")

    assert "Welche Unterlagen brauchen Sie?" not in visitor.text


def test_the_button_to_print_waits_for_a_script(visitor: Visitor, plan: Plan) -> None:
    """Without one it could do nothing; the browser's own command prints as well."""
    answered(visitor, plan, "MP-01")
    (button,) = visitor.page.xpath("//button[@data-print]")

    assert button.get("hidden") is not None
    assert button.get("type") == "button"
