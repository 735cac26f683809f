"""Every language that pages offer is complete: product and procedures, nothing lost on the way."""

import pytest

from engine.texts.catalogue import places
from engine.texts.languages import TRANSLATED
from engine.texts.ledger import Ledger, State, read_ledger, states
from portal.commands.translating import PRODUCT, Source, sources

SOURCES = {one.name: one for one in sources([])}
SPOKEN = [code for code in TRANSLATED if SOURCES["portal"].file(code).is_file()]


def test_most_languages_are_there() -> None:
    """What the others of this file go through."""
    assert {"en", "tr", "ar", "uk", "fr", "ru"} <= set(SPOKEN)
    assert {*PRODUCT, "einbuergerung"} <= set(SOURCES)


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("name", SOURCES)
def test_nothing_is_missing_or_stale(name: str, language: str) -> None:
    """Neither a text that is new nor one whose German has changed."""
    source = SOURCES[name]
    found = states(source.wanted, _ledger(source, language))

    assert [] == [one.context or one.id for one in (*found[State.MISSING], *found[State.STALE])]


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("name", SOURCES)
def test_places_to_fill_are_kept(name: str, language: str) -> None:
    """Of definitions `vordruck check` says so; of the product nobody else would."""
    source = SOURCES[name]
    ledger = _ledger(source, language)
    wrong = [
        one.context or one.id
        for one in source.wanted
        if places(one.german) != places(" ".join(ledger[one.context, one.id].forms))
    ]

    assert [] == wrong


def _ledger(source: Source, language: str) -> Ledger:
    return read_ledger(source.file(language).read_text("utf-8"))
