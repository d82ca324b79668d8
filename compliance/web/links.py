"""The supplier's way in: a mailed link. Looking at it shows a page; only pressing the button signs in.

Mail scanners open every link, so a link that GET could use up would be dead on arrival. The token stands in the
address, so these pages send no Referer, and no log line holds their path.
"""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from compliance import clock
from compliance.assessments import State
from compliance.extensions import db
from compliance.questionnaires import catalogue
from compliance.questionnaires.effort import most_minutes
from compliance.storage.models import AccessLink, Assessment, Contact
from compliance.storage.queries.colleagues import standing_invitations
from compliance.web.access import Access, allow
from compliance.web.identity import sign_in_supplier
from compliance.web.rate_limits import limit_posts
from compliance.web.supplier import supplier
from compliance.workflow import linking
from compliance.workflow.linking import LinkState

NOT_FOUND, GONE = 404, 410


@supplier.get("/link/<token>")
@allow(Access.PUBLIC)
def link(token: str) -> ResponseReturnValue:
    """What the link is for, and the button that opens it. Changes nothing."""
    state, found = linking.find_link(db.session(), token)
    return _page(token, state, found)


@supplier.post("/link/<token>")
@allow(Access.PUBLIC)
@limit_posts
def follow_link(token: str) -> ResponseReturnValue:
    """Sign in the contact that the link was mailed to."""
    state, found = linking.find_link(db.session(), token)
    if state is not LinkState.WORKS or found is None:
        return _page(token, state, found)
    user = linking.use_link(db.session(), found, now=clock.now())
    sign_in_supplier(user)
    return redirect(url_for("supplier.assessment", assessment_id=found.assessment_id))


@supplier.post("/link/<token>/fresh")
@allow(Access.PUBLIC)
@limit_posts
def fresh_link(token: str) -> ResponseReturnValue:
    """Mail a new link to the registered address of a round that is still open."""
    state, found = linking.find_link(db.session(), token)
    if found is None or state is LinkState.ROUND_CLOSED:
        return _page(token, state, found)
    assessment = db.session.get_one(Assessment, found.assessment_id)
    if not found.contact.is_colleague:
        linking.send_fresh_link(db.session(), assessment, now=clock.now())
        return redirect(url_for("account.link_sent"))
    standing = standing_invitations(db.session(), found.assessment_id, found.contact_id)
    if not standing:
        return _page(token, state, found)
    linking.send_colleague_link(db.session(), standing[-1], now=clock.now())
    return redirect(url_for("account.link_sent"))


def masked_address(email: str) -> str:
    """An address that its owner recognises and nobody else can use: a…@bygg.example."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def _page(token: str, state: LinkState, found: AccessLink | None) -> ResponseReturnValue:
    """The page for what the link is worth now, in its reader's language unless another was chosen."""
    if found is None:
        return render_template("account/link_unknown.html"), NOT_FOUND
    assessment = db.session.get_one(Assessment, found.assessment_id)
    with force_locale(session.get("language") or found.contact.locale):
        if found.contact.is_colleague:
            return _colleagues_page(token, state, assessment, found.contact)
        if state is LinkState.ROUND_CLOSED:
            return _closed_page(assessment), GONE
        if state is LinkState.REVOKED:
            return _revoked_page(token, assessment), GONE
        return _open_page(token, assessment, found.contact)


def _open_page(token: str, assessment: Assessment, contact: Contact) -> str:
    asked = [catalogue.get(key, version) for key, version in assessment.questionnaires.items()]
    return render_template(
        "account/link.html",
        token=token,
        assessment=assessment,
        contact=contact,
        submitted=assessment.state == State.SUBMITTED,
        sent_back=assessment.state == State.SENT_BACK,
        minutes=most_minutes(asked, len(assessment.contracts)),
    )


def _colleagues_page(
    token: str, state: LinkState, assessment: Assessment, contact: Contact
) -> ResponseReturnValue:
    """The page of a colleague's link: who asks for help; or that it is not needed any more."""
    standing = standing_invitations(db.session(), assessment.id, contact.id)
    page = render_template(
        "account/colleague_link.html",
        token=token,
        assessment=assessment,
        contact=contact,
        works=state is LinkState.WORKS,
        renewable=bool(standing) and state is LinkState.REVOKED,
        invitations=standing,
    )
    return page if state is LinkState.WORKS else (page, GONE)


def _closed_page(assessment: Assessment) -> str:
    submitted = assessment.submitted_at
    return render_template(
        "account/link_closed.html",
        company=assessment.supplier.name,
        submitted_on=clock.day_of(submitted) if submitted else None,
    )


def _revoked_page(token: str, assessment: Assessment) -> str:
    registered = assessment.contact
    can_mail = registered.active and registered.bounced_at is None
    return render_template(
        "account/link_revoked.html",
        token=token,
        address=masked_address(registered.email) if can_mail else None,
    )
