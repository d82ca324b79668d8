"""The addresses by which one's own calendar follows contracts' days: made and revoked here, fetched by calendars."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from flask_login import current_user

from compliance import clock
from compliance.extensions import db, limiter
from compliance.storage.engine import mark_reading
from compliance.storage.models import CalendarFeed, User
from compliance.storage.queries.year import days_for_calendar
from compliance.web.access import Access, allow
from compliance.web.account import account
from compliance.web.procurer.calendar_file import calendar_file, calendar_name, feed_address
from compliance.web.transactions import commit_now
from compliance.workflow import feeding

PER_CALENDAR = "30 per minute; 240 per hour"
"""For one network address: an office's calendars may all ask from behind one."""


@account.get("/account/calendars")
@allow(Access.STAFF)
def calendars() -> ResponseReturnValue:
    """One's own addresses, when each was used, and the form for a new one."""
    return _page()


@account.post("/account/calendars")
@allow(Access.STAFF)
def make_calendar() -> ResponseReturnValue:
    """Make an address and show it, this once."""
    everybodys = request.form.get("which") == "all"
    try:
        token = feeding.make_feed(db.session(), _me(), everybodys=everybodys, now=clock.now())
    except feeding.TooManyFeedsError:
        flash(gettext("You have ten addresses already. Revoke one that you do not use."), "error")
        return redirect(url_for("account.calendars"))
    return _page(address=feed_address(token))


@account.post("/account/calendars/<int:feed_id>/revoke")
@allow(Access.STAFF)
def revoke_calendar(feed_id: int) -> ResponseReturnValue:
    """Let one of one's own addresses answer no more."""
    feed = db.session.get(CalendarFeed, feed_id)
    if feed is None or feed.user_id != current_user.id or feed.revoked_at is not None:
        abort(404)
    feeding.revoke_feed(db.session(), feed, now=clock.now())
    flash(gettext("The address no longer works. Calendars that used it get nothing more."), "success")
    return redirect(url_for("account.calendars"))


@account.get("/calendar/<feed_token>.ics")
@allow(Access.PUBLIC)
@limiter.limit(PER_CALENDAR)
def calendar_feed(feed_token: str) -> ResponseReturnValue:
    """The days, to whoever knows the address. Notes once a day that it was used, and changes nothing else."""
    now = clock.now()
    feed = feeding.find_feed(db.session(), feed_token)
    if feed is None:
        abort(404)
    feed_id, first_use = feed.id, feeding.is_first_use_today(feed, now=now)
    days = days_for_calendar(db.session(), owner_id=None if feed.everybodys else feed.user_id, now=now)
    with force_locale(feed.user.locale):
        response = calendar_file(days, name=calendar_name())
    if first_use:
        db.session.rollback()
        mark_reading(reading=False)  # a reading transaction could not be turned into a writing one safely
        feeding.note_use(db.session(), feed_id, now=now)
        commit_now()
    return response


def _me() -> User:
    return db.session.get_one(User, current_user.id)


def _page(address: str | None = None) -> str:
    feeds = feeding.feeds_of(db.session(), _me())
    return render_template("account/calendars.html", feeds=feeds, address=address)
