"""Days of contracts as calendars show them, and the addresses by which calendars fetch them.

Revision ID: 0008
Revises: 0007
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LOOK_AT_EVERY_CONTRACT = """
INSERT INTO due_row (key, kind, source, ladder, due_on, due_at, params, attempts, last_error)
SELECT 'recompute:contract-' || id || '-calendar', 'recompute', 'contract:' || id, '', :day, :moment, '{}', 0, ''
FROM contract
"""


def upgrade() -> None:
    """Both tables. The clock looks at every contract at its next tick, and fills the first."""
    _create_calendar_day()
    _create_calendar_feed()
    now = datetime.now(UTC)
    look = sa.text(LOOK_AT_EVERY_CONTRACT).bindparams(
        sa.bindparam("day", now.date(), sa.Date()),
        sa.bindparam("moment", now, sa.DateTime(timezone=True)),
    )
    op.execute(look)


def downgrade() -> None:
    """Without them; calendars that are subscribed stop."""
    op.drop_table("calendar_feed")
    op.drop_table("calendar_day")


def _create_calendar_day() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name="fk_calendar_day_contract_id"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_day"),
        sa.UniqueConstraint(
            "contract_id", "kind", "subject", name="uq_calendar_day_contract_id_kind_subject"
        ),
    )
    op.create_index("ix_calendar_day_on_day", "calendar_day", ["on_day", "id"])


def _create_calendar_feed() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("everybodys", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_calendar_feed_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feed"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_feed_token_hash"),
    )
    op.create_index("ix_calendar_feed_user_id", "calendar_feed", ["user_id"])
