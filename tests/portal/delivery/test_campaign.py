"""VORDRUCK_CAMPAIGN=2000 (and VORDRUCK_SEED=7) run a longer one."""

import os
from pathlib import Path

import pytest

from portal.delivery.worker import Worker
from portal.storage import audit
from portal.storage.store import Store
from portal.storage.tables import AuditHeadRow
from tests.portal.delivery.campaign import Campaign, judge
from tests.portal.stores import new_draft, open_store, submit
from tests.portal.victims import workers

SIZE = int(os.environ.get("VORDRUCK_CAMPAIGN", "150"))
SEED = int(os.environ.get("VORDRUCK_SEED", "1"))


@pytest.mark.timeout(120 + SIZE)
def test_r03_r08_r11_r16_r17_r53_kills_lose_nothing_and_double_nothing(folder: Path) -> None:
    """Processes killed and stopped at random and at every failpoint, targets that misbehave."""
    campaign = Campaign(folder, SIZE, SEED)
    assert {} == campaign.run()
    assert campaign.kills >= SIZE / 8, "too few kills to mean anything"


@pytest.fixture
def finished(folder: Path) -> tuple[Store, list[str]]:
    """Three applications that arrived as they should."""
    store = open_store(folder)
    drafts = [new_draft(store) for _ in range(3)]
    receipts = {draft: submit(store, draft).submission_id for draft in drafts}
    (folder / "shown").write_text("".join(f"{a} {b}\n" for a, b in receipts.items()))
    worker: Worker = workers(store, folder)
    while worker.deliver_next():
        pass
    return store, drafts


@pytest.mark.parametrize(
    "damage",
    [
        "nothing",
        "not delivered",
        "delivered too often",
        "other bytes",
        "receipt without submission",
        "draft not accepted",
        "audit chain broken",
        "files and rows differ",
    ],
)
def test_the_judge_sees_every_kind_of_damage(
    finished: tuple[Store, list[str]], folder: Path, damage: str
) -> None:
    """A campaign that finds nothing proves something only if it would have found it."""
    store, drafts = finished
    files = sorted((folder / "out" / "dms").iterdir())
    match damage:
        case "not delivered":
            files[0].unlink()
        case "delivered too often":
            files[0].with_name(f"again-{files[0].name}").write_bytes(files[0].read_bytes())
        case "other bytes":
            files[0].write_bytes(files[0].read_bytes()[:-1])
        case "receipt without submission":
            with (folder / "shown").open("a") as lines:
                lines.write(f"{drafts[0]} another-submission\n")
        case "draft not accepted":
            drafts.append(new_draft(store))
        case "audit chain broken":
            with store.database.writing() as session:
                session.get_one(AuditHeadRow, audit.HEAD).number += 1
        case "files and rows differ":
            store.files.remove(sorted(store.files.names())[0])
    assert ({} if damage == "nothing" else {damage: 1}) == judge(store, folder, drafts)
    store.close()
