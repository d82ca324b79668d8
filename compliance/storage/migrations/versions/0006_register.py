"""Register.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

REFERENCES = (
    ("substitute_id", "user_account"),
    ("framework_id", "contract"),
    ("code_of_conduct_id", "code_of_conduct"),
)
INDEXES = (
    ("ix_contract_framework_id", "framework_id"),
    ("ix_contract_value_sek", "value_sek"),
    ("ix_contract_priority", "priority"),
    ("ix_contract_assess_on", "assess_on"),
)
ASSESS_ON = "assess_on DATE GENERATED ALWAYS AS (coalesce(next_assessment_on, invite_by))"


def _document() -> sa.JSON:
    return sa.JSON(none_as_null=True)


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _columns() -> list[sa.Column[object]]:
    """What a contract gets; empty or unknown for those that are there."""
    return [
        sa.Column("procurement_number", sa.String(60), nullable=False, server_default=""),
        sa.Column("category", sa.String(80), nullable=False, server_default=""),
        sa.Column("value_annual_sek", sa.Numeric(14, 0), nullable=True),
        sa.Column("procedure", sa.String(30), nullable=False, server_default=""),
        sa.Column("threshold", sa.String(10), nullable=False, server_default=""),
        sa.Column("priority", sa.String(10), nullable=False, server_default=""),
        sa.Column("labour_levels", sa.Text(), nullable=False, server_default=""),
        sa.Column("agreed_terms", _document(), nullable=False, server_default="[]"),
        sa.Column("fine_clause", sa.String(200), nullable=False, server_default=""),
        sa.Column("audit_right", sa.Boolean(), nullable=True),
        sa.Column("max_tiers", sa.Integer(), nullable=True),
        sa.Column("sites", sa.Text(), nullable=False, server_default=""),
        sa.Column("follow_up_plan", sa.Text(), nullable=False, server_default=""),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("startup_planned_on", sa.Date(), nullable=True),
        sa.Column("startup_held_on", sa.Date(), nullable=True),
        sa.Column("startup_note", sa.Text(), nullable=False, server_default=""),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
    ]


def upgrade() -> None:
    """The fields of the register, and the tables beside it."""
    _create_code_of_conduct()
    for column in _columns():
        op.add_column("contract", column)
    for name, table in REFERENCES:  # SQLite can add a reference without copying the table only in this form
        op.execute(
            f"ALTER TABLE contract ADD COLUMN {name} INTEGER "
            f"CONSTRAINT fk_contract_{name} REFERENCES {table} (id)"
        )
    kept = "STORED" if op.get_bind().dialect.name == "postgresql" else "VIRTUAL"
    op.execute(f"ALTER TABLE contract ADD COLUMN {ASSESS_ON} {kept}")
    for name, column_name in INDEXES:
        op.create_index(name, "contract", [column_name])
    _create_contract_change()
    _create_subcontractor()
    _create_social_commitment()
    _create_contract_import()


def downgrade() -> None:
    """Back to the contract of the first version; what was written in the new fields is lost."""
    for table in ("contract_import", "social_commitment", "subcontractor", "contract_change"):
        op.drop_table(table)
    for name, _ in INDEXES:
        op.drop_index(name, "contract")
    for name in ("assess_on", *(name for name, _ in REFERENCES), *(column.name for column in _columns())):
        op.execute(f"ALTER TABLE contract DROP COLUMN {name}")
    op.drop_table("code_of_conduct")


def _create_code_of_conduct() -> None:
    op.create_table(
        "code_of_conduct",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name="fk_code_of_conduct_sha256"),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user_account.id"], name="fk_code_of_conduct_published_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_code_of_conduct"),
        sa.UniqueConstraint("version", name="uq_code_of_conduct_version"),
    )


def _create_contract_change() -> None:
    op.create_table(
        "contract_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("before", _document(), nullable=True),
        sa.Column("after", _document(), nullable=True),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name="fk_contract_change_contract_id"),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["user_account.id"], name="fk_contract_change_changed_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contract_change"),
    )
    op.create_index("ix_contract_change_contract_id", "contract_change", ["contract_id"])


def _create_subcontractor() -> None:
    op.create_table(
        "subcontractor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("hired_by_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("identity_kind", sa.String(20), nullable=False),
        sa.Column("identity_number", sa.String(40), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("representative", sa.String(120), nullable=False),
        sa.Column("approval", sa.String(10), nullable=False),
        sa.Column("approval_note", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", _moment(), nullable=True),
        sa.Column("removed_at", _moment(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name="fk_subcontractor_contract_id"),
        sa.ForeignKeyConstraint(["hired_by_id"], ["subcontractor.id"], name="fk_subcontractor_hired_by_id"),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user_account.id"], name="fk_subcontractor_decided_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subcontractor"),
    )
    op.create_index("ix_subcontractor_contract_id", "subcontractor", ["contract_id"])
    op.create_index("ix_subcontractor_identity_number", "subcontractor", ["identity_number"])


def _create_social_commitment() -> None:
    op.create_table(
        "social_commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("description", sa.String(200), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported_quantity", sa.Integer(), nullable=True),
        sa.Column("reported_by", sa.String(120), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("removed_at", _moment(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name="fk_social_commitment_contract_id"),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["user_account.id"], name="fk_social_commitment_verified_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_social_commitment"),
    )
    op.create_index("ix_social_commitment_contract_id", "social_commitment", ["contract_id"])


def _create_contract_import() -> None:
    op.create_table(
        "contract_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("columns", _document(), nullable=False),
        sa.Column("outcome", _document(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", _moment(), nullable=False),
        sa.Column("applied_at", _moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["user_account.id"], name="fk_contract_import_uploaded_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contract_import"),
    )
    op.create_index("ix_contract_import_uploaded_at", "contract_import", ["uploaded_at"])
