"""Tidying up, with the first tick of a day: what nobody came back for, and files that a crash left without an owner."""

from datetime import datetime

import structlog
from flask import Flask

from compliance.evidence.store import open_store
from compliance.extensions import db
from compliance.jobs.transactions import transaction
from compliance.workflow.filing import sweep
from compliance.workflow.keeping import throw_away_old

log = structlog.get_logger()


def tidy_up(app: Flask, *, now: datetime) -> None:
    """Both can wait for tomorrow: a failure is logged and stops nothing."""
    try:
        with transaction(app) as session:
            throw_away_old(session, now=now)
        with app.app_context():
            removed = sweep(db.engine, open_store(app.config["SETTINGS"].uploads))
    except Exception:  # the tick must go on
        log.exception("tidying up failed")
    else:
        log.info("tidied up", files=removed)
