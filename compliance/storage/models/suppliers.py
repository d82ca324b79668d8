"""Suppliers, the people to write to, and their contracts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Numeric, String, Text
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

    contacts: Mapped[list["Contact"]] = relationship(back_populates="supplier", order_by="Contact.id")
    contracts: Mapped[list["Contract"]] = relationship(back_populates="supplier", order_by="Contract.number")


class Contact(Base):
    """A person at a supplier to whom mails go. An inactive one gets none and cannot sign in."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    locale: Mapped[str] = mapped_column(String(5), default="sv")
    active: Mapped[bool] = mapped_column(default=True)
    bounced_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    supplier: Mapped[Supplier] = relationship(back_populates="contacts")


class Contract(Base):
    """A contract with its terms and, stored beside them, the dates that follow from the terms.

    `terms` is the JSON of the contract-date rules (start, end, notice, renewal, notice_given_on). The date
    columns below it are computed from `terms` on `dates_computed_on` and recomputed when it changes or when
    the current period passes. `value_sek` is the total value in kronor. `special_labour_terms` says that
    terms under LOU 17 kap. 2 § were agreed.
    """

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    number: Mapped[str] = mapped_column(String(60), unique=True)
    case_number: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(String(200))
    cpv: Mapped[str] = mapped_column(String(12), default="")
    value_sek: Mapped[int | None] = mapped_column(Numeric(14, 0, asdecimal=False))
    special_labour_terms: Mapped[bool] = mapped_column(default=False)
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
    created_at: Mapped[datetime]

    supplier: Mapped[Supplier] = relationship(back_populates="contracts")
