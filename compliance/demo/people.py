"""The demo's staff, with passwords that everyone may know because they work nowhere else."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from flask_security.utils import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.storage.models import Role, User


@dataclass(frozen=True)
class DemoUser:
    """A member of the demo's staff."""

    name: str
    email: str
    password: str
    role: str


STAFF = (
    DemoUser("Anna Exempel", "anna@exempelbostader.example", "demo-inkopare-anna", "procurer"),
    DemoUser("Rolf Exempel", "rolf@exempelbostader.example", "demo-lasare-rolf", "reader"),
    DemoUser("Adele Exempel", "adele@exempelbostader.example", "demo-admin-adele", "administrator"),
)


def load_staff(session: Session, *, now: datetime) -> User:
    """Write the staff down; gives the procurer, who owns the contracts."""
    users = [
        User(
            name=one.name,
            email=one.email,
            password=hash_password(one.password),
            locale="sv",
            fs_uniquifier=secrets.token_hex(32),
            is_demo=True,
            created_at=now,
            roles=[_role(session, one.role)],
        )
        for one in STAFF
    ]
    session.add_all(users)
    session.flush()
    return users[0]


def _role(session: Session, name: str) -> Role:
    return session.scalar(select(Role).where(Role.name == name)) or Role(name=name)
