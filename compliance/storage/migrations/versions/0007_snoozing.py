"""Snoozing: reviews that wait, are put off or close by themselves, and events that people report.

Revision ID: 0007
Revises: 0006
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _review_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("closed_as", sa.String(12), nullable=False, server_default=""),
        sa.Column("waiting", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("snooze_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("snoozed_severity", sa.String(10), nullable=False, server_default=""),
    ]


def upgrade() -> None:
    """The new columns, and the table of reported events."""
    for column in _review_columns():
        op.add_column("review", column)
    op.execute(  # SQLite can add a reference without copying the table only in this form
        "ALTER TABLE review ADD COLUMN snoozed_by_id INTEGER "
        "CONSTRAINT fk_review_snoozed_by_id REFERENCES user_account (id)"
    )
    op.create_index("ix_review_admitted_on", "review", ["admitted_on"])
    op.add_column("review_reason", sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "installation", sa.Column("reviews_per_day", sa.Integer(), nullable=False, server_default="10")
    )
    _create_reported_event()


def downgrade() -> None:
    """Without them; what was reported is lost."""
    op.drop_table("reported_event")
    op.drop_index("ix_review_admitted_on", "review")
    for name in ("snoozed_by_id", *(column.name for column in _review_columns())):
        op.execute(f"ALTER TABLE review DROP COLUMN {name}")
    op.execute("ALTER TABLE review_reason DROP COLUMN resolved_at")
    op.execute("ALTER TABLE installation DROP COLUMN reviews_per_day")


def _create_reported_event() -> None:
    op.create_table(
        "reported_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.Column("report_due_on", sa.Date(), nullable=True),
        sa.Column("report_came_on", sa.Date(), nullable=True),
        sa.Column("reported_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name="fk_reported_event_contract_id"),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["user_account.id"], name="fk_reported_event_reported_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reported_event"),
    )
    op.create_index("ix_reported_event_contract_id", "reported_event", ["contract_id"])
