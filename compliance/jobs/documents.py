"""The worker's first job: read a document that waits, in a limited child process, outside any transaction."""

from collections.abc import Callable
from datetime import datetime

import structlog
from flask import Flask

from compliance import clock
from compliance.evidence.confinement import WITH_OCR
from compliance.evidence.sandbox import read_pdf
from compliance.evidence.store import FolderStore
from compliance.jobs.transactions import reading, transaction
from compliance.workflow import reading as read
from compliance.workflow.reading import Lease

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
    try:
        result = read_pdf(FolderStore(app.config["SETTINGS"].uploads).path(lease.sha256), WITH_OCR)
    except OSError:  # the store is away or the file is missing: the lease runs out and it is tried again
        log.exception("stored file not readable", document=lease.document_id)
        return
    with transaction(app) as session:
        stored = read.finish(session, lease, result, now=moment())
    log.info("document read", document=lease.document_id, state=result.state, stored=stored)
