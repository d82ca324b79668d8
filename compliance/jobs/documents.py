"""The worker's first job: read a document that waits, in a limited child process, outside any transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from compliance import clock
from compliance.evidence.confinement import WITH_OCR
from compliance.evidence.sandbox import read_pdf
from compliance.evidence.store import FolderStore
from compliance.jobs.scanning import scan
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Document
from compliance.workflow import reading as read
from compliance.workflow.reading import GIVEN_UP, LEASE, Lease
from compliance.workflow.scanning import INFECTED, refuse_infected
from compliance.workflow.sealing import seal_if_private

RENEW_SECONDS = LEASE.total_seconds() / 4

log = structlog.get_logger()


def read_one(app: Flask, *, moment: Callable[[], datetime] = clock.now) -> bool:
    """Read the document that has waited longest. False when none waits."""
    with reading(app) as session:
        if not read.is_anything_waiting(session, now=moment()):
            return False
    with transaction(app) as session:
        lease = read.lease_next(session, now=moment())
    if lease is None:
        return False
    _read(app, lease, moment)
    return True


def _read(app: Flask, lease: Lease, moment: Callable[[], datetime]) -> None:
    uploads = app.config["SETTINGS"].uploads
    if scan(app, lease.sha256, now=moment()) == INFECTED:
        with transaction(app) as session:
            refuse_infected(session, session.get_one(Document, lease.document_id), now=moment())
        return
    try:
        with _held(app, lease, moment):
            result = read_pdf(FolderStore(uploads).path(lease.sha256), WITH_OCR)
    except OSError:  # the store is away or the file is missing: the lease runs out and it is tried again
        log.exception("stored file not readable", document=lease.document_id)
        return
    if result.state == GIVEN_UP:  # a fault of ours: the lease runs out and it is tried again
        log.error("reading failed on our side", document=lease.document_id)
        return
    with transaction(app) as session:
        stored = read.finish(session, lease, result, now=moment())
        if stored:
            store, document = FolderStore(uploads), session.get_one(Document, lease.document_id)
            seal_if_private(session, document, store, now=moment())
    log.info("document read", document=lease.document_id, state=result.state, stored=stored)


@contextmanager
def _held(app: Flask, lease: Lease, moment: Callable[[], datetime]) -> Iterator[None]:
    """Renew the lease as long as the reading takes: so it may be short, and a dead reader's work soon goes on."""
    over = Event()

    def renew() -> None:
        while not over.wait(RENEW_SECONDS):
            try:
                with transaction(app) as session:
                    read.renew(session, lease, now=moment())
            except SQLAlchemyError:
                log.exception("lease not renewed", document=lease.document_id)

    renewing = Thread(target=renew, daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        renewing.join()
