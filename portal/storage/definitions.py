"""Published definitions by digest: drafts and submissions stay with the one they began with."""

import json
from dataclasses import dataclass

from sqlmodel import col, select

from portal.storage.store import Store
from portal.storage.tables import DefinitionRow


@dataclass(frozen=True, slots=True)
class StoredDefinition:
    """A definition as published: its text and the shared lists it was loaded with."""

    digest: str
    procedure_id: str
    version: str
    text: str
    lists: dict[str, str]


def publish(store: Store, definition: StoredDefinition) -> bool:
    """Keep a definition; False if this digest is known already."""
    with store.database.writing() as session:
        if session.get(DefinitionRow, definition.digest):
            return False
        session.add(
            DefinitionRow(
                digest=definition.digest,
                procedure_id=definition.procedure_id,
                version=definition.version,
                text=definition.text,
                lists=json.dumps(definition.lists, ensure_ascii=False, sort_keys=True),
                published_at=store.now(),
            )
        )
    return True


def find(store: Store, digest: str) -> StoredDefinition | None:
    """The definition with this digest."""
    with store.database.reading() as session:
        row = session.get(DefinitionRow, digest)
    if row is None:
        return None
    return StoredDefinition(
        row.digest, row.procedure_id, row.version, row.text, json.loads(row.lists)
    )


def history(store: Store, procedure_id: str) -> list[str]:
    """The digests of a procedure in the order they were published."""
    with store.database.reading() as session:
        return list(
            session.exec(
                select(DefinitionRow.digest)
                .where(DefinitionRow.procedure_id == procedure_id)
                .order_by(col(DefinitionRow.published_at), DefinitionRow.digest)
            ).all()
        )
