"""Telling the workers that there is something to do, but only once it is committed.

The rows are the truth; a wake-up that is lost costs a minute, because the tick wakes everyone anyway.
"""

from sqlalchemy.orm import Session

READING = "reading"
MAIL = "mail"
_KEY = "to_wake"


def wake_after_commit(session: Session, queue: str) -> None:
    """Note that `queue` has new work in this transaction."""
    session.info.setdefault(_KEY, set()).add(queue)


def take_queues_to_wake(session: Session) -> set[str]:
    """The queues noted since the last call; call it after the commit."""
    queues: set[str] = session.info.pop(_KEY, set())
    return queues
