"""Keeping: what a supplier sent after its session had ended waits for it to come back; it answers nothing till then.

Only the user whose page it was is offered it, and it goes when it was used, thrown away, or has waited too long.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from compliance.assessments import OPEN_TO_SUPPLIER, State
from compliance.storage.models import Assessment, KeptForm, User
from compliance.workflow.recording import digest

KEPT = timedelta(days=14)
"""Long enough to find the link in the mail, or to have it sent again."""

MOST_FORMS = 10
"""For one person in one round."""

MOST_CHARACTERS = 500_000

Fields = Sequence[tuple[str, str]]


def keep_form(
    session: Session, assessment: Assessment, section_key: str, fields: Fields, *, of: User, now: datetime
) -> bool:
    """Keep the fields of a form; False when that cannot be done (nobody's form, the round closed, too much).

    The same form sent again is kept once.
    """
    known = [*kept_forms(session, assessment, of=of)]
    mark = digest({"fields": list(fields)})
    if any((one.section_key, one.digest) == (section_key, mark) for one in known):
        return True
    if not _may_keep(assessment, fields, of) or len(known) >= MOST_FORMS:
        return False
    session.add(
        KeptForm(
            assessment_id=assessment.id,
            user_id=of.id,
            section_key=section_key,
            fields=[list(field) for field in fields],
            digest=mark,
            kept_at=now,
        )
    )
    session.flush()
    return True


def kept_forms(session: Session, assessment: Assessment, *, of: User) -> Sequence[KeptForm]:
    """What waits for somebody in a round, oldest first."""
    query = select(KeptForm).where(KeptForm.assessment_id == assessment.id, KeptForm.user_id == of.id)
    return session.scalars(query.order_by(KeptForm.id)).all()


def kept_form(session: Session, assessment: Assessment, kept_id: int, *, of: User) -> KeptForm | None:
    """One of them; None for anybody else's."""
    return next((one for one in kept_forms(session, assessment, of=of) if one.id == kept_id), None)


def throw_away(session: Session, kept: KeptForm) -> None:
    """It was used, or its owner does not want it."""
    session.delete(kept)
    session.flush()


def throw_away_old(session: Session, *, now: datetime) -> None:
    """Forget what nobody came back for."""
    session.execute(delete(KeptForm).where(KeptForm.kept_at < now - KEPT))


def _may_keep(assessment: Assessment, fields: Fields, of: User) -> bool:
    return (
        bool(fields)
        and of.contact is not None
        and of.contact.active
        and of.supplier_id == assessment.supplier_id
        and State(assessment.state) in OPEN_TO_SUPPLIER
        and sum(len(name) + len(text) for name, text in fields) <= MOST_CHARACTERS
    )
