"""What is read about colleagues: what they were asked for, by whom, and what they have answered."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from compliance.answers.sharing import Scope, Share
from compliance.storage.models import Answer, Assessment, ColleagueInvitation, Contact, User
from compliance.storage.models.assessments import COMPANY

SCOPES: tuple[Scope, ...] = ("round", "section", "question")


def invitations_of(session: Session, assessment_id: int) -> Sequence[ColleagueInvitation]:
    """Every invitation of a colleague to a round, withdrawn ones too, newest first."""
    return session.scalars(
        select(ColleagueInvitation)
        .where(ColleagueInvitation.assessment_id == assessment_id)
        .order_by(ColleagueInvitation.id.desc())
        .options(joinedload(ColleagueInvitation.contact), joinedload(ColleagueInvitation.invited_by))
    ).all()


def invitation_in(session: Session, assessment_id: int, invitation_id: int) -> ColleagueInvitation | None:
    """One invitation of a round; None for one of another round."""
    return next((one for one in invitations_of(session, assessment_id) if one.id == invitation_id), None)


def standing_invitations(
    session: Session, assessment_id: int, contact_id: int
) -> Sequence[ColleagueInvitation]:
    """What one colleague was asked for in a round and may still answer."""
    query = select(ColleagueInvitation).where(
        _standing(), ColleagueInvitation.assessment_id == assessment_id,
        ColleagueInvitation.contact_id == contact_id,
    )  # fmt: skip
    return session.scalars(query.order_by(ColleagueInvitation.id)).all()


def rounds_shared_with(session: Session, contact_id: int) -> Sequence[Assessment]:
    """The rounds of which one colleague was asked to answer a part, newest first."""
    shared = select(ColleagueInvitation.assessment_id).where(
        _standing(), ColleagueInvitation.contact_id == contact_id
    )
    return session.scalars(
        select(Assessment).where(Assessment.id.in_(shared)).order_by(Assessment.id.desc())
    ).all()


def to_be_reminded(session: Session, assessment_id: int) -> Sequence[ColleagueInvitation]:
    """Standing invitations whose inviter wanted the colleague to get the reminders too."""
    query = select(ColleagueInvitation).where(
        _standing(), ColleagueInvitation.assessment_id == assessment_id, ColleagueInvitation.remind
    )
    return session.scalars(query.order_by(ColleagueInvitation.id)).all()


def open_shares_of_address(session: Session, email: str) -> Sequence[ColleagueInvitation]:
    """Standing invitations to the colleagues who have this address."""
    query = (
        select(ColleagueInvitation)
        .join(Contact, Contact.id == ColleagueInvitation.contact_id)
        .where(_standing(), func.lower(Contact.email) == email.lower(), Contact.active)
    )
    return session.scalars(query.order_by(ColleagueInvitation.id)).all()


def share_of(invitation: ColleagueInvitation) -> Share:
    """What an invitation covers, as the steps know it."""
    contract = None if invitation.contract_id == COMPANY else invitation.contract_id
    scope = next(one for one in SCOPES if one == invitation.scope)
    return Share(scope, invitation.section_key, (invitation.question_id, contract))


def answers_by_contact(session: Session, assessment_id: int) -> dict[int, int]:
    """How many answers of a round each contact saved last."""
    rows = session.execute(
        select(User.contact_id, func.count())
        .join(Answer, and_(Answer.answered_by_id == User.id, Answer.assessment_id == assessment_id))
        .where(User.contact_id.is_not(None), Answer.state != "cleared")
        .group_by(User.contact_id)
    )
    return {contact_id: count for contact_id, count in rows if contact_id is not None}


def _standing() -> ColumnElement[bool]:
    return ColleagueInvitation.withdrawn_at.is_(None)
