"""Committing: what a supplier promised for people's sake (jobs, apprenticeships), reported, verified."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.storage.models import Contract, SocialCommitment
from compliance.suppliers.contract_checks import day_refusals
from compliance.suppliers.contract_json import RefusedError
from compliance.suppliers.refusals import Refusal
from compliance.suppliers.register_words import words
from compliance.workflow.history import Changed, differences, keep_history
from compliance.workflow.noting_days import note_commitments
from compliance.workflow.recording import contract_case, record

MOST = 100_000


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


HOW_MANY = N_("The number must lie between 1 and %(most)s.")
HOW_MANY_REPORTED = N_("The number must lie between 0 and %(most)s.")
NOT_YET = N_("The day lies ahead. Give the day on which it was reported.")
NOT_ON_LIST = N_("Choose from the list.")
NOTHING_REPORTED = N_("Nothing has been reported yet, so there is nothing to verify.")


@dataclass(frozen=True, kw_only=True)
class CommitmentDetails:
    """What was promised: how many of which kind, by when."""

    kind: str
    description: str = ""
    quantity: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class CommitmentReport:
    """What was reported: how many, on which day, by which role or organisation (never a person's name)."""

    reported_on: date
    reported_quantity: int
    reported_by: str = ""
    note: str = ""


class CommitmentChangedMeanwhileError(Exception):
    """Somebody else changed the commitment since it was read."""


def add_commitment(
    session: Session, contract: Contract, details: CommitmentDetails, *, actor: str, now: datetime
) -> SocialCommitment:
    """A new commitment. Raises `RefusedError`."""
    _check(details)
    row = SocialCommitment(contract_id=contract.id, created_at=now, **vars(details))
    session.add(row)
    session.flush()
    changes = {name: [None, value] for name, value in vars(details).items() if value}
    _keep(session, row, changes, actor=actor, now=now)
    _record(session, row, "commitment_added", actor=actor, now=now)
    return row


def change_commitment(
    session: Session,
    row: SocialCommitment,
    details: CommitmentDetails,
    *,
    seen: int,
    actor: str,
    now: datetime,
) -> None:
    """Change what was promised. Raises `RefusedError`, `CommitmentChangedMeanwhileError`."""
    _check(details)
    _lock(session, row, seen)
    if changes := differences(row, vars(details)):
        _store(session, row, changes, actor=actor, now=now)
        _record(session, row, "commitment_changed", actor=actor, now=now)


def report_commitment(
    session: Session, row: SocialCommitment, report: CommitmentReport, *, seen: int, actor: str, now: datetime
) -> None:
    """Write down what was reported; a later report takes its place, and has to be verified again.

    Raises `RefusedError`, `CommitmentChangedMeanwhileError`.
    """
    refusals = [*day_refusals("reported_on", report.reported_on)]
    if report.reported_on > day_of(now):
        refusals.append(Refusal("reported_on", NOT_YET))
    if not 0 <= report.reported_quantity <= MOST:
        refusals.append(Refusal("reported_quantity", HOW_MANY_REPORTED, {"most": MOST}))
    if refusals:
        raise RefusedError(refusals)
    _lock(session, row, seen)
    changes = differences(row, {**vars(report), "verified_on": None, "verified_by_id": None})
    _store(session, row, changes, actor=actor, now=now)
    _record(session, row, "commitment_reported", actor=actor, now=now)


def verify_commitment(
    session: Session, row: SocialCommitment, *, seen: int, actor: str, actor_id: int, now: datetime
) -> None:
    """A procurer has made sure of what was reported. Raises `RefusedError`, `CommitmentChangedMeanwhileError`."""
    _lock(session, row, seen)
    if row.reported_on is None:
        raise RefusedError([Refusal("verified_on", NOTHING_REPORTED)])
    changes = differences(row, {"verified_on": day_of(now), "verified_by_id": actor_id})
    _store(session, row, changes, actor=actor, now=now)
    _record(session, row, "commitment_verified", actor=actor, now=now)


def remove_commitment(
    session: Session, row: SocialCommitment, *, seen: int, actor: str, now: datetime
) -> None:
    """Take away a commitment that was written down by mistake. Raises `CommitmentChangedMeanwhileError`."""
    _lock(session, row, seen)
    _store(session, row, {"removed_at": [None, now]}, actor=actor, now=now)
    _record(session, row, "commitment_removed", actor=actor, now=now)


def _check(details: CommitmentDetails) -> None:
    refusals = [*day_refusals("due_on", details.due_on)]
    if details.kind not in words("commitment_kind"):
        refusals.append(Refusal("kind", NOT_ON_LIST))
    if not 1 <= details.quantity <= MOST:
        refusals.append(Refusal("quantity", HOW_MANY, {"most": MOST}))
    if refusals:
        raise RefusedError(refusals)


def _lock(session: Session, row: SocialCommitment, seen: int) -> None:
    session.refresh(row, with_for_update=True)
    if row.revision != seen or row.removed_at is not None:
        raise CommitmentChangedMeanwhileError


def _store(
    session: Session, row: SocialCommitment, changes: Mapping[str, list[Any]], *, actor: str, now: datetime
) -> None:
    for name, (_, value) in changes.items():
        setattr(row, name, value)
    row.revision += 1
    _keep(session, row, changes, actor=actor, now=now)


def _keep(
    session: Session, row: SocialCommitment, changes: Mapping[str, list[Any]], *, actor: str, now: datetime
) -> None:
    what = Changed(contract_id=row.contract_id, subject="commitment", subject_id=row.id)
    keep_history(session, what, changes, actor=actor, now=now)
    note_commitments(session, row.contract_id, now=now)


def _record(session: Session, row: SocialCommitment, name: str, *, actor: str, now: datetime) -> None:
    payload = {"commitment": row.id}
    record(session, contract_case(row.contract_id), name, actor=actor, now=now, payload=payload)
