"""The pages of the form: errors, new questions, rows, warnings, languages, two windows."""

import re
from collections.abc import Callable

import pytest

from engine import Plan
from engine.model import Field
from tests.portal.complete import plans
from tests.portal.fill.test_application import begin, case_of, fill_in
from tests.portal.form_values import form_values
from tests.portal.papers import PDF
from tests.portal.visitor import Visitor, text

PERSON = {
    "familienname": ["Muster"],
    "vornamen": ["Erika"],
    "geburtsdatum.year": ["1990"],
    "anschrift.strasse": ["Weg"],
    "anschrift.plz": ["12345"],
    "anschrift.ort": ["Musterstadt"],
    "schwerbehindert": ["nein"],
}


def to_vehicles(visitor: Visitor) -> Visitor:
    """On the page with the rows."""
    return begin(visitor).press("_go", "next", PERSON)


def test_errors_stand_in_a_summary_and_at_their_question(visitor: Visitor) -> None:
    """Status 422, title, links to the controls, described-by and invalid at the control."""
    begin(visitor).press("_go", "next", {**PERSON, "familienname": [""], "anschrift.plz": ["1"]})

    assert visitor.status == 422
    assert re.search(r"<title>Fehler: ", visitor.text)
    assert len(visitor.errors()) == 2
    links = [one.get("href")[1:] for one in visitor.page.xpath("//*[@id='errors']//a")]
    assert ["f-familienname", "f-anschrift-plz"] == links
    for target in links:
        control = visitor.page.get_element_by_id(target)
        described = text(control, "aria-describedby").split()
        assert control.get("aria-invalid") == "true"
        assert any(visitor.page.get_element_by_id(one).text_content().strip() for one in described)


def test_everything_typed_stays_even_if_it_makes_no_sense(visitor: Visitor) -> None:
    """Invalid input is shown again, and is there after coming back."""
    begin(visitor)
    page = visitor.path
    visitor.press("_go", "next", {**PERSON, "geburtsdatum.month": ["13"], "email": ["kein-at"]})
    for _ in range(2):
        controls = visitor.controls()
        assert controls["geburtsdatum.month"][0].get("value") == "13"
        assert controls["email"][0].get("value") == "kein-at"
        assert controls["familienname"][0].get("value") == "Muster"
        visitor.open(page)


def test_an_answer_that_opens_a_question_shows_the_page_again(visitor: Visitor) -> None:
    """Without scripts the new question is announced, not called missing."""
    begin(visitor)
    assert "merkzeichen" not in visitor.asked()
    visitor.press("_go", "next", {**PERSON, "schwerbehindert": ["ja"]})

    assert visitor.status == 200
    assert visitor.path.endswith("/person")
    assert "weitere Fragen dazugekommen" in visitor.text
    assert "merkzeichen" in visitor.asked()
    assert not visitor.errors()
    visitor.press("_go", "next")
    assert visitor.path.endswith("/ausweis")


def test_r35_a_hidden_question_takes_no_answer(visitor: Visitor) -> None:
    """Not even if the post claims that it was asked."""
    begin(visitor)
    pairs = [(name, value) for name, values in PERSON.items() for value in values]
    hidden = [("_token", visitor.form().fields["_token"]), ("_shape", "")]
    asked = [("_asked", name) for name in (*visitor.asked(), "merkzeichen", "begruendung")]
    stolen = [("merkzeichen", "g"), ("begruendung", "Kanari")]
    visitor.send(visitor.path, [*hidden, *asked, *pairs, *stolen])
    visitor.press("_go", "back")
    visitor.press("_go", "next", {"schwerbehindert": ["ja"]})

    ticks = visitor.controls()["merkzeichen"]
    assert not [one for one in ticks if one.get("checked") is not None]


def test_the_browser_is_told_which_answer_opens_a_question(visitor: Visitor) -> None:
    """A hidden question is on the page, disabled, with the condition for the script."""
    begin(visitor)
    part = visitor.page.xpath("//fieldset[@data-show-if-field][.//input[@name='merkzeichen']]")[0]

    assert part.get("data-show-if-field") == "schwerbehindert"
    assert part.get("data-show-if-values") == '["ja"]'
    assert part.get("disabled") is not None
    assert part.get("hidden") is not None


def test_yes_and_no_are_never_preselected(visitor: Visitor) -> None:
    """Neither are choices."""
    begin(visitor)

    assert not visitor.page.xpath("//main//input[@checked]")


def test_rows_are_added_edited_and_removed_with_buttons(visitor: Visitor) -> None:
    """What was typed in the other rows stays."""
    to_vehicles(visitor)
    assert "fahrzeuge[0].kennzeichen" in visitor.asked()
    visitor.press("_add", "fahrzeuge", {"fahrzeuge[0].kennzeichen": ["MU-AB 1"]})
    assert "fahrzeuge[1].kennzeichen" in visitor.asked()
    visitor.press("_add", "fahrzeuge[1].fahrer", {"fahrzeuge[1].kennzeichen": ["MU-AB 2"]})
    assert "fahrzeuge[1].fahrer[0].name" in visitor.asked()
    visitor.press("_remove", "fahrzeuge[0]")

    assert visitor.controls()["fahrzeuge[0].kennzeichen"][0].get("value") == "MU-AB 2"
    assert "fahrzeuge[1].kennzeichen" not in visitor.asked()


def test_a_complete_row_is_closed_and_can_be_opened_again(visitor: Visitor, plan: Plan) -> None:
    """Closed, it shows its answers; other posts leave it alone."""
    values = form_values(plan.procedure, case_of(plan.procedure, "MP-voll"))
    to_vehicles(visitor).press("_go", "next", values)
    visitor.press("_go", "back")
    assert "fahrzeuge[0].kennzeichen" not in visitor.asked()
    assert "Fahrzeug MU-AB 123" in visitor.text
    visitor.press("_edit", "fahrzeuge[0]")
    assert "fahrzeuge[0].kennzeichen" in visitor.asked()
    visitor.press("_close", "fahrzeuge[0]", {"fahrzeuge[0].kennzeichen": ["MU-CD 45"]})

    assert "Fahrzeug MU-CD 45" in visitor.text


def test_errors_in_rows_say_which_row(visitor: Visitor) -> None:
    """The line of the summary begins with the row's title."""
    to_vehicles(visitor)
    visitor.press("_add", "fahrzeuge", {"fahrzeuge[0].kennzeichen": ["MU-AB 1"]})
    visitor.press("_go", "next", {"fahrzeuge[1].kennzeichen": ["falsch"]})

    assert any(
        line.startswith(("Fahrzeug falsch, Kennzeichen", "Fahrzeuge: Eintrag 2, Kennzeichen"))
        for line in visitor.errors()
    ), visitor.errors()


def test_a_warning_is_shown_once_and_may_stand(visitor: Visitor) -> None:
    """The first press shows it, the second goes on."""
    begin(visitor)
    young = {**PERSON, "geburtsdatum.year": ["2015"]}
    visitor.press("_go", "next", young)
    assert visitor.path.endswith("/person")
    assert "Autofahren ist erst ab 17" in visitor.text
    visitor.press("_go", "next")

    assert visitor.path.endswith("/ausweis")


def test_the_language_switch_keeps_what_was_typed(visitor: Visitor) -> None:
    """Also what was not saved yet, also what is wrong."""
    begin(visitor).press("_language", "en", {"vornamen": ["Noch nicht gespeichert"]})

    assert visitor.page.get("lang") == "en"
    assert visitor.controls()["vornamen"][0].get("value") == "Noch nicht gespeichert"
    visitor.press("_language", "de")
    assert visitor.page.get("lang") == "de"


def test_texts_without_translation_are_german_and_say_so(visitor: Visitor) -> None:
    """`lang="de"` inside an English page, or a translation: never an unmarked German text."""
    visitor.open("/p/musterprozess?lang=en")
    heading = visitor.page.xpath("//h1")[0]
    marked = heading.xpath(".//*[@lang='de']")

    assert marked or "Bewohnerparkausweis" not in heading.text_content()


def test_rows_changed_in_another_window_are_noticed(visitor: Visitor) -> None:
    """Nothing is saved over them, and what was typed is shown again."""
    to_vehicles(visitor)
    old = visitor.form()
    visitor.press("_add", "fahrzeuge", {"fahrzeuge[0].kennzeichen": ["MU-AB 1"]})
    visitor.press("_go", "next", {"fahrzeuge[0].kennzeichen": ["MU-ZZ 9"]}, form=old)

    assert visitor.status == 409
    assert "in einem anderen Fenster geändert" in visitor.text
    assert visitor.controls()["fahrzeuge[0].kennzeichen"][0].get("value") == "MU-ZZ 9"


def test_two_windows_on_different_pages_do_not_disturb_each_other(visitor: Visitor) -> None:
    """Each saves its own page."""
    begin(visitor)
    first = visitor.form()
    visitor.press("_go", "next", PERSON)
    visitor.press("_go", "back", {"dauer_monate": ["12"]})
    visitor.press("_go", "next", PERSON, form=first)

    assert visitor.path.endswith("/ausweis")
    assert visitor.controls()["dauer_monate"][0].get("value") == "12"


def test_pages_that_do_not_apply_lead_back(visitor: Visitor) -> None:
    """A page that is hidden now is no place to be; a page that never was is absent."""
    begin(visitor)
    base = visitor.path.rpartition("/")[0]

    assert visitor.open(f"{base}/fremdes_fahrzeug").path == f"{base}/person"
    assert visitor.open(f"{base}/gibt_es_nicht").status == 404


def test_closing_on_this_device_hides_the_draft(visitor: Visitor) -> None:
    """The browser forgets the session; the draft is not reachable any more."""
    begin(visitor)
    page = visitor.path
    visitor.press("_go", "later")
    assert "ist gespeichert" in visitor.text
    visitor.press("", "", form=visitor.form_with("Auf diesem Gerät beenden"))

    assert visitor.open(page).status == 404


def test_documents_say_what_they_take_and_refuse_the_rest(visitor: Visitor, plan: Plan) -> None:
    """Too few, wrong kind, too many: each in words, at the document."""
    fill_in(begin(visitor), plan.procedure, case_of(plan.procedure, "MP-voll"))
    assert "höchstens 5 MB" in visitor.text
    visitor.press("_go", "next")
    assert visitor.status == 422
    assert len(visitor.errors()) == 2
    visitor.upload("d-ausweis_kopie-file", "virus.exe", b"MZ\x90")
    assert visitor.status == 422
    assert "PDF, JPG, PNG" in visitor.errors()[0]


def test_r58_uploads_of_another_draft_cannot_be_removed(
    new_visitor: Callable[[], Visitor], plan: Plan
) -> None:
    """Knowing the id of a file is not enough."""
    answers = case_of(plan.procedure, "MP-voll")
    mine, other = new_visitor(), new_visitor()
    for one in (mine, other):
        fill_in(begin(one), plan.procedure, answers)
    mine.upload("d-ausweis_kopie-file", "pass.pdf", PDF)
    button = next(one for one in mine.page.iter("button") if one.get("name") == "_remove")
    other.press("_remove", text(button, "value"))
    assert other.status == 404

    assert "pass.pdf" in mine.open(mine.path).text


def test_the_language_of_the_browser_is_spoken_at_first(visitor: Visitor) -> None:
    """Until somebody chooses."""
    english = visitor.client.get("/", headers={"accept-language": "pl, en;q=0.8, de;q=0.5"})
    chosen = visitor.client.get("/?lang=de", headers={"accept-language": "en"})
    later = visitor.client.get("/", headers={"accept-language": "en"})

    assert ['lang="en"', 'lang="de"', 'lang="de"'] == [
        re.findall(r'lang="\w+"', page.text)[0] for page in (english, chosen, later)
    ]


def test_one_more_state_can_be_chosen(visitor: Visitor) -> None:
    """A question for several states grows by a select per press, up to its maximum."""
    begin(visitor, "einbuergerung")
    base = visitor.path.rpartition("/")[0]
    plan = plans()["einbuergerung"]
    page, field = next(
        (page.id, item.id)
        for page in plan.procedure.pages
        for item in page.items
        if isinstance(item, Field) and item.type.name == "countries" and not item.show_if
    )
    visitor.open(f"{base}/{page}")
    first = len(visitor.controls()[field])
    visitor.press("_more", field, {field: ["163"]})

    assert len(visitor.controls()[field]) == first + 1
    chosen = visitor.page.xpath(f"//select[@name='{field}']/option[@selected]/@value")
    assert chosen == ["163"]


def test_the_log_counts_what_nobody_asked_for(
    visitor: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    """R35: foreign answers are dropped and noted, without what they say."""
    begin(visitor)
    pairs = [("_token", visitor.form().fields["_token"]), ("_shape", ""), ("_go", "next")]
    visitor.send(visitor.path, [*pairs, ("_asked", "kanari"), ("kanari", "vogel")])
    log = capsys.readouterr().err

    assert '"answers-dropped"' in log
    assert "kanari" not in log
