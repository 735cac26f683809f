"""Later deliveries of a case, in order; targets that are out of order or paused"""

import sqlalchemy as sa
from alembic import op

from portal.storage.tables import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_UNNAMED = {"uq": "uq_%(table_name)s_%(column_0_name)s"}  # what SQLite did not give a name


def upgrade() -> None:
    """Deliveries get a place in their row, a release, and their targets a state."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    old = "uq_delivery_submission_id" if is_sqlite else "delivery_submission_id_target_key"
    with op.batch_alter_table("delivery", naming_convention=_UNNAMED) as batch_op:
        batch_op.add_column(sa.Column("ordinal", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("released_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("released_by", sa.String(length=80), nullable=True))
        batch_op.drop_constraint(old, type_="unique")
        batch_op.create_unique_constraint(
            "uq_delivery_submission_id", ["submission_id", "target", "ordinal"]
        )

    op.create_table(
        "target",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=True),
        sa.Column("probe_at", UtcTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=200), nullable=True),
        sa.Column("paused_at", UtcTime(), nullable=True),
        sa.Column("paused_by", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
