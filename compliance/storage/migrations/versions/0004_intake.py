"""Intake: what a scanner said of each file, versions of one document, and the pages a use is about.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Files know whether they were scanned, documents which one they replace, uses which pages they mean."""
    with op.batch_alter_table("stored_file") as table:
        table.add_column(sa.Column("scan_state", sa.String(12), nullable=False, server_default="not_scanned"))
        table.add_column(sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index("ix_stored_file_scan_state", ["scan_state"])
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("sent_in", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        table.create_index("ix_document_replaces_id", ["replaces_id"])
        table.create_foreign_key("fk_document_replaces_id", "document", ["replaces_id"], ["id"])
    with op.batch_alter_table("answer_document") as table:
        table.add_column(sa.Column("first_page", sa.Integer(), nullable=True))
        table.add_column(sa.Column("last_page", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Forget all of it."""
    with op.batch_alter_table("answer_document") as table:
        table.drop_column("last_page")
        table.drop_column("first_page")
    with op.batch_alter_table("document") as table:
        table.drop_constraint("fk_document_replaces_id", type_="foreignkey")
        table.drop_index("ix_document_replaces_id")
        table.drop_column("replaces_id")
        table.drop_column("sent_in")
    with op.batch_alter_table("stored_file") as table:
        table.drop_index("ix_stored_file_scan_state")
        table.drop_column("scanned_at")
        table.drop_column("scan_state")
