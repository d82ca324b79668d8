"""Colleagues, secrecy asked for, answers that came on paper.

Revision ID: 0003
Revises: 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the limited kind of contact and three tables."""
    with op.batch_alter_table("contact") as contact:
        contact.add_column(sa.Column("is_colleague", sa.Boolean(), nullable=False, server_default=sa.false()))
    _add_colleagues()
    _add_secrecy()
    _add_paper()


def downgrade() -> None:
    """Take the tables and the column away again."""
    op.drop_table("paper_entry")
    op.drop_table("secrecy_request")
    op.drop_table("colleague_invitation")
    with op.batch_alter_table("contact") as contact:
        contact.drop_column("is_colleague")


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _link(table: str, name: str, target: str, *, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column(name, sa.Integer(), nullable=nullable),
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}")),
    ]


def _add_colleagues() -> None:
    name = "colleague_invitation"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *_link(name, "assessment_id", "assessment"),
        *_link(name, "contact_id", "contact"),
        *_link(name, "invited_by_id", "user_account", nullable=True),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("section_key", sa.String(length=160), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("remind", sa.Boolean(), nullable=False),
        _moment("created_at"),
        _moment("opened_at", nullable=True),
        _moment("withdrawn_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name) as table:
        table.create_index(op.f(f"ix_{name}_assessment_id"), ["assessment_id"])
        table.create_index(op.f(f"ix_{name}_contact_id"), ["contact_id"])


def _add_secrecy() -> None:
    name = "secrecy_request"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *_link(name, "assessment_id", "assessment"),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("covers", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_link(name, "asked_by_id", "user_account", nullable=True),
        _moment("asked_at"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(
            "assessment_id",
            "question_id",
            "contract_id",
            name=op.f(f"uq_{name}_assessment_id_question_id_contract_id"),
        ),
    )


def _add_paper() -> None:
    name = "paper_entry"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *_link(name, "assessment_id", "assessment"),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_link(name, "document_id", "document", nullable=True),
        *_link(name, "started_by_id", "user_account", nullable=True),
        _moment("started_at"),
        _moment("sent_in_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("assessment_id", name=op.f(f"uq_{name}_assessment_id")),
    )
