"""Staff may have mails that can wait gathered into one.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """How often staff want mail, and which mail went in which digest."""
    with op.batch_alter_table("user_account") as table:
        table.add_column(sa.Column("mail_pace", sa.String(10), nullable=False, server_default="at_once"))
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("digest_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_message_digest_id"), "message", ["digest_id"], ["id"])
        table.create_index(op.f("ix_message_digest_id"), ["digest_id"])


def downgrade() -> None:
    """Take both away; what waits for a digest goes at once."""
    op.execute("UPDATE message SET state = 'queued' WHERE state = 'gathered'")
    with op.batch_alter_table("message") as table:
        table.drop_index(op.f("ix_message_digest_id"))
        table.drop_constraint(op.f("fk_message_digest_id"), type_="foreignkey")
        table.drop_column("digest_id")
    with op.batch_alter_table("user_account") as table:
        table.drop_column("mail_pace")
