"""The clock process: APScheduler with one static job. It remembers nothing; whatever it has to know is in rows."""

import os
import secrets
import signal
import socket
from datetime import UTC

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask

from compliance import clock
from compliance.jobs.schedule import TIMETABLE
from compliance.jobs.ticks import tick
from compliance.jobs.transactions import transaction
from compliance.workflow.leasing import give_up_lease, hold_lease

log = structlog.get_logger()


class ClockProcess:
    """One of any number of clocks on one database; only the one that holds the lease ticks."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._holder = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._active = False
        self._scheduler = BlockingScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        jobs = {"tick": self.look}
        for entry in TIMETABLE:
            self._scheduler.add_job(
                jobs[entry.name],
                "interval",
                seconds=entry.every.total_seconds(),
                id=entry.name,
                next_run_time=clock.now(),
            )

    def run(self) -> None:
        """Tick until SIGTERM or SIGINT; then let go of the lease, so that another clock can begin at once."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._scheduler.shutdown(wait=False))
        self._scheduler.start()
        with transaction(self._app) as session:
            give_up_lease(session, self._holder)

    def look(self) -> None:
        """Tick if this is the active clock, or can become it."""
        now = clock.now()
        with transaction(self._app) as session:
            active = hold_lease(session, self._holder, now=now)
        if active != self._active:
            log.info("clock", holder=self._holder, active=active)
            self._active = active
        if active:
            tick(self._app, now=now)
