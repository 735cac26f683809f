"""Uploads that come in pieces, and whether a scanner has seen a file"""

import sqlalchemy as sa
from alembic import op

from portal.storage.tables import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables, and a column of uploads."""
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("scanned", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    op.create_table(
        "unfinished_upload",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft_id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=80), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("declared", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.String(length=32), nullable=True),
        sa.Column("kept_as", sa.String(length=32), nullable=True),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("unfinished_upload", schema=None) as batch_op:
        batch_op.create_index("ix_unfinished_upload_draft_id", ["draft_id"], unique=False)
        batch_op.create_index("ix_unfinished_upload_updated_at", ["updated_at"], unique=False)

    op.create_table(
        "upload_piece",
        sa.Column("object_name", sa.String(length=80), nullable=False),
        sa.Column("unfinished_id", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unfinished_id"], ["unfinished_upload.id"]),
        sa.PrimaryKeyConstraint("object_name"),
    )
    with op.batch_alter_table("upload_piece", schema=None) as batch_op:
        batch_op.create_index("ix_upload_piece_unfinished_id", ["unfinished_id"], unique=False)
