"""The languages of pages. A new one is a line here, and its catalogues."""

from dataclasses import dataclass

from babel import Locale


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code in catalogues, its own name, and the locale of its forms."""

    code: str
    name: str
    formats: str  # the Babel locale that shapes days, numbers and names of states

    @property
    def locale(self) -> Locale:
        """What Babel knows of it."""
        return Locale.parse(self.formats)

    @property
    def tag(self) -> str:
        """As HTML writes it: BCP 47, whose variant `simple` is Leichte Sprache."""
        return self.code.replace("_", "-")

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return str(self.locale.text_direction)


GERMAN = "de"
PSEUDO = "x-pseudo"  # for trials: BCP 47 leaves what begins with x to private use
LANGUAGES = {
    one.code: one
    for one in (
        Language(GERMAN, "Deutsch", "de"),
        Language("de_simple", "Leichte Sprache", "de"),
        # British forms: the day stands before the month, as on German forms.
        Language("en", "English", "en_GB"),
        Language("tr", "Türkçe", "tr"),
        Language("ar", "العربية", "ar"),
        Language("uk", "Українська", "uk"),
        Language("fr", "Français", "fr"),
        Language("ru", "Русский", "ru"),
    )
}

TRANSLATED = tuple(code for code in LANGUAGES if code != GERMAN)


def german_name(code: str) -> str:
    """What a language is called in German: Türkisch."""
    one = language(code)
    if one.code.startswith(GERMAN):
        return one.name
    return str(one.locale.get_language_name(GERMAN) or one.name)


def language(code: str) -> Language:
    """The language of a code; one that nobody declared has German forms."""
    return LANGUAGES.get(code, Language(code, code, GERMAN))
