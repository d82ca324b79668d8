"""Inviting: the supplier's own contact asks a colleague for help with a part of a round, and can take it back.

A colleague is a contact with a limited role: a link of its own, which opens only what was shared with it. It can
neither send the answers in nor invite others; the server asks the standing invitations at every request.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.answers.sharing import Share
from compliance.assessments import OPEN_TO_SUPPLIER, NotAllowedNow, State
from compliance.questionnaires.words import Text
from compliance.storage.models import Assessment, ColleagueInvitation, Contact, Message, User
from compliance.storage.queries.answering import stored_contract
from compliance.storage.queries.colleagues import (
    invitations_of,
    share_of,
    standing_invitations,
    to_be_reminded,
)
from compliance.workflow.gathering import questionnaires_of
from compliance.workflow.linking import revoke_links
from compliance.workflow.posting import Draft, post_to_contact
from compliance.workflow.recording import actor_of, assessment_case, record

MOST_INVITATIONS = 40
"""In one round, withdrawn ones too: enough for any company, too few to be used for sending unwanted mail."""


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


ASKED_FOR_HELP = N_("The supplier's contact asked a colleague to answer a part.")
STILL_MISSING = N_("The answers have not come in, and the inviter wanted the colleague to be reminded.")
UNTIL_WITHDRAWN = N_("The invitation is withdrawn, the supplier submits, or the round is cancelled.")


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """A person to ask. `locale` is sv or en."""

    name: str
    email: str
    locale: str = "sv"


class OwnAddressError(Exception):
    """The address is that of the person who answers the round already."""


class TooManyInvitationsError(Exception):
    """There have been as many invitations in this round as there may be."""


class AddressBouncesError(Exception):
    """Mail to this colleague came back."""


def invite_colleague(  # noqa: PLR0913  whom, to what, with which words
    session: Session,
    assessment: Assessment,
    colleague: Colleague,
    share: Share,
    *,
    note: str,
    remind: bool,
    by: User,
    now: datetime,
) -> ColleagueInvitation:
    """Share a part of a round with a colleague, who is told by mail. The same part twice is shared once.

    Raises `NotAllowedNow`, `OwnAddressError`, `TooManyInvitationsError` and `AddressBouncesError`.
    """
    session.refresh(assessment, ["state"], with_for_update=True)
    if State(assessment.state) not in OPEN_TO_SUPPLIER:
        raise NotAllowedNow(State(assessment.state), State.ANSWERING)
    if colleague.email.casefold() == assessment.contact.email.casefold():
        raise OwnAddressError
    known = invitations_of(session, assessment.id)
    if len(known) >= MOST_INVITATIONS:
        raise TooManyInvitationsError
    contact = _contact(session, assessment, colleague, now=now)
    if contact.bounced_at is not None:
        raise AddressBouncesError
    for standing in standing_invitations(session, assessment.id, contact.id):
        if share_of(standing) == share:
            return standing
    invitation = ColleagueInvitation(
        assessment_id=assessment.id,
        contact_id=contact.id,
        invited_by_id=by.id,
        note=note,
        remind=remind,
        created_at=now,
        **_columns(share),
    )
    session.add(invitation)
    session.flush()
    _record(session, invitation, "colleague_invited", by=by, now=now)
    _post(session, assessment, invitation, "first", why=ASKED_FOR_HELP, now=now)
    return invitation


def withdraw_invitation(
    session: Session, assessment: Assessment, invitation: ColleagueInvitation, *, by: User, now: datetime
) -> None:
    """Take a part back. A colleague to whom nothing is left loses links and sessions; its answers stay."""
    assert invitation.assessment_id == assessment.id, "invitations are looked up through their round"
    if invitation.withdrawn_at is not None:
        return
    invitation.withdrawn_at = now
    session.flush()
    _record(session, invitation, "colleague_withdrawn", by=by, now=now)
    left = select(ColleagueInvitation.id).where(
        ColleagueInvitation.contact_id == invitation.contact_id, ColleagueInvitation.withdrawn_at.is_(None)
    )
    if session.scalar(left.limit(1)) is None:
        revoke_links(session, invitation.contact, now=now)


def remind_colleagues(session: Session, assessment: Assessment, *, occasion: str, now: datetime) -> None:
    """Remind the colleagues of whom that was wished, once an occasion, each once however much it was asked for."""
    reminded: set[int] = set()
    for invitation in to_be_reminded(session, assessment.id):
        if invitation.contact_id not in reminded:
            reminded.add(invitation.contact_id)
            _post(
                session,
                assessment,
                invitation,
                occasion,
                why=STILL_MISSING,
                now=now,
                kind="colleague_reminder",
            )


def shares_of(session: Session, assessment: Assessment, contact: Contact) -> tuple[Share, ...]:
    """What a colleague may see and answer in a round now."""
    return tuple(share_of(one) for one in standing_invitations(session, assessment.id, contact.id))


def part_of(assessment: Assessment, share: Share) -> Text | None:
    """What a share is called: the title of its page, the name of its question; None for a whole round."""
    forms = questionnaires_of(assessment)
    page = share.section_key.partition("@")[0]
    titles = {f"{form.key}.{section.id}": section.title for form in forms for section in form.sections}
    names = {question.id: question.name for form in forms for question in form.questions}
    return titles.get(page) or names.get(share.key[0])


def invitation_told(session: Session, message: Message) -> dict[str, object]:
    """What the mail to a colleague says beside the usual: who asks, about what, in which words."""
    invitation = session.get(ColleagueInvitation, message.params.get("invitation", 0))
    if invitation is None:
        return {"inviter": "", "note": "", "part": None}
    assessment = session.get_one(Assessment, invitation.assessment_id)
    return {
        "inviter": invitation.invited_by.name if invitation.invited_by else "",
        "note": invitation.note,
        "part": part_of(assessment, share_of(invitation)),
    }


def _contact(session: Session, assessment: Assessment, colleague: Colleague, *, now: datetime) -> Contact:
    """The colleague as it was written down before, or anew."""
    known = session.scalars(
        select(Contact).where(Contact.supplier_id == assessment.supplier_id, Contact.is_colleague)
    )
    for contact in known:
        if contact.email.casefold() == colleague.email.casefold():
            contact.name, contact.locale, contact.active = colleague.name, colleague.locale, True
            return contact
    contact = Contact(
        supplier_id=assessment.supplier_id, is_colleague=True, created_at=now, **asdict(colleague)
    )
    session.add(contact)
    session.flush()
    return contact


def _columns(share: Share) -> dict[str, object]:
    question_id, contract_id = share.key
    return {
        "scope": share.scope,
        "section_key": share.section_key,
        "question_id": question_id,
        "contract_id": stored_contract(contract_id),
    }


def _record(session: Session, invitation: ColleagueInvitation, name: str, *, by: User, now: datetime) -> None:
    payload = {"invitation": invitation.id, "contact": invitation.contact_id, "scope": invitation.scope}
    case = assessment_case(invitation.assessment_id)
    record(session, case, name, actor=actor_of(by), now=now, payload=payload, draft=True)


def _post(  # noqa: PLR0913  which mail about which invitation, why, when
    session: Session,
    assessment: Assessment,
    invitation: ColleagueInvitation,
    occasion: str,
    *,
    why: str,
    now: datetime,
    kind: str = "colleague_invitation",
) -> None:
    draft = Draft(
        kind=kind,
        key=f"{kind}:{invitation.id}:{occasion}",
        why=why,
        cancelled_by=UNTIL_WITHDRAWN,
        params={"invitation": invitation.id},
        due_on=assessment.due_on,
        supplier_id=assessment.supplier_id,
        assessment_id=assessment.id,
    )
    post_to_contact(session, invitation.contact, draft, now=now)
