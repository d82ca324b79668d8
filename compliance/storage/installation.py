"""What kind of instance a database belongs to, and the refusal to start with the wrong one."""

from datetime import datetime

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from compliance.config import SettingsError
from compliance.storage.models import Installation, User

THE_INSTALLATION = 1
"""The key of the one row."""


def is_migrated(session: Session) -> bool:
    """Whether the tables exist."""
    return inspect(session.get_bind()).has_table(Installation.__tablename__)


def mark_installation(session: Session, *, demo: bool, now: datetime) -> None:
    """Write down, once, what kind of instance this is."""
    if session.get(Installation, THE_INSTALLATION) is None:
        session.add(Installation(id=THE_INSTALLATION, is_demo=demo, created_at=now))


def check_installation(session: Session, *, demo: bool) -> None:
    """Refuse a demo database under ordinary settings, and an ordinary database under demo settings.

    Demo users have passwords that everyone can read in the documentation. Raises `SettingsError`.
    """
    if not is_migrated(session):
        return
    is_demo = select(Installation.is_demo).where(Installation.id == THE_INSTALLATION)
    stored_demo = session.scalar(
        is_demo
    )  # of this one column: others may come with a migration still to be run
    demo_users = session.scalar(select(User.id).where(User.is_demo).limit(1)) is not None
    if (stored_demo or demo_users) and not demo:
        raise SettingsError(
            "This database was made by `compliance demo` and holds users whose passwords are public. "
            "It starts only through `compliance demo`."
        )
    if demo and stored_demo is False:
        raise SettingsError("COMPLIANCE_DEMO is set, but this database was not made by `compliance demo`.")
