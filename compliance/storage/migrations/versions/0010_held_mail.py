"""After a restore no mail leaves until a person has released it.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One moment on the one row of the installation."""
    with op.batch_alter_table("installation") as table:
        table.add_column(sa.Column("mail_held_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("installation") as table:
        table.drop_column("mail_held_at")
