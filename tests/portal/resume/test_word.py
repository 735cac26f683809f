import pytest

from portal.resume.word import fault, normal

ANSWERS: dict[str, object] = {
    "familienname": "Beispielova",
    "geburtsdatum": "1990-11-30",
    "telefon": "0170 1234567",
    "kinder": [{"vornamen": "Erfunda", "geburtsdatum": "2015-02-03"}],
    "angaben_richtig": True,
}


@pytest.mark.parametrize(
    "word",
    ["", "   ", "abc12", "111111", "ababab", "123456", "987654", "abcdef", "qwertz", "Passwort"],
)
def test_what_anybody_would_try_first_is_not_taken(word: str) -> None:
    """Nothing, too short, one letter again and again, rows of keys, the word for it."""
    assert fault(word, {})


@pytest.mark.parametrize(
    "word",
    ["beispielova", "BEISPIELOVA", "Erfunda", "30.11.1990", "30111990", "301190", "19901130",
     "03022015", "3.2.2015", "01701234567", "٣٠١١١٩٩٠"],
)  # fmt: skip
def test_what_others_know_of_somebody_is_not_taken(word: str) -> None:
    """Names, days and numbers of the application, in the orders that people write them in."""
    assert fault(word, ANSWERS) == "known"


@pytest.mark.parametrize("word", ["blauer Tisch", "زيتون وخبز", "471953", "Цвет-73", "Ωmega 9"])
def test_words_and_numbers_in_any_script_are_taken(word: str) -> None:
    """Whatever keyboard somebody has."""
    assert fault(word, ANSWERS) == ""


def test_keyboards_make_no_difference() -> None:
    """Capitals, blanks at the end, digits of another script."""
    assert normal(" Blauer TISCH 7 ") == normal("blauertisch٧")
    assert normal("４７１９５３") == normal("471953") == normal("٤٧١٩٥٣") == normal("۴۷۱۹۵۳")
