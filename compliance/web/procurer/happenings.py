"""Reporting an event about a contract, and noting that the supplier's own report has come."""

from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.extensions import db
from compliance.reviews.reported import SOURCES, event_kinds
from compliance.storage.models import Contract, ReportedEvent, User
from compliance.web.access import Access, allow
from compliance.web.forms.event import EventForm
from compliance.web.languages import current_language
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import found, session
from compliance.workflow import noting
from compliance.workflow.noting import ReportRefusedError


@dataclass(frozen=True)
class EventInWords:
    """A reported event as the contract's page shows it."""

    id: int
    severity: str
    label: str
    happened_on: date
    source: str
    text: str
    by: str
    report_due_on: date | None
    report_came_on: date | None


@procurer.get("/contracts/<int:contract_id>/events/new")
@allow(Access.PROCURER)
def new_event(contract_id: int) -> ResponseReturnValue:
    """The form to report an event."""
    return _page(found(Contract, contract_id), EventForm())


@procurer.post("/contracts/<int:contract_id>/events/new")
@allow(Access.PROCURER)
def report_event(contract_id: int) -> ResponseReturnValue:
    """Write the event down and put the contract under review."""
    contract, form = found(Contract, contract_id), EventForm()
    form.offer()
    if not form.validate():
        return _page(contract, form), 422
    try:
        noting.report_event(session(), contract, form.report(), by=_me(), now=clock.now())
    except ReportRefusedError as error:
        form.refuse(error.refusals)
        return _page(contract, form), 422
    flash(gettext("The event is written down, and the contract is under review."), "success")
    return redirect(url_for("procurer.contract", contract_id=contract.id, _anchor="events"))


@procurer.post("/contracts/<int:contract_id>/events/<int:event_id>/report")
@allow(Access.PROCURER)
def event_answered(contract_id: int, event_id: int) -> ResponseReturnValue:
    """The supplier's own report has come."""
    row = found(ReportedEvent, event_id)
    if row.contract_id != contract_id:
        abort(404)
    noting.note_report(session(), row, by=_me(), now=clock.now())
    flash(gettext("It is noted that the supplier's report has come."), "success")
    return redirect(url_for("procurer.contract", contract_id=contract_id, _anchor="events"))


def events_in_words(contract: Contract) -> list[EventInWords]:
    """What was reported about a contract, newest first."""
    return [_in_words(row) for row in noting.events_of(session(), contract)]


def _in_words(row: ReportedEvent) -> EventInWords:
    return EventInWords(
        id=row.id,
        severity=row.severity,
        label=event_kinds()[row.kind].label.in_language(current_language()),
        happened_on=row.happened_on,
        source=gettext(SOURCES[row.source]),
        text=row.text,
        by=row.reported_by.name,
        report_due_on=row.report_due_on,
        report_came_on=row.report_came_on,
    )


def _me() -> User:
    return db.session.get_one(User, current_user.id)


def _page(contract: Contract, form: EventForm) -> str:
    form.offer()
    return render_template(
        "procurer/event_form.html",
        form=form,
        contract=contract,
        kinds=event_kinds(),
        language=current_language(),
    )
