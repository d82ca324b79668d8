"""Uploading: a file of contracts waits for its columns to be matched and its rows to be judged, then it goes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy import update
from sqlalchemy.orm import Session

from compliance.storage.models import ContractImport
from compliance.suppliers.contract_file import ContractRows, Header, contract_rows, read_header
from compliance.workflow import bringing_in
from compliance.workflow.bringing_in import BroughtIn
from compliance.workflow.history import user_of
from compliance.workflow.importing import Verdict, judge_rows
from compliance.workflow.recording import OFFICE, record

WAITS = timedelta(days=2)
MOST_ROWS_HERE = 5_000
"""Larger files are for the command line: a page would have to wait too long, and everybody else with it."""


class FileGoneError(Exception):
    """The file was applied already, or has waited too long."""


def keep_upload(
    session: Session, file_name: str, content: bytes, *, actor: str, now: datetime
) -> ContractImport:
    """Keep a file and guess its columns; files that nobody came back for go. Raises `ContractFileError`."""
    forget_old(session, now=now)
    header = read_header(BytesIO(content))
    row = ContractImport(
        file_name=file_name[:200],
        content=content,
        columns=dict(header.guessed),
        uploaded_by_id=user_of(actor),
        uploaded_at=now,
    )
    session.add(row)
    session.flush()
    return row


def forget_old(session: Session, *, now: datetime) -> None:
    """The content of files that were left waiting is emptied."""
    old = update(ContractImport).where(ContractImport.uploaded_at < now - WAITS)
    session.execute(old.values(content=None).execution_options(synchronize_session=False))


def header_of(upload: ContractImport) -> Header:
    """The header and first rows of a waiting file. Raises `FileGoneError`, `ContractFileError`."""
    return read_header(_opened(upload))


def match_columns(session: Session, upload: ContractImport, columns: Mapping[str, int]) -> None:
    """Say which column is which field."""
    upload.columns = dict(columns)
    session.flush()


@contextmanager
def rows_of(upload: ContractImport) -> Iterator[ContractRows]:
    """The rows below the header. Raises `FileGoneError`, `ContractFileError`."""
    file = _opened(upload)
    header = read_header(file)
    file.seek(0)
    with contract_rows(file, header_row=header.row, number_at=upload.columns.get("number")) as rows:
        yield rows


def judged(session: Session, upload: ContractImport, rows: ContractRows) -> Iterator[list[Verdict]]:
    """The verdicts on the rows of a file by its matched columns."""
    return judge_rows(session, rows, upload.columns)


def apply_upload(session: Session, upload: ContractImport, *, actor: str, now: datetime) -> BroughtIn:
    """Bring the good rows in, once. Raises `FileGoneError`, `ContractFileError`."""
    session.refresh(upload, with_for_update=True)
    so_far = BroughtIn()
    with rows_of(upload) as rows:
        for verdicts in judged(session, upload, rows):
            bringing_in.apply(session, verdicts, so_far, actor=actor, now=now)
    upload.content, upload.applied_at = None, now
    upload.outcome = {**so_far.counts, "suppliers": len(so_far.suppliers)}
    session.flush()
    payload = {"import": upload.id, **upload.outcome}
    record(session, OFFICE, "contracts_imported", actor=actor, now=now, payload=payload)
    return so_far


def _opened(upload: ContractImport) -> BytesIO:
    if upload.content is None or upload.applied_at is not None:
        raise FileGoneError
    return BytesIO(upload.content)
