"""What suppliers ask for: one page a request, with yes and no and what each does."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.assessments import NotAllowedNow
from compliance.storage.models import SupplierRequest
from compliance.web.access import Access, allow
from compliance.web.forms.request import MoreTimeForm, OtherPersonForm, PlainYesForm
from compliance.web.procurer import procurer
from compliance.web.procurer.request_words import request_in_words
from compliance.web.procurer.requested import found, session, today
from compliance.workflow import handling
from compliance.workflow.handling import AlreadyHandledError
from compliance.workflow.starting import DayOutOfRangeError, suggested_due_day


@procurer.get("/requests/<int:request_id>")
@allow(Access.PROCURER)
def request_page(request_id: int) -> ResponseReturnValue:
    """What the supplier asked for, and the two answers."""
    row = found(SupplierRequest, request_id)
    return _page(row, _FORMS[row.kind](**_asked_for(row)))


@procurer.post("/requests/<int:request_id>/grant")
@allow(Access.PROCURER)
def grant_request(request_id: int) -> ResponseReturnValue:
    """Say yes, and do it."""
    row = found(SupplierRequest, request_id)
    form = _FORMS[row.kind]()
    if not form.validate():
        return _page(row, form), 422
    try:
        handling.grant(session(), row, form.granting(), by=current_user, now=clock.now())
    except DayOutOfRangeError:
        session().rollback()
        form.due_on.errors = [gettext("Choose a day from today and at most a year ahead.")]
        return _page(found(SupplierRequest, request_id), form), 422
    except (AlreadyHandledError, NotAllowedNow) as error:
        return _too_late(request_id, error)
    flash(gettext("Done: %(effect)s", effect=request_in_words(row).if_yes), "success")
    return redirect(url_for("procurer.assessment", assessment_id=row.assessment_id))


@procurer.post("/requests/<int:request_id>/refuse")
@allow(Access.PROCURER)
def refuse_request(request_id: int) -> ResponseReturnValue:
    """Say no, and tell the supplier."""
    row = found(SupplierRequest, request_id)
    try:
        handling.refuse(session(), row, by=current_user, now=clock.now())
    except (AlreadyHandledError, NotAllowedNow) as error:
        return _too_late(request_id, error)
    flash(gettext("Done: %(effect)s", effect=request_in_words(row).if_no), "success")
    return redirect(url_for("procurer.assessment", assessment_id=row.assessment_id))


def _too_late(request_id: int, error: Exception) -> ResponseReturnValue:
    """Nothing of a half-done answer may stay, so all of it is rolled back before the page says why."""
    session().rollback()
    row = found(SupplierRequest, request_id)
    if isinstance(error, AlreadyHandledError):
        flash(gettext("Somebody else has answered this request already."), "error")
    else:
        flash(gettext("The round has moved on, so this can no longer be done."), "error")
    return redirect(url_for("procurer.assessment", assessment_id=row.assessment_id))


def _asked_for(row: SupplierRequest) -> dict[str, Any]:
    """What the form is filled with: what the supplier asked for."""
    details = row.details
    return {
        "due_on": _day(details.get("due_on")) or suggested_due_day(today()),
        "contact_name": details.get("name", ""),
        "email": details.get("email", ""),
        "phone": details.get("phone", ""),
        "locale": row.assessment.contact.locale,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _page(row: SupplierRequest, form: Any) -> str:
    return render_template("procurer/request.html", request_row=row, form=form, words=request_in_words(row))


_FORMS: dict[str, Callable[..., Any]] = {
    handling.MORE_TIME: MoreTimeForm,
    handling.OTHER_PERSON: OtherPersonForm,
    handling.NO_LONGER_DELIVERS: PlainYesForm,
}
