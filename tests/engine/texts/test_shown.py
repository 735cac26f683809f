"""Values in each language of the pages."""

import pytest

from engine.texts.languages import LANGUAGES
from engine.texts.shown import show_days, show_months

PERIODS = {
    "de": ("5 Jahre und 6 Monate", "3 Tage"),
    "de_simple": ("5 Jahre und 6 Monate", "3 Tage"),
    "en": ("5 years and 6 months", "3 days"),
    "tr": ("5 yıl ve 6 ay", "3 gün"),
    "ar": ("5 سنوات و6 أشهر", "3 أيام"),
    "uk": ("5 років і 6 місяців", "3 дні"),
    "fr": ("5 ans et 6 mois", "3 jours"),
    "ru": ("5 лет и 6 месяцев", "3 дня"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_periods_are_words_of_the_language(language: str) -> None:
    """Years, months and days with the plural that their figures ask for."""
    said = tuple(
        one.replace("\xa0", " ") for one in (show_months(66, language), show_days(3, language))
    )

    assert PERIODS[language] == said
