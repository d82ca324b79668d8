"""Putting a review off until a day, and bringing it back before."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.extensions import db
from compliance.storage.models import Review, User
from compliance.web.access import Access, allow
from compliance.web.forms.event import SnoozeForm
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import actor, found, session
from compliance.web.procurer.reviews import review_page
from compliance.workflow import snoozing
from compliance.workflow.snoozing import NotOnDeskError, SnoozeRefusedError


@procurer.post("/reviews/<int:review_id>/snooze")
@allow(Access.PROCURER)
def snooze(review_id: int) -> ResponseReturnValue:
    """Put the review off."""
    row, form = found(Review, review_id), SnoozeForm()
    if not form.validate():
        return review_page(row, snooze=form), 422
    me = db.session.get_one(User, current_user.id)
    try:
        snoozing.snooze(
            session(), row, form.wait_until.data, form.wait_reason.data or "", by=me, now=clock.now()
        )
    except SnoozeRefusedError as error:
        form.refuse(error.refusals)
        return review_page(row, snooze=form), 422
    except NotOnDeskError:
        return _not_on_desk(review_id)
    flash(gettext("The review is put off until %(day)s.", day=form.wait_until.data.isoformat()), "success")
    return redirect(url_for("procurer.desk"))


@procurer.post("/reviews/<int:review_id>/snooze/end")
@allow(Access.PROCURER)
def end_snooze(review_id: int) -> ResponseReturnValue:
    """Bring it back now."""
    try:
        snoozing.take_back(session(), found(Review, review_id), actor=actor(), now=clock.now())
    except NotOnDeskError:
        return _not_on_desk(review_id)
    flash(gettext("The review is back on the desk."), "success")
    return redirect(url_for("procurer.review", review_id=review_id))


def _not_on_desk(review_id: int) -> ResponseReturnValue:
    session().rollback()
    flash(gettext("Nothing was changed: the review has been changed by somebody else meanwhile."), "error")
    return redirect(url_for("procurer.review", review_id=review_id))
