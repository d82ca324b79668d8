"""Documents about one person's pay are kept encrypted and opened once.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A key for each such document."""
    op.create_table(
        "file_seal",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("media_type", sa.String(80), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_file_seal_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user_account.id"], name=op.f("fk_file_seal_opened_by_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_file_seal")),
    )
    op.create_index(op.f("ix_file_seal_ends_at"), "file_seal", ["ends_at"])


def downgrade() -> None:
    """The keys are lost, and with them what they open."""
    op.drop_table("file_seal")
