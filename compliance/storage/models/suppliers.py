"""Suppliers, the people to write to, and their contracts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Computed, ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import Base


class Supplier(Base):
    """A company that is assessed.

    `identity_kind` is legal_person, sole_trader or foreign; `identity_number` its normal form (unique),
    never shown unmasked for a sole trader. `country` is ISO 3166 alpha-2. `inherent_risk` is low, medium,
    high or unknown, set by a person. `profile` holds the latest submitted company profile.
    """

    __tablename__ = "supplier"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    identity_kind: Mapped[str] = mapped_column(String(20))
    identity_number: Mapped[str] = mapped_column(String(40), unique=True)
    country: Mapped[str] = mapped_column(String(2), default="SE")
    inherent_risk: Mapped[str] = mapped_column(String(10), default="unknown")
    profile: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]

    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="supplier",
        order_by="Contact.id",
        primaryjoin="and_(Contact.supplier_id == Supplier.id, ~Contact.is_colleague)",
    )
    contracts: Mapped[list["Contract"]] = relationship(back_populates="supplier", order_by="Contract.number")


class Contact(Base):
    """A person at a supplier to whom mails go. An inactive one gets none and cannot sign in.

    `is_colleague`: the supplier's own contact asked this person for help. It sees what was shared with it and
    nothing else, and is not among the supplier's `contacts`.
    """

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    locale: Mapped[str] = mapped_column(String(5), default="sv")
    active: Mapped[bool] = mapped_column(default=True)
    is_colleague: Mapped[bool] = mapped_column(default=False)
    bounced_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    supplier: Mapped[Supplier] = relationship(back_populates="contacts")


class Contract(Base):
    """A contract with what was agreed and, stored beside it, the days that follow from its terms.

    `terms` is the JSON of the contract-date rules (start, end, notice, renewal, notice_given_on). The date
    columns below it are computed from `terms` on `dates_computed_on` and recomputed when it changes or when
    the current period passes. Values are in kronor: `value_sek` in total, `value_annual_sek` a year.
    `special_labour_terms`: terms under LOU 17 kap. 2 § were agreed, `labour_levels` the levels stated (3 §);
    `agreed_terms` are codes of the other terms (suppliers/agreed_terms.yaml). `procedure`, `threshold` and
    `priority` are codes of suppliers/register_words.yaml, empty when not known; `audit_right` and `max_tiers`
    are None when not known or without limit. `framework_id` is the framework agreement a call-off was made
    under. `assess_on`, kept by the database, is when the next round should begin: the day set, or else that of
    the chain. `revision` grows with every change, so that two who change it at once are both seen.
    """

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    framework_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), index=True)
    code_of_conduct_id: Mapped[int | None] = mapped_column(ForeignKey("code_of_conduct.id"))
    number: Mapped[str] = mapped_column(String(60), unique=True)
    case_number: Mapped[str] = mapped_column(String(60), default="")
    procurement_number: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(80), default="")
    cpv: Mapped[str] = mapped_column(String(12), default="")
    value_sek: Mapped[int | None] = mapped_column(Numeric(14, 0, asdecimal=False), index=True)
    value_annual_sek: Mapped[int | None] = mapped_column(Numeric(14, 0, asdecimal=False))
    procedure: Mapped[str] = mapped_column(String(30), default="")
    threshold: Mapped[str] = mapped_column(String(10), default="")
    priority: Mapped[str] = mapped_column(String(10), default="", index=True)
    special_labour_terms: Mapped[bool] = mapped_column(default=False)
    labour_levels: Mapped[str] = mapped_column(Text, default="")
    agreed_terms: Mapped[list[Any]] = mapped_column(default=list)
    fine_clause: Mapped[str] = mapped_column(String(200), default="")
    audit_right: Mapped[bool | None]
    max_tiers: Mapped[int | None]
    sites: Mapped[str] = mapped_column(Text, default="")
    follow_up_plan: Mapped[str] = mapped_column(Text, default="")
    follow_up_on: Mapped[date | None]
    startup_planned_on: Mapped[date | None]
    startup_held_on: Mapped[date | None]
    startup_note: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    terms: Mapped[dict[str, Any]]
    period_end: Mapped[date | None] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    last_notice_day: Mapped[date | None] = mapped_column(index=True)
    last_working_notice_day: Mapped[date | None]
    decide_by: Mapped[date | None]
    invite_by: Mapped[date | None]
    dates_computed_on: Mapped[date | None]
    next_assessment_on: Mapped[date | None]
    assess_on: Mapped[date | None] = mapped_column(
        Computed("coalesce(next_assessment_on, invite_by)", persisted=True), index=True
    )
    revision: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    supplier: Mapped[Supplier] = relationship(back_populates="contracts")
    framework: Mapped["Contract | None"] = relationship(remote_side="Contract.id", viewonly=True)
