"""Reviews: why a contract needs a person, and the decision about it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.decisions.codes import decision_table
from compliance.storage.models import Contract, Decision, Review, Scorecard
from compliance.storage.queries import contracts as queries
from compliance.storage.queries.timelines import decision_event, head_of
from compliance.web.access import Access, allow
from compliance.web.forms.decision import DecisionForm, ReviewForm
from compliance.web.forms.event import SnoozeForm
from compliance.web.languages import current_language
from compliance.web.procurer import procurer
from compliance.web.procurer.action_lines import action_lines
from compliance.web.procurer.assessments import submitted_snapshot
from compliance.web.procurer.last_chances import dates_of
from compliance.web.procurer.reason_words import reasons_in_words
from compliance.web.procurer.requested import actor, found, may_change, session, today
from compliance.web.procurer.result_lines import result_lines
from compliance.workflow import deciding, reviewing, snoozing
from compliance.workflow.deciding import AlreadyDecidedError, DecisionRefusedError
from compliance.workflow.recording import contract_case


@procurer.get("/reviews/<int:review_id>")
@allow(Access.STAFF)
def review(review_id: int) -> ResponseReturnValue:
    """One review with its reasons, the newest result, and the form of the decision."""
    return review_page(found(Review, review_id), _form())


@procurer.post("/reviews/<int:review_id>")
@allow(Access.PROCURER)
def decide(review_id: int) -> ResponseReturnValue:
    """Take the decision."""
    row, form = found(Review, review_id), _form()
    if not form.validate():
        return review_page(row, form), 422
    suggested = deciding.suggested_days(session(), row.contract, today=today())
    try:
        decision = deciding.record_decision(
            session(), row, form.deciding(suggested), decided_by=current_user, now=clock.now()
        )
    except DecisionRefusedError as error:
        form.refuse(error.refusals)
        return review_page(row, form), 422
    except AlreadyDecidedError:
        session().rollback()
        return review_page(found(Review, review_id), form, overtaken=True), 409
    flash(gettext("The decision is made and recorded."), "success")
    return redirect(url_for("procurer.decision", decision_id=decision.id))


@procurer.get("/decisions/<int:decision_id>")
@allow(Access.STAFF)
def decision(decision_id: int) -> ResponseReturnValue:
    """The record of a decision, also for paper, with the head of the contract's chain of events."""
    row = found(Decision, decision_id)
    contract = found(Contract, row.contract_id)
    event = decision_event(session(), contract_case(contract.id), row.id)
    return render_template(
        "procurer/decision.html",
        decision=row,
        code=decision_table().codes[row.code],  # type: ignore[index]
        language=current_language(),
        contract=contract,
        review=found(Review, row.review_id),
        reasons=reasons_in_words(found(Review, row.review_id)),
        event=event,
        heard_on=((event.payload or {}) if event else {}).get("heard_on"),
        card=session().get(Scorecard, row.scorecard_id) if row.scorecard_id else None,
        actions=action_lines(row.assessment),
        head=head_of(session(), contract_case(contract.id)),
    )


@procurer.get("/contracts/<int:contract_id>/review")
@allow(Access.PROCURER)
def new_review(contract_id: int) -> ResponseReturnValue:
    """The form to ask for a review by hand."""
    return render_template(
        "procurer/review_form.html", form=ReviewForm(), contract=found(Contract, contract_id)
    )


@procurer.post("/contracts/<int:contract_id>/review")
@allow(Access.PROCURER)
def open_review(contract_id: int) -> ResponseReturnValue:
    """Open a review, or add a reason to the open one."""
    contract, form = found(Contract, contract_id), ReviewForm()
    if not form.validate():
        return render_template("procurer/review_form.html", form=form, contract=contract), 422
    row = reviewing.open_by_hand(
        session(), contract, form.reason.data.strip(), actor=actor(), now=clock.now()
    )
    flash(gettext("The contract is under review."), "success")
    return redirect(url_for("procurer.review", review_id=row.id))


def _form(*, posted: bool = True) -> DecisionForm:
    """The form of the decision: as posted, or empty beside another form that was."""
    form = DecisionForm() if posted else DecisionForm(formdata=None)
    form.offer_codes()
    return form


def review_page(
    row: Review,
    form: DecisionForm | None = None,
    *,
    overtaken: bool = False,
    snooze: SnoozeForm | None = None,
) -> str:
    """The page of a review, with what was typed in its forms."""
    contract = row.contract
    newest = queries.newest_submitted(session(), contract.supplier_id)
    card = submitted_snapshot(newest) if newest else None
    return render_template(
        "procurer/review.html",
        review=row,
        form=form or _form(posted=False),
        snooze=snooze or SnoozeForm(formdata=None),
        latest_snooze=snoozing.latest_day(session(), row, today=today()),
        contract=contract,
        dates=dates_of(contract, today()),
        reasons=reasons_in_words(row),
        newest=newest,
        card=card,
        result=result_lines(card) if card else None,
        actions=action_lines(newest),
        history=[other for other in queries.reviews_of(session(), contract.id) if other.id != row.id],
        table=decision_table(),
        suggested=deciding.suggested_days(session(), contract, today=today()),
        language=current_language(),
        overtaken=overtaken,
        may_change=may_change(),
        today=today(),
    )
