"""Colleagues: asking one for help with a part, what became of it, taking it back; and the colleague's own page."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.answers.journey import Journey, JourneySection
from compliance.answers.routing import Item
from compliance.answers.sharing import Share
from compliance.assessments import NotAllowedNow
from compliance.storage.models import Assessment, ColleagueInvitation
from compliance.storage.queries.colleagues import answers_by_contact, invitation_in, invitations_of, share_of
from compliance.web.access import Access, allow
from compliance.web.forms.colleagues import ColleagueForm
from compliance.web.languages import current_language
from compliance.web.rate_limits import limit_posts
from compliance.web.supplier import supplier
from compliance.web.supplier.requested import is_open, journey, me, or_404, own, session
from compliance.web.supplier.sections import closed
from compliance.workflow import inviting
from compliance.workflow.inviting import AddressBouncesError, OwnAddressError, TooManyInvitationsError

NOT_TAKEN = 422
WHOLE = "round"


@supplier.get("/supplier/assessments/<int:assessment_id>/colleagues")
@allow(Access.SUPPLIER)
def colleagues(assessment_id: int) -> ResponseReturnValue:
    """Who was asked for help, and the form to ask. `part` is chosen beforehand when one comes from it."""
    assessment = own(assessment_id)
    if not is_open(assessment):
        return redirect(url_for("supplier.assessment", assessment_id=assessment.id))
    part = request.args.get("part", WHOLE)
    return _page(
        assessment, ColleagueForm(formdata=None, part=part, locale=current_user.contact.locale), part
    )


@supplier.post("/supplier/assessments/<int:assessment_id>/colleagues")
@allow(Access.SUPPLIER)
@limit_posts
def invite_colleague(assessment_id: int) -> ResponseReturnValue:
    """Share a part with a colleague, who gets a mail with a link of its own."""
    assessment, form = own(assessment_id), ColleagueForm()
    parts = _parts(journey(assessment), form.part.data or "")
    form.offer(parts.items())
    if not form.validate():
        return _page(assessment, form, form.part.data or ""), NOT_TAKEN
    try:
        _invite(assessment, form)
    except NotAllowedNow:
        return closed(assessment)
    except OwnAddressError:
        form.email.errors = [gettext("That is the address of the person who answers already.")]
    except AddressBouncesError:
        form.email.errors = [gettext("Mail to this address comes back. Check how it is written.")]
    except TooManyInvitationsError:
        form.email.errors = [gettext("You have invited as many times as is possible in one round.")]
    if form.errors:
        return _page(assessment, form, form.part.data), NOT_TAKEN
    flash(gettext("The mail to your colleague leaves within a minute."), "success")
    return redirect(url_for("supplier.colleagues", assessment_id=assessment.id, _anchor="asked"))


@supplier.post("/supplier/assessments/<int:assessment_id>/colleagues/<int:invitation_id>/withdraw")
@allow(Access.SUPPLIER)
def withdraw_colleague(assessment_id: int, invitation_id: int) -> ResponseReturnValue:
    """Take back what was shared."""
    assessment = own(assessment_id)
    invitation = or_404(invitation_in(session(), assessment.id, invitation_id))
    inviting.withdraw_invitation(session(), assessment, invitation, by=me(), now=clock.now())
    flash(gettext("The colleague can no longer see or answer that part. Saved answers stay."), "success")
    return redirect(url_for("supplier.colleagues", assessment_id=assessment.id, _anchor="asked"))


def shared_page(assessment: Assessment) -> str:
    """What a colleague sees first: who asked, in which words, and the parts it was asked for."""
    plan = journey(assessment) if is_open(assessment) else None
    invitations = [
        one
        for one in invitations_of(session(), assessment.id)
        if one.withdrawn_at is None and one.contact_id == current_user.contact_id
    ]
    return render_template(
        "supplier/colleague_tasks.html", assessment=assessment, plan=plan, invitations=invitations
    )


def part_of_item(item: Item) -> str:
    """How a form names one question as a part to share."""
    return f"question:{item.id}"


def _invite(assessment: Assessment, form: ColleagueForm) -> None:
    inviting.invite_colleague(
        session(),
        assessment,
        form.colleague(),
        _share(journey(assessment), form.part.data),
        note=(form.note.data or "").strip(),
        remind=form.remind.data,
        by=me(),
        now=clock.now(),
    )


def _page(assessment: Assessment, form: ColleagueForm, part: str) -> str:
    plan = journey(assessment)
    parts = _parts(plan, part)
    form.offer(parts.items())
    invitations = invitations_of(session(), assessment.id)
    return render_template(
        "supplier/colleagues.html",
        assessment=assessment,
        form=form,
        standing=[one for one in invitations if one.withdrawn_at is None],
        withdrawn=[one for one in invitations if one.withdrawn_at is not None],
        part_words=lambda one: _words(assessment, one),
        answered=answers_by_contact(session(), assessment.id),
    )


def _parts(plan: Journey, wanted: str) -> dict[str, str]:
    """What can be shared: everything, each page, and the one question that one comes from."""
    return dict(_named_parts(plan, wanted))


def _named_parts(plan: Journey, wanted: str) -> Iterator[tuple[str, str]]:
    item = plan.item(wanted.removeprefix("question:")) if wanted.startswith("question:") else None
    if item is not None:
        yield wanted, gettext("Only the question: %(name)s", name=_item_name(item))
    for section in plan.sections:
        yield f"section:{section.key}", gettext("The part: %(name)s", name=_section_name(section))
    yield WHOLE, gettext("All questions")


def _share(plan: Journey, part: str) -> Share:
    """The part that a form named, which is one of those offered."""
    scope, _, name = part.partition(":")
    if scope == "question":
        return Share("question", key=or_404(plan.item(name)).key)
    return Share("section", section_key=name) if scope == "section" else Share("round")


def _words(assessment: Assessment, invitation: ColleagueInvitation) -> str:
    """What an invitation is about, also when its part is no longer asked."""
    title = inviting.part_of(assessment, share_of(invitation))
    return title.to(current_language()) if title else str(gettext("All questions"))


def _section_name(section: JourneySection) -> str:
    return _with_contract(section.title.to(current_language()), section.contract)


def _item_name(item: Item) -> str:
    return _with_contract(item.question.name.to(current_language()), item.contract)


def _with_contract(name: str, contract: object) -> str:
    number = getattr(contract, "number", None)
    return f"{name} ({number})" if number else name
