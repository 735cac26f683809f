"""How values are shown."""

from datetime import UTC, datetime

import pytest

from engine.texts.catalogue import Catalogue
from renderers.html.shown import show_moment
from renderers.html.words import Words

WINTER = datetime(2026, 11, 23, 15, 14, 36, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 22, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "moment", "shown"),
    [
        ("de", WINTER, "23. November 2026, 16:14:36 MEZ"),
        ("de", SUMMER, "2. Juli 2026, 00:00:00 MESZ"),
        ("de_simple", WINTER, "23. November 2026, 16:14:36 MEZ"),
        ("en", WINTER, "23 November 2026, 16:14:36 CET"),
        ("en", SUMMER, "2 July 2026, 00:00:00 CEST"),
        ("ar", WINTER, "23 نوفمبر 2026، 16:14:36 CET"),
        ("uk", WINTER, "23 листопада 2026, 16:14:36 CET"),
        ("fr", WINTER, "23 novembre 2026, 16:14:36 CET"),
        ("tr", WINTER, "23 Kasım 2026 16:14:36 CET"),
        ("ru", WINTER, "23 ноября 2026, 16:14:36 CET"),
    ],
)
def test_r07_a_moment_is_told_with_a_zone_that_people_know(
    language: str, moment: datetime, shown: str
) -> None:
    """The clock of Germany; a difference to Greenwich says nothing to most."""
    texts = Catalogue(language, {})
    assert shown == show_moment(moment, Words(language, texts, texts))
