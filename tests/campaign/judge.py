"""Judging from outside: receipts that were shown, files at the targets, rows and files as they are.

Nothing here asks the code that accepted or delivered; whatever is counted is a broken promise.
"""

import hashlib
from collections import Counter
from datetime import timedelta

from sqlmodel import select

from portal.storage import audit, orphans
from portal.storage.store import Store
from portal.storage.tables import AuditRow, DeliveryRow, PayloadRow, SubmissionRow
from tests.campaign.payloads import Expected, expected
from tests.campaign.place import TARGETS, Place

GONE = "receipt shown, submission gone"
LOST = "lost: accepted, not filed"
TWICE = "filed twice"
BYTES = "other bytes filed"
DISORDER = "filed out of order"
AUDIT = "audit entries missing or doubled"
PROMISES = (GONE, LOST, TWICE, BYTES, DISORDER, AUDIT)


def receipts_gone(store: Store, place: Place) -> int:
    """Receipts that were shown and whose submission is not there; asked after every death."""
    with store.database.reading() as session:
        pairs = set(session.exec(select(SubmissionRow.draft_id, SubmissionRow.id)).all())
    return sum(pair not in pairs for pair in place.receipts())


def judge(store: Store, place: Place) -> dict[str, int]:
    """Every promise that does not hold, and how often."""
    with store.database.reading() as session:
        rows = session.exec(select(SubmissionRow)).all()
        outputs = session.exec(select(PayloadRow.submission_id, PayloadRow.output)).all()
        undone = session.exec(
            select(DeliveryRow.submission_id).where(DeliveryRow.state != "acknowledged")
        ).all()
        entries = Counter(
            f"{row.action} {row.subject} {row.detail if row.action == 'delivered' else ''}"
            for row in session.exec(select(AuditRow))
        )
        chain = audit.broken_link(session)
        sound = not store.database.is_sqlite or _is_sound(session)
    appended = {submission for submission, output in outputs if output.startswith("later")}
    wanted = {row.id: expected(row.id, with_later=row.id in appended) for row in rows}
    drafts = place.drafts()
    orphans.sweep(store, timedelta(0))
    found = {
        GONE: receipts_gone(store, place),
        "draft not accepted": len(set(drafts) - {row.draft_id for row in rows}),
        "accepted twice": len(rows) - len({row.draft_id for row in rows}),
        "not marked as arrived": len(undone),
        **_filed(place, [one for every in wanted.values() for one in every]),
        AUDIT: sum(_is_wrong(entries, one, wanted[one.id]) for one in rows),
        "audit chain broken": chain is not None,
        "database damaged": not sound,
        "files and rows differ": orphans.known_files(store) != store.files.names(),
    }
    return {promise: int(count) for promise, count in found.items() if count}


def _is_sound(session: object) -> bool:
    connection = session.connection()  # type: ignore[attr-defined]
    return bool(connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok")


def _is_wrong(entries: Counter[str], row: SubmissionRow, wanted: list[Expected]) -> bool:
    """Exactly one entry for the acceptance and one for each delivery."""
    names = [f"{one.target}.{one.ordinal}" if one.ordinal else one.target for one in wanted]
    return entries[f"accepted {row.id} "] != 1 or any(
        entries[f"delivered {row.id} {name}"] != 1 for name in names
    )


def _filed(place: Place, wanted: list[Expected]) -> dict[str, int]:
    by_target = {name: Counter[str]() for name in TARGETS}
    folders = dict(zip(TARGETS, (place.out, place.box), strict=True))
    for target, folder in folders.items():
        for path in folder.iterdir() if folder.exists() else ():
            if not path.name.startswith("."):
                by_target[target][hashlib.sha256(path.read_bytes()).hexdigest()] += 1
    known = {(one.target, one.sha256) for one in wanted}
    strange = sum(
        count
        for target, counted in by_target.items()
        for digest, count in counted.items()
        if (target, digest) not in known
    )
    return {
        LOST: sum(by_target[one.target][one.sha256] == 0 for one in wanted),
        TWICE: sum(by_target[one.target][one.sha256] > 1 for one in wanted),
        BYTES: strange,
        DISORDER: _overtaken(place, wanted),
    }


def _overtaken(place: Place, wanted: list[Expected]) -> int:
    """Cases of which the server filed a later thing before an earlier one."""
    places: dict[str, list[int]] = {}
    ordinals = {one.sha256: one for one in wanted if one.target == TARGETS[1]}
    for line in place.journal():
        one = ordinals.get(line["sha256"])
        if line["what"] == "filed" and one is not None:
            places.setdefault(one.submission_id, []).append(one.ordinal)
    return sum(order != sorted(order) for order in places.values())
