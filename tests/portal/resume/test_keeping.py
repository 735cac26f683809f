"""How long a draft is kept, and who is told (R46, R47)."""

from datetime import timedelta
from pathlib import Path

import pytest

from portal.resume.keeping import period_of
from portal.settings import Settings
from tests.portal.complete import plans
from tests.portal.resume.people import ROOT, Town, begin, draft_of, opened
from tests.portal.stores import VirtualClock

LONG = 'retention:\n  drafts: P60D\n  drafts_because: "Urkunden brauchen Wochen."'


def test_the_period_is_the_definitions_or_less() -> None:
    """An operator may want less, never more."""
    one = plans()["musterprozess"].procedure
    days = one.retention["drafts"].days
    assert period_of(Settings(), one) == timedelta(days=days)
    assert period_of(Settings(draft_days=7), one) == timedelta(days=7)
    assert period_of(Settings(draft_days=365), one) == timedelta(days=days)


@pytest.mark.parametrize("place", ["/task-list", "/saved-draft"])
def test_r46_pages_warn_a_week_before(town: Town, place: str) -> None:
    """Not earlier: who has time is left in peace. An edit ends the warning."""
    visitor = begin(town.browser())
    page = draft_of(visitor) + place
    assert "löschen wir Ihre Angaben" not in visitor.open(page).text
    town.wait(days=22, hours=23)
    assert "löschen wir Ihre Angaben" not in visitor.open(page).text
    town.wait(hours=1)
    assert "löschen wir Ihre Angaben" in visitor.open(page).text
    visitor.open(f"{draft_of(visitor)}/person").press("_go", "later", {"vornamen": ["Amina"]})
    assert "löschen wir Ihre Angaben" not in visitor.open(page).text


@pytest.fixture
def long_definitions(folder: Path) -> Path:
    """The blueprint, with drafts that are kept for sixty days."""
    made = folder / "definitions"
    (made / "shared").mkdir(parents=True)
    for one in (ROOT / "definitions" / "shared").glob("*.yaml"):
        (made / "shared" / one.name).write_bytes(one.read_bytes())
    text = (ROOT / "definitions" / "musterprozess.yaml").read_text("utf-8")
    start = text.index("\nretention:")
    line = text[start:].split("\n")[2]
    assert line.strip().startswith("drafts:")
    (made / "musterprozess.yaml").write_text(
        text.replace(f"\nretention:\n{line}", f"\n{LONG}", 1), "utf-8"
    )
    return made


def test_r47_a_longer_period_shows_its_reason(folder: Path, long_definitions: Path) -> None:
    """Where people save; and the browser may come back as long."""
    with opened(folder, VirtualClock(), definitions=long_definitions) as town:
        visitor = begin(town.browser())
        visitor.open(f"{draft_of(visitor)}/saved-draft")
        assert "22.01.2027" in visitor.text
        assert "Urkunden brauchen Wochen." in visitor.text
        cookie = visitor.client.get("/p/musterprozess").headers["set-cookie"]
        assert f"Max-Age={60 * 86_400}" in cookie
