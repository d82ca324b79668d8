"""Releasing: when questions get a new version, those who answered an older one are noted for their next round."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.assessments import DRAFT
from compliance.clock import day_of
from compliance.storage.models import Assessment, Event
from compliance.workflow.arming import rearm_round
from compliance.workflow.planning_rounds import newest_versions
from compliance.workflow.recording import OFFICE, record

RELEASED = "questions_released"


def note_releases(session: Session, *, now: datetime) -> int:
    """Note the versions that have come since the last look, once each; gives how many rounds are affected.

    Nobody is written to: an affected round gets a reason with the next one.
    """
    seen = select(Event.payload).where(Event.case == OFFICE, Event.name == RELEASED)
    known = {(payload or {}).get("questions") for payload in session.scalars(seen)}
    newest = newest_versions(day_of(now))
    fresh = {key: version for key, version in newest.items() if f"{key} {version}" not in known}
    for key, version in fresh.items():
        payload = {"questions": f"{key} {version}"}
        record(session, OFFICE, RELEASED, actor="system", now=now, payload=payload)
    affected = _answered_older(session, fresh) if fresh else []
    for assessment in affected:
        rearm_round(session, assessment, now=now)
    return len(affected)


def _answered_older(session: Session, newest: Mapping[str, int]) -> list[Assessment]:
    """Each supplier's newest submitted round, where it has an older version."""
    last = (
        select(func.max(Assessment.id))
        .where(Assessment.state.not_in(DRAFT), Assessment.submitted_at.is_not(None))
        .group_by(Assessment.supplier_id)
    )
    rounds = session.scalars(select(Assessment).where(Assessment.id.in_(last)).order_by(Assessment.id))
    return [
        one
        for one in rounds
        if any(one.questionnaires.get(key, version) < version for key, version in newest.items())
    ]
