"""People who sign in: staff with a password, supplier contacts with a mailed link."""

from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.storage.base import Base
from compliance.storage.models.suppliers import Contact

role_of_user = Table(
    "role_of_user",
    Base.metadata,
    Column("user_id", ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base, RoleMixin):
    """What a staff member may do: `procurer`, `reader` or `administrator`."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class User(Base, UserMixin):
    """Someone who can be signed in.

    Staff have an e-mail address, a password and roles. A supplier's user has none of these: it stands for
    one contact of one supplier and is signed in only through a link. So one person who answers for two
    companies is two users, and a link to one company never opens the other. `mail_pace` is how often staff want
    mails that can wait: at_once, daily or weekly.
    """

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # type: ignore[assignment]
    password: Mapped[str | None] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(5), default="sv")
    mail_pace: Mapped[str] = mapped_column(String(10), default="at_once")
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), unique=True)
    created_at: Mapped[datetime]

    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary=role_of_user, lazy="selectin"
    )
    contact: Mapped[Contact | None] = relationship(lazy="joined")

    @property
    def supplier_id(self) -> int | None:
        """The company this user answers for; None for staff."""
        return self.contact.supplier_id if self.contact else None


class AccessLink(Base):
    """One mailed link to one assessment. Only a hash of its token is kept."""

    __tablename__ = "access_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]

    contact: Mapped[Contact] = relationship()
