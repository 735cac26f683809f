"""The list of tasks: where an application begins, and how far each part of it is."""

from collections.abc import Callable

from engine import Plan
from tests.portal.fill.test_application import begin, case_of, fill_in, upload_all
from tests.portal.form_values import form_values
from tests.portal.visitor import Visitor


def told(visitor: Visitor) -> dict[str, str]:
    """What every task says of its state, by its title."""
    return {
        " ".join(one[0].text_content().split()): " ".join(one[1].text_content().split())
        for one in visitor.page.xpath("//li[@class='vd-task']")
    }


def overview(visitor: Visitor) -> Visitor:
    """The list of the application that the visitor is in."""
    return visitor.open(visitor.path.rpartition("/")[0] + "/task-list")


def count(visitor: Visitor) -> str:
    """How many are done."""
    return str(visitor.page.xpath("string(//label[@for='progress'])"))


def test_a_new_application_begins_with_the_list(visitor: Visitor) -> None:
    """Nothing is begun, what comes at the end is not offered, one button says where to begin."""
    overview(begin(visitor))

    assert visitor.heading() == "Ihr Antrag: Übersicht"
    states = told(visitor)
    assert list(states) == [
        "Angaben zur Person",
        "Parkzone und Fahrzeuge",
        "Erklärung",
        "Unterlagen",
        "Angaben prüfen und absenden",
    ]
    assert states["Angaben zur Person"] == "noch offen"
    assert states["Angaben prüfen und absenden"] == "noch nicht möglich"
    assert not visitor.page.xpath("//li[@class='vd-task']/a[contains(@href, 'check-answers')]")
    assert count(visitor).startswith("0 von ")


def test_what_is_missing_is_told_apart_from_what_is_wrong(visitor: Visitor, plan: Plan) -> None:
    """Half a page: begun. A day that does not exist: please correct. The whole page: done."""
    page = begin(visitor).path
    visitor.press("_go", "overview", {"familienname": ["Muster"]})
    assert told(visitor)["Angaben zur Person"] == "angefangen"
    visitor.open(page)
    wrong = {"geburtsdatum.day": ["31"], "geburtsdatum.month": ["2"], "geburtsdatum.year": ["1990"]}
    visitor.press("_go", "overview", wrong)
    assert told(visitor)["Angaben zur Person"] == "bitte korrigieren"
    visitor.open(page)
    values = form_values(plan.procedure, case_of(plan.procedure, "MP-voll"))
    visitor.press("_go", "next", values)
    if visitor.path == page:  # an answer brought a further question
        visitor.press("_go", "next", values)
    overview(visitor)

    assert told(visitor)["Angaben zur Person"] == "fertig"
    assert count(visitor).startswith("1 von ")


def test_the_way_there_loses_nothing(visitor: Visitor) -> None:
    """The link on a page of questions is a button that saves what was typed."""
    page = begin(visitor).path
    [button] = visitor.page.xpath("//button[@name='_go'][@value='overview']")
    assert button.get("form") == "answers"
    visitor.press("_go", "overview", {"vornamen": ["Erika"]}).open(page)

    assert visitor.page.get_element_by_id("f-vornamen").get("value") == "Erika"


def test_pages_can_be_done_in_any_order(visitor: Visitor) -> None:
    """Whoever lacks a number goes on and comes back; the list names the first open part."""
    begin(visitor).open(visitor.path.rpartition("/")[0] + "/ausweis")
    visitor.press("_go", "overview")

    assert visitor.path.endswith("/task-list")
    assert "Person" in visitor.page.xpath("string(//main//a[contains(@class, 'primary')])")


def test_the_last_part_opens_when_all_is_done(visitor: Visitor, plan: Plan) -> None:
    """With papers handed in, the list leads to the summary, and afterwards to the receipt."""
    upload_all(fill_in(begin(visitor), plan.procedure, case_of(plan.procedure, "MP-voll")))
    assert visitor.page.xpath("//main//a[contains(@href, 'task-list')]")
    here = overview(visitor).path
    states = told(visitor)

    assert states["Unterlagen"] == "fertig"
    assert states["Angaben prüfen und absenden"] == "noch offen"
    visitor.open(visitor.page.xpath("string(//main//a[contains(@class, 'primary')]/@href)"))
    assert visitor.path.endswith("/check-answers")
    visitor.press("_go", "submit").open(here)
    assert "/receipt/" in visitor.path


def test_the_list_is_not_for_others(visitor: Visitor, new_visitor: Callable[[], Visitor]) -> None:
    """Another browser gets the same answer as for a draft that does not exist (R58)."""
    here = overview(begin(visitor)).path

    assert new_visitor().open(here).status == 404
