"""Every contract's days computed anew, a portion a transaction, so that others can write in between."""

from datetime import datetime

from flask import Flask
from sqlalchemy import func, select

from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Contract
from compliance.workflow.recomputing import PORTION, recompute_portion


def recompute_all(app: Flask, *, now: datetime) -> int:
    """Recompute all contracts; gives their number. Stopped half-way it can simply be run again."""
    count = count_contracts(app)
    last: int | None = 0
    while last is not None:
        with transaction(app) as session:
            last = recompute_portion(session, last, now=now, size=PORTION)
    return count


def count_contracts(app: Flask) -> int:
    """How many contracts there are."""
    with reading(app) as session:
        return session.scalar(select(func.count()).select_from(Contract)) or 0
