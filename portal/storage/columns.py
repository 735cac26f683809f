"""Kinds of columns that the tables share."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC: SQLite forgets zones, so the zone is not left to the column."""

    impl = DateTime
    cache_ok = True

    # SQLAlchemy gives these two their names.
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC without zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone reached the database")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: aware, UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def time_column(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    """A time."""
    return Column(UtcTime(), nullable=nullable, index=index)


def bytes_column() -> Column[bytes]:
    """Bytes, mostly sealed ones."""
    return Column(LargeBinary, nullable=False)
