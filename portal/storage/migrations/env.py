"""Alembic's entry: runs the migrations on the connection it is handed."""

from alembic import context
from sqlmodel import SQLModel

from portal.storage import case_tables, tables

__all__ = ["case_tables", "tables"]

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
