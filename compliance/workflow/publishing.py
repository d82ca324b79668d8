"""Publishing: a version of the buyer's code of conduct is laid down. It is never changed afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.evidence.intake import Accepted
from compliance.evidence.store import EvidenceStore
from compliance.storage.models import CodeOfConduct
from compliance.workflow.filing import keep_file
from compliance.workflow.recording import OFFICE, digest, record


@dataclass(frozen=True, kw_only=True)
class CodeDetails:
    """One version: its name, from when it holds, and its text or its document (accepted and its bytes)."""

    version: str
    valid_from: date
    text: str = ""
    document: tuple[Accepted, bytes] | None = None


class VersionTakenError(Exception):
    """There is a version of this name; a published version is never replaced."""


def publish_code(
    session: Session,
    details: CodeDetails,
    *,
    store: EvidenceStore,
    actor: str,
    actor_id: int,
    now: datetime,
) -> CodeOfConduct:
    """A new version. Raises `VersionTakenError`, and `StoreError` when its document could not be kept."""
    taken = select(CodeOfConduct.id).where(CodeOfConduct.version == details.version)
    if session.scalar(taken) is not None:
        raise VersionTakenError
    code = CodeOfConduct(
        version=details.version,
        valid_from=details.valid_from,
        text=details.text,
        published_by_id=actor_id,
        published_at=now,
    )
    if details.document is not None:
        accepted, data = details.document
        keep_file(session, accepted, data, store=store, now=now)
        code.sha256, code.file_name = accepted.sha256, accepted.display_name
    try:
        with session.begin_nested():
            session.add(code)
    except IntegrityError as error:  # somebody published it in the same moment
        raise VersionTakenError from error
    payload = {
        "code_of_conduct": code.id,
        "valid_from": code.valid_from.isoformat(),
        "content": code.sha256 or digest({"text": code.text}),
    }
    record(session, OFFICE, "code_published", actor=actor, now=now, payload=payload)
    return code
