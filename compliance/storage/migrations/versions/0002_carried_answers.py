"""Carried answers: the round that a round renews, where an answer was confirmed from, and proposed actions.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rounds and answers from before know of no earlier round."""
    with op.batch_alter_table("assessment") as batch:
        batch.add_column(sa.Column("renews_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_assessment_renews_id"), "assessment", ["renews_id"], ["id"])
    with op.batch_alter_table("answer") as batch:
        batch.add_column(sa.Column("confirmed_from_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_answer_confirmed_from_id"), "assessment", ["confirmed_from_id"], ["id"]
        )
    op.create_table(
        "proposed_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("recommended", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("recommended_on", sa.Date(), nullable=False),
        sa.Column("reply", sa.String(length=10), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_proposed_action_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["replied_by_id"], ["user_account.id"], name=op.f("fk_proposed_action_replied_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_action")),
        sa.UniqueConstraint(
            "assessment_id",
            "question_id",
            "contract_id",
            name=op.f("uq_proposed_action_assessment_id_question_id_contract_id"),
        ),
    )


def downgrade() -> None:
    """What was confirmed stays an answer; what was promised is gone."""
    op.drop_table("proposed_action")
    with op.batch_alter_table("answer") as batch:
        batch.drop_constraint(op.f("fk_answer_confirmed_from_id"), type_="foreignkey")
        batch.drop_column("confirmed_from_id")
    with op.batch_alter_table("assessment") as batch:
        batch.drop_constraint(op.f("fk_assessment_renews_id"), type_="foreignkey")
        batch.drop_column("renews_id")
