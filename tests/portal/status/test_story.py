"""From the receipt to the withdrawal, without JavaScript."""

from collections.abc import Callable

from fastapi import FastAPI
from lxml import etree, html

from outputs.xoev.replies import reply_id
from outputs.xoev.returned import Kind
from portal.inbox.picking import Picked
from portal.storage import submissions
from portal.storage.store import Store
from tests.outputs.plans import PDF
from tests.outputs.standards_folder import needs_standards, schemas
from tests.portal.papers import paper_for
from tests.portal.status.people import Office, Person, heading_of_message
from tests.portal.visitor import Visitor

NewVisitor = Callable[[], Visitor]
NAMESPACE = "http://www.osci.de/xauslaender2611"
ASKED = "Bitte schicken Sie uns eine Kopie Ihres Mietvertrags. (Erfundene Nachricht zum Test)"


def main_text(visitor: Visitor) -> str:
    """What stands in the main part of the page."""
    return " ".join(visitor.page.get_element_by_id("main").text_content().split())


def sent_messages(app: FastAPI, person: Person, output: str) -> list[bytes]:
    """What was built for the authority under this name."""
    store: Store = app.state.portal.store
    kept = submissions.payloads_of(store, person.submission)
    return [submissions.payload_bytes(store, one.id) for one in kept if one.output == output]


def answer(visitor: Visitor, text: str, *files: tuple[str, bytes]) -> Visitor:
    """Fill in the form and send it."""
    form = visitor.form()
    fields = {name: value for name, value in dict(form.fields).items() if name != "file"}
    response = visitor.client.post(
        form.get("action") or "",
        data={**fields, "text": text, "_go": "send"},
        files=[("file", (name, content, "application/octet-stream")) for name, content in files],
    )
    return visitor._take(response)


def test_the_first_page_shows_where_the_case_is(person: Person) -> None:
    """The step that was reached, what comes, and that there is no message yet."""
    visitor = person.look()
    steps = visitor.page.xpath("//ol[contains(@class, 'vd-track')]/li")
    current = [one for one in steps if one.get("aria-current") == "step"]

    assert ["Ihr Antrag ist bei uns angekommen. Fangen Sie noch nicht an zu arbeiten."] == [
        one.xpath("string(.//strong)") for one in current
    ]
    assert len(steps) > 2
    assert "Noch keine." in main_text(visitor)
    assert "Wir übertragen ihn gerade" in main_text(visitor)


def test_a_question_is_answered_with_a_file(person: Person, office: Office, app: FastAPI) -> None:
    """The official words stay German and framed; the answer goes out, with a receipt."""
    assert [Picked.KEPT] == office.write(person, Kind.QUESTION)
    visitor = person.look()
    assert "Die Behörde hat eine Frage" in main_text(visitor)
    assert "Antworten Sie bis zum" in main_text(visitor)
    assert "Neu" in main_text(visitor)
    assert "Die Behörde hat eine Frage" == heading_of_message(visitor)
    [official] = visitor.page.xpath("//blockquote")
    assert ("de", ASKED) == (official.get("lang"), official.text_content())
    visitor.open(visitor.page.xpath("string(//a[contains(@href, '/answer')]/@href)"))
    paper, content = paper_for(".pdf")
    answer(visitor, "Hier ist der Mietvertrag.", (paper, content))

    assert "Ihre Antwort ist gespeichert" == visitor.heading()
    assert "Hier ist der Mietvertrag." in main_text(visitor)
    [sent] = sent_messages(app, person, "130103-1")
    root = etree.fromstring(sent)
    assert reply_id(person.reference, "xoev/OZG.RueckkanalAntwort.130103", 1) == root.findtext(
        ".//nachrichtenUUID"
    )
    assert "Hier ist der Mietvertrag." == root.findtext(f"{{{NAMESPACE}}}antworttext")
    assert 1 == len(root.findall(f"{{{NAMESPACE}}}unterlage"))
    again = person.look()
    assert "Sie haben am" in main_text(again)
    assert "Neu" not in main_text(again)


@needs_standards
def test_what_was_sent_is_valid(person: Person, app: FastAPI) -> None:
    """The published schema accepts the answer of the story."""
    [sent] = sent_messages(app, person, "130103-1")
    schema = schemas().declaring(NAMESPACE, "OZG.RueckkanalAntwort.130103")
    assert schema is not None
    assert () == schema.problems(etree.fromstring(sent))


def test_pressing_send_again_sends_nothing(person: Person, app: FastAPI) -> None:
    """The same words under the same number lead to the same receipt; other words are another."""
    visitor = person.look()
    heading_of_message(visitor)
    visitor.open(visitor.page.xpath("string(//a[contains(@href, '/answer')]/@href)"))
    form = html.tostring(visitor.form())
    answer(visitor, "Noch etwas.")
    first = visitor.path
    page = html.fromstring(form)
    fields = {name: page.xpath(f"string(//input[@name='{name}']/@value)") for name in ("_number",)}
    token = page.xpath("string(//input[@name='_token']/@value)")
    action = page.get("action") or ""
    for text, same in (("Noch etwas.", True), ("Etwas ganz anderes.", False)):
        response = visitor.client.post(
            action,
            data={**fields, "_token": token, "text": text, "_go": "send"},
            files={"file": ("", b"")},
        )
        assert same == str(response.url).endswith(first)
    assert 1 == len(sent_messages(app, person, "130103-2"))
    assert 1 == len(sent_messages(app, person, "130103-3"))


def test_what_is_wrong_with_an_answer_is_told(person: Person) -> None:
    """Nothing at all, letters nobody can read, a file that is none; the text stays."""
    visitor = person.look()
    heading_of_message(visitor)
    visitor.open(visitor.page.xpath("string(//a[contains(@href, '/answer')]/@href)"))
    answer(visitor, "")
    assert 422 == visitor.status
    assert "Schreiben Sie eine Antwort" in visitor.errors()[0]
    answer(visitor, "Здравствуйте und guten Tag")
    assert "lateinischen Buchstaben" in visitor.errors()[0]
    assert "guten Tag" in visitor.text
    answer(visitor, "Text", ("virus.exe", b"MZ"))
    assert "virus.exe" in visitor.errors()[0]
    answer(visitor, "Text", *[("a.pdf", PDF)] * 6)
    assert "höchstens 5" in visitor.errors()[0]


def test_an_appointment_can_be_taken_along(person: Person, office: Office) -> None:
    """Day, time and place in facts, and as a calendar file."""
    office.write(person, Kind.APPOINTMENT)
    visitor = person.look()
    assert "Sie haben einen Termin" == heading_of_message(visitor)
    assert "9:30 bis 10:00 Uhr".replace("9", "09", 1) in main_text(visitor)
    assert "Zimmer 204" in main_text(visitor)
    link = visitor.page.xpath("string(//a[contains(@href, '.ics')]/@href)")
    calendar = visitor.client.get(link)

    assert "text/calendar" in calendar.headers["content-type"]
    assert b"BEGIN:VEVENT" in calendar.content
    assert b"DTSTART:2026" in calendar.content.replace(b";VALUE=DATE-TIME", b"")


def test_not_competent_names_the_other_authority(person: Person, office: Office) -> None:
    """And says that it is no refusal."""
    office.write(person, Kind.NOT_COMPETENT)
    visitor = person.look()
    assert "Eine andere Behörde ist zuständig" == heading_of_message(visitor)
    assert "Das ist keine Ablehnung." in main_text(visitor)
    assert "Ausländerbehörde Beispielstadt" in main_text(visitor)
    assert not visitor.page.xpath("//a[contains(@href, '/answer')]")


def test_an_intended_refusal_shows_the_letter_and_how_to_answer(
    person: Person, office: Office
) -> None:
    """The step of the hearing is where the case is now; the letter is a file to be saved."""
    office.write(person, Kind.REFUSAL)
    visitor = person.look()
    current = visitor.page.xpath("string(//li[@aria-current='step']//strong)")
    assert "Die Erlaubnis ist zurzeit nicht möglich" in current
    assert "Die Behörde will Ihren Antrag ablehnen" == heading_of_message(visitor)
    assert "Es ist noch nicht entschieden." in main_text(visitor)
    assert visitor.page.xpath("//a[contains(@href, '/answer')]")
    letter = visitor.client.get(visitor.page.xpath("string(//a[contains(@href, '/file/')]/@href)"))
    assert letter.content.startswith(b"%PDF-")
    assert "attachment" in letter.headers["content-disposition"]
    assert "application/pdf" == letter.headers["content-type"]


def test_r58_nobody_else_sees_any_of_it(person: Person, new_visitor: NewVisitor) -> None:
    """Every page of the case is nothing for a browser without the code."""
    own = person.look()
    links = own.page.xpath("//a/@href")
    mine = {link for link in links if link.startswith(person.address)}
    assert len(mine) > 5
    for link in sorted(mine):
        assert 404 == new_visitor().open(link).status, link


def test_the_authoritys_words_are_text_and_never_markup(person: Person, office: Office) -> None:
    """What looks like a page in a message is shown as it was written."""
    office.write(person, Kind.QUESTION, text="<script>alert(1)</script><b>fett</b>")
    visitor = person.look()
    heading_of_message(visitor)

    assert "<script>alert(1)" not in visitor.text
    assert "<script>alert(1)</script><b>fett</b>" in main_text(visitor)


def test_a_withdrawal_warns_first_and_is_sent_once(
    person: Person, office: Office, app: FastAPI
) -> None:
    """Without the tick nothing happens; afterwards nothing more can be sent from here."""
    visitor = person.look()
    visitor.open(f"{person.address}/withdraw")
    assert "Antrag zurücknehmen?" == visitor.heading()
    assert "nicht rückgängig" in main_text(visitor)
    visitor.press("_go", "withdraw")
    assert 422 == visitor.status
    visitor.press("_go", "withdraw", {"confirm": ["yes"]})
    assert "Ihre Rücknahme ist gespeichert" == visitor.heading()
    receipt = visitor.path
    number = int(receipt.rpartition("/")[2])
    assert 1 == len(sent_messages(app, person, f"130111-{number}"))
    page = person.look()
    assert "Sie haben den Antrag zurückgenommen" in main_text(page)
    assert not page.page.xpath("//a[contains(@href, '/withdraw')]")
    assert 404 == page.open(f"{person.address}/withdraw").status

    assert [Picked.KEPT] == office.write(person, Kind.WITHDRAWAL_REPLY, withdrawal=number)
    assert "Die Behörde antwortet auf Ihre Rücknahme" == heading_of_message(person.look())
    current = person.look().page.xpath("string(//li[@aria-current='step']//strong)")
    assert "Der Vorgang ist abgeschlossen." == current
