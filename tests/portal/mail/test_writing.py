import re
from datetime import date

import pytest

from portal.mail.writing import PARAMS, Sender, write
from portal.storage import letters
from portal.storage.letters import Letter, LetterKind
from portal.storage.store import Store
from portal.texts import Texts
from renderers.html.shown import show_date
from tests.portal.mail.post_office import PORTAL, ROOT, SOMEBODY, PostOffice, postman, queue
from tests.portal.stores import START

DAY = date(2026, 12, 24)
TEXTS = Texts(ROOT / "definitions")


def _letter(kind: LetterKind, language: str, address: str = SOMEBODY) -> Letter:
    params = {"path": "/continue", "code": "K7Q4-M2XD", "until": "2026-12-24", "name": "Amina"}
    return Letter("a" * 32, kind, language, address, params, 1, 1, START)


@pytest.mark.parametrize("language", TEXTS.languages)
@pytest.mark.parametrize("kind", LetterKind)
def test_r45_a_letter_of_any_kind_holds_a_link_and_nothing_that_its_kind_has_no_place_for(
    kind: LetterKind, language: str
) -> None:
    """In every language of the product, with all that it names filled in."""
    message = write(_letter(kind, language), Sender("p@a.example", "Amt", PORTAL), TEXTS)
    text = message.get_content()

    assert f"{PORTAL}/continue" in text
    assert "Amina" not in message.as_string()
    assert ("K7Q4-M2XD" in text) == ("code" in PARAMS[kind])
    assert not re.search(r"[{}]", text + str(message["Subject"]))
    assert message.get_content_type() == "text/plain"


def test_umlauts_and_arabic_arrive_as_they_were_written(store: Store, office: PostOffice) -> None:
    """Through a real server, in two scripts; the language is told to readers' programs."""
    queue(store, LetterKind.DRAFT_EXPIRING)
    queue(store, LetterKind.DRAFT_EXPIRING, "ar", until=DAY.isoformat())
    while postman(store, office.port).send_next():
        pass
    german, arabic = office.messages()
    words = TEXTS.words("ar")

    assert "gelöscht" in str(german["Subject"])
    assert "Stadt Beispielstädt" in german.get_content()
    assert german["Content-Language"] == "de"
    until = show_date(DAY, words)
    assert str(arabic["Subject"]) == words.t("letter.draft_expiring.subject", until=until)
    assert until in arabic.get_content()
    assert arabic["Content-Language"] == "ar"
    assert all(line.isascii() for one in office.messages() for line in one.as_bytes().splitlines())


@pytest.mark.parametrize(
    "address",
    ["a@b.example\r\nBcc: c@d.example", "a@b.example\nX: y", "a\r@b.example", "ä@b.example"],
)
def test_r45_an_address_that_could_write_a_head_line_is_never_queued(
    store: Store, address: str
) -> None:
    """CR, LF, letters that not every server takes."""
    with pytest.raises(ValueError), store.database.writing() as session:  # noqa: PT011
        letters.queue(store, session, LetterKind.NEWS, address, "de", {}, subject="s")
    assert letters.next_due(store) is None


def test_r45_a_message_to_two_lines_of_address_is_not_even_made() -> None:
    """The second lock behind the first."""
    two_lines = _letter(LetterKind.NEWS, "de", "a@b.example\r\nBcc: c@d.example")
    with pytest.raises(ValueError, match="linefeed"):
        write(two_lines, Sender("p@a.example", "A", PORTAL), TEXTS)
