from datetime import timedelta

from portal.delivery.housekeeping import ClockWatch, Housekeeping, Periods
from portal.storage import letters
from portal.storage.letters import Letter, LetterKind
from tests.portal.resume.people import Town, begin, come_back, draft_of, save_with_code

ADDRESS = "amina@beispiel.example"
LEASE = timedelta(minutes=2)


def _letters(town: Town) -> list[Letter]:
    found = []
    while (one := letters.claim(town.store, LEASE)) is not None:
        letters.sent(town.store, one)
        found.append(one)
    return found


def test_the_code_comes_by_mail_when_it_is_wanted(writing_town: Town) -> None:
    """It opens the draft with the word, which is not in the letter."""
    visitor = writing_town.browser()
    code = save_with_code(begin(visitor))
    visitor.press("_go", "mail", {"email": [f" {ADDRESS} "]})
    assert "unterwegs" in visitor.text
    assert code in visitor.text
    (letter,) = _letters(writing_town)

    assert letter.address == ADDRESS
    assert set(letter.params) == {"path", "code", "until"}
    assert come_back(
        writing_town.browser(), letter.params["code"], door=letter.params["path"]
    ).path.startswith("/p/musterprozess/form/")


def test_a_mistyped_address_is_told_and_kept_in_the_box(writing_town: Town) -> None:
    """No letter goes out, and the code is still there; Enter in the box means the box."""
    visitor = writing_town.browser()
    code = save_with_code(begin(visitor))
    visitor.press("_go", "next", {"email": ["amina@beispiel"]})

    assert visitor.status == 422
    assert "E-Mail-Adresse" in visitor.errors()[0]
    assert visitor.controls()["email"][0].get("value") == "amina@beispiel"
    assert code in visitor.text
    assert _letters(writing_town) == []


def test_a_fourth_letter_with_the_same_code_is_not_sent(writing_town: Town) -> None:
    """Nobody's mailbox is filled by means of the portal."""
    visitor = writing_town.browser()
    save_with_code(begin(visitor))
    for _ in range(4):
        visitor.press("_go", "mail", {"email": [ADDRESS]})
    assert "schon dreimal" in visitor.text
    assert len(_letters(writing_town)) == 3


def test_r46_before_the_draft_is_deleted_word_goes_out_and_pages_say_so(
    writing_town: Town,
) -> None:
    """Day by day through a month of the portal's own housekeeping."""
    town, visitor, silent = writing_town, writing_town.browser(), writing_town.browser()
    save_with_code(begin(visitor))
    visitor.press("_go", "mail", {"email": [ADDRESS], "notices": ["ja"]})
    save_with_code(begin(silent))
    _letters(town)
    keeper = Housekeeping(
        town.store,
        ClockWatch(town.clock, None, steady=lambda: town.clock.at.timestamp()),
        lambda: {"musterprozess": Periods()},
    )
    told: list[tuple[int, Letter]] = []
    warned = []
    for day in range(1, 32):
        town.wait(days=1)
        keeper.tidy()
        told += [(day, letter) for letter in _letters(town)]
        if "löschen wir Ihre Angaben" in visitor.open("/").text:
            warned.append(day)
    ((day, letter),) = told

    assert letter.kind is LetterKind.DRAFT_EXPIRING
    assert day <= 23
    assert warned[0] == 23
    assert visitor.open(draft_of(silent)).status == 404
    assert town.browser().open(draft_of(silent)).status == 404
