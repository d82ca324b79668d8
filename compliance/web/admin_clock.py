"""The administrator's page about the clock: what failed and when it is tried again, and how many reviews a day."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_login import current_user

from compliance import clock
from compliance.extensions import db
from compliance.storage.models import Contract, DueRow
from compliance.web.access import Access, allow
from compliance.web.admin import admin
from compliance.web.forms.fields import Needed, WholeNumberField
from compliance.web.forms.form import Form
from compliance.workflow import retrying
from compliance.workflow.opening import MOST_PER_DAY, per_day

OBJECTS = {
    "contract": lazy_gettext("Contract"),
    "assessment": lazy_gettext("Round"),
    "document": lazy_gettext("Document"),
    "subcontractor": lazy_gettext("Subcontractor"),
    "event": lazy_gettext("Reported event"),
    "review": lazy_gettext("Review"),
    "user": lazy_gettext("Staff"),
}
KINDS = {
    "T1": lazy_gettext("Contract end"),
    "T2": lazy_gettext("Last day of notice"),
    "T3": lazy_gettext("Thorough follow-up"),
    "T4": lazy_gettext("Assessment too old"),
    "T5": lazy_gettext("Answers late"),
    "T6": lazy_gettext("Document expires"),
    "T8": lazy_gettext("Lower result"),
    "T9": lazy_gettext("Follow-up of a decision"),
    "T10": lazy_gettext("Report of a deviation due"),
    "T12": lazy_gettext("Subcontractor not approved"),
    "T13": lazy_gettext("Too many tiers"),
    "T14": lazy_gettext("Posted workers without proof"),
    "T15": lazy_gettext("Tax or insurance"),
    "T16": lazy_gettext("Change in the company"),
    "T17": lazy_gettext("Limit passed"),
    "T18": lazy_gettext("New questions"),
    "T19": lazy_gettext("Start-up meeting"),
    "T20": lazy_gettext("Special terms without a plan"),
    "T21": lazy_gettext("Serious accident"),
    "T22": lazy_gettext("Quiet contract"),
    "recompute": lazy_gettext("The days of a contract are computed anew"),
    "digest": lazy_gettext("Gathered mails"),
    "opening": lazy_gettext("Reviews come to the desk"),
    "snooze": lazy_gettext("A review comes back"),
}


class PerDayForm(Form):
    """How many new reviews come to the desk in a day."""

    number = WholeNumberField(lazy_gettext("New reviews a day, at most"), [Needed()])


@dataclass(frozen=True)
class FailedRow:
    """A row that failed, in words."""

    id: int
    kind: str
    about: str
    contract_id: int | None
    error: str
    attempts: int
    next_try: datetime


@admin.get("/clock")
@allow(Access.ADMINISTRATOR)
def clock_rows() -> ResponseReturnValue:
    """What failed, and the setting."""
    return _page(PerDayForm(number=per_day(db.session())))


@admin.post("/clock")
@allow(Access.ADMINISTRATOR)
def set_reviews_per_day() -> ResponseReturnValue:
    """Set how many reviews come to the desk in a day."""
    form = PerDayForm()
    if not form.validate():
        return _page(form), 422
    try:
        actor = f"user:{current_user.id}"
        retrying.set_per_day(db.session(), form.number.data, actor=actor, now=clock.now())
    except retrying.OutOfRangeError:
        form.number.errors = [gettext("Write a number from 1 to %(most)s.", most=MOST_PER_DAY)]
        return _page(form), 422
    flash(gettext("The changes are saved."), "success")
    return redirect(url_for("admin.clock_rows"))


@admin.post("/clock/rows/<int:row_id>/retry")
@allow(Access.ADMINISTRATOR)
def retry_row(row_id: int) -> ResponseReturnValue:
    """Try a failed row with the next tick."""
    row = db.session.get(DueRow, row_id)
    if row is None:
        abort(404)
    retrying.try_now(db.session(), row, now=clock.now())
    flash(gettext("It is tried within a minute. If it fails again, it stays in the list."), "success")
    return redirect(url_for("admin.clock_rows"))


def _page(form: PerDayForm) -> str:
    rows = [_in_words(row) for row in retrying.failing_rows(db.session())]
    total = retrying.count_failing(db.session())
    return render_template("admin/clock.html", rows=rows, total=total, form=form)


def _in_words(row: DueRow) -> FailedRow:
    kind, _, number = row.source.partition(":")
    contract = db.session.get(Contract, int(number)) if kind == "contract" else None
    about = f"{OBJECTS.get(kind, kind)} {contract.number if contract else number}"
    return FailedRow(
        id=row.id,
        kind=str(KINDS.get(row.kind, row.kind)),
        about=about,
        contract_id=contract.id if contract else None,
        error=row.last_error,
        attempts=row.attempts,
        next_try=row.due_at,
    )
