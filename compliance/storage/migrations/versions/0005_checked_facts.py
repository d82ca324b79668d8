"""Checked facts: people's words beside the machine's, and what the questions of authenticity need.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Words about facts, bands of text, looks at questions; when a file was made and how its text runs."""
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("made_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("changed_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("fingerprint", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "checked_fact",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("about", sa.String(300), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_checked_fact_document_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["said_by_id"], ["user_account.id"], name="fk_checked_fact_said_by_id"),
        sa.UniqueConstraint(
            "document_id", "field", "about", "role", name="uq_checked_fact_document_id_field_about_role"
        ),
    )
    op.create_index("ix_checked_fact_document_id", "checked_fact", ["document_id"])
    op.create_table(
        "text_band",
        sa.Column("document_id", sa.Integer(), primary_key=True),
        sa.Column("band", sa.String(24), primary_key=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_text_band_document_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_text_band_band", "text_band", ["band"])
    op.create_table(
        "authenticity_look",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(20), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("looked_by_id", sa.Integer(), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_authenticity_look_assessment_id"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_authenticity_look_document_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["looked_by_id"], ["user_account.id"], name="fk_authenticity_look_looked_by_id"
        ),
        sa.UniqueConstraint(
            "assessment_id",
            "question",
            "document_id",
            "other_id",
            name="uq_authenticity_look_once",
        ),
    )
    op.create_index("ix_authenticity_look_assessment_id", "authenticity_look", ["assessment_id"])
    op.create_index("ix_authenticity_look_document_id", "authenticity_look", ["document_id"])


def downgrade() -> None:
    """Forget all of it."""
    op.drop_table("authenticity_look")
    op.drop_table("text_band")
    op.drop_table("checked_fact")
    with op.batch_alter_table("document") as table:
        table.drop_column("fingerprint")
        table.drop_column("changed_on")
        table.drop_column("made_on")
