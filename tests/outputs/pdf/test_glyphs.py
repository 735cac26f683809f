import pytest

from outputs.pdf.glyphs import can_show, characters, replace_missing
from outputs.pdf.typesetting import known_characters


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn-Çelik Łukasz Ǧāmiʿ",
        "ſ ḑ Ḗ ḩ ẖ ḱ ṙ Ẏ ẗ ʾ",
        "Анна Сергеевна",
        "محمد عبد الله الأحمد",
        "Ελένη",
        "K̂ L̥̄ S̛̄",
        "„Zitat“ – € § ½",
    ],
)
def test_names_of_many_scripts_are_shown(text: str) -> None:
    """Latin of DIN 91379, Cyrillic, Greek and Arabic need no replacement."""
    assert replace_missing(text, known_characters()) == text


def test_a_missing_character_is_named_not_dropped() -> None:
    """The reader sees that something is missing, and what."""
    known = known_characters()
    assert replace_missing("አበ Haile", known) == "[nicht darstellbar: U+12A0 U+1260] Haile"
    assert not can_show("中文", known)


def test_a_long_run_of_missing_characters_stays_short() -> None:
    """A hostile answer cannot blow up the document."""
    assert len(replace_missing("😀" * 4000, known_characters())) < 150


def test_a_file_without_character_map_is_no_font() -> None:
    """Said at once instead of with empty boxes."""
    with pytest.raises(ValueError, match="no cmap table"):
        characters(b"\x00\x01\x00\x00" + b"\x00" * 8)
