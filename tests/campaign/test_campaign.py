"""A small seed of the campaign; the whole is `python -m tests.campaign` (docs/reliability.md)."""

from collections.abc import Iterator

import pytest

from tests.campaign.__main__ import SEEN_IN, parts_for
from tests.campaign.databases import Postgres, Server, Sqlite
from tests.campaign.judge import TWICE
from tests.campaign.mutants import MUTANTS
from tests.campaign.parts import PARTS
from tests.campaign.report import PAGE
from tests.campaign.run import LEAST, play, sizes
from tests.portal import postgres

_BY_NAME = {one.name: one for one in PARTS}
SHORT = (
    ("sqlite", "kill -9, delivering: sent"),
    ("sqlite", "target: half-answer"),
    ("postgresql", "kill -9, accepting: before-commit"),
)


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, Server]]:
    """Both databases; PostgreSQL where it is installed."""
    found: dict[str, Server] = {"sqlite": Sqlite()}
    if postgres.programs() is not None:
        found["postgresql"] = Postgres()
    yield found
    for one in found.values():
        one.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("database", "name"), SHORT)
def test_r03_r08_r11_r16_r17_a_fault_breaks_no_promise(
    servers: dict[str, Server], database: str, name: str
) -> None:
    """None lost, none filed twice, every receipt that was shown is durable, all in order."""
    if database not in servers:
        pytest.skip("PostgreSQL is not installed")
    result = play(_BY_NAME[name], servers[database], LEAST, seed=1)
    assert {} == result.broken
    assert 4 * LEAST == result.deliveries


@pytest.mark.timeout(900)
def test_the_campaign_sees_what_is_broken_on_purpose(servers: dict[str, Server]) -> None:
    """One of them here, all of them with --mutants."""
    part = _BY_NAME[SEEN_IN["no_key"]]
    assert TWICE in play(part, servers["sqlite"], LEAST, 1, "no_key").broken


def test_every_mutant_has_a_part_and_every_part_applications() -> None:
    """The parts share what there is; nothing is left out."""
    assert set(MUTANTS) == set(SEEN_IN)
    assert set(SEEN_IN.values()) <= set(_BY_NAME)
    assert len(PARTS) == len(_BY_NAME)
    for server in ("sqlite", "postgresql"):
        parts = tuple(one for one in PARTS if one.only in ("", server))
        shares = sizes(parts, 1000)
        assert 1000 == sum(shares)
        assert min(shares) >= LEAST
    assert "PostgreSQL crashes" not in {one.name for one in parts_for(Sqlite())}


def test_the_page_has_room_for_every_table() -> None:
    """The command writes between these marks, nobody by hand."""
    text = PAGE.read_text("utf-8")
    for name in ("sqlite", "postgresql", "mutants on sqlite", "mutants on postgresql"):
        assert text.count(f"<!-- {name} -->") == 1 == text.count(f"<!-- end of {name} -->")
