"""The administrator's pages: who works here, and what was changed about it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.extensions import db
from compliance.storage.models import User
from compliance.web.access import Access, allow
from compliance.web.forms.account import ROLE_HINTS, ROLE_NAMES, StaffForm
from compliance.web.office_events import PAGE, office_events
from compliance.web.received import row_id
from compliance.workflow import staffing

admin = Blueprint("admin", __name__, url_prefix="/admin")


@admin.get("")
@allow(Access.ADMINISTRATOR)
def first() -> ResponseReturnValue:
    """Administration begins with the staff."""
    return redirect(url_for("admin.staff"))


@admin.get("/staff")
@allow(Access.ADMINISTRATOR)
def staff() -> ResponseReturnValue:
    """Everybody who can sign in with a password."""
    people = staffing.find_staff(db.session())
    return render_template("admin/staff.html", people=people, role_names=ROLE_NAMES)


@admin.get("/staff/new")
@allow(Access.ADMINISTRATOR)
def new_staff() -> ResponseReturnValue:
    """An empty form for a new staff member."""
    return _new_page(StaffForm())


@admin.post("/staff/new")
@allow(Access.ADMINISTRATOR)
def add_staff() -> ResponseReturnValue:
    """Add a staff member, who gets a mail to choose a password."""
    form = StaffForm()
    if not form.validate_on_submit():
        return _new_page(form)
    try:
        user = staffing.add_staff(db.session(), form.details(), actor=_me(), now=clock.now())
    except staffing.EmailTaken:
        _say_taken(form)
        return _new_page(form)
    flash(gettext("%(name)s is added. A link to choose a password is on its way.", name=user.name), "success")
    return redirect(url_for("admin.staff"))


@admin.get("/staff/<int:user_id>")
@allow(Access.ADMINISTRATOR)
def staff_member(user_id: int) -> ResponseReturnValue:
    """One staff member."""
    user = _staff_member(user_id)
    roles = [role.name for role in user.roles]
    form = StaffForm(name=user.name, email=user.email, locale=user.locale, roles=roles)
    return _member_page(user, form)


@admin.post("/staff/<int:user_id>")
@allow(Access.ADMINISTRATOR)
def change_staff(user_id: int) -> ResponseReturnValue:
    """Change a staff member."""
    user = _staff_member(user_id)
    form = StaffForm()
    if not form.validate_on_submit():
        return _member_page(user, form)
    try:
        staffing.change_staff(db.session(), user, form.details(), actor=_me(), now=clock.now())
    except staffing.EmailTaken:
        _say_taken(form)
        return _member_page(user, form)
    except staffing.LastAdministrator:
        form.roles.errors = [_last_administrator()]
        return _member_page(user, form)
    flash(gettext("The changes are saved."), "success")
    return redirect(url_for("admin.staff"))


@admin.post("/staff/<int:user_id>/deactivate")
@allow(Access.ADMINISTRATOR)
def deactivate(user_id: int) -> ResponseReturnValue:
    """Shut somebody out at once."""
    user = _staff_member(user_id)
    try:
        staffing.deactivate_staff(db.session(), user, actor=_me(), now=clock.now())
    except staffing.NotYourself:
        flash(gettext("You cannot deactivate yourself. Ask another administrator."), "error")
    except staffing.LastAdministrator:
        flash(_last_administrator(), "error")
    else:
        flash(gettext("%(name)s can no longer sign in and has been signed out.", name=user.name), "success")
    return redirect(url_for("admin.staff_member", user_id=user.id))


@admin.post("/staff/<int:user_id>/reactivate")
@allow(Access.ADMINISTRATOR)
def reactivate(user_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    user = _staff_member(user_id)
    staffing.reactivate_staff(db.session(), user, actor=_me(), now=clock.now())
    flash(gettext("%(name)s is active again.", name=user.name), "success")
    return redirect(url_for("admin.staff_member", user_id=user.id))


@admin.post("/staff/<int:user_id>/welcome")
@allow(Access.ADMINISTRATOR)
def welcome(user_id: int) -> ResponseReturnValue:
    """Mail the link to choose a first password once more."""
    user = _staff_member(user_id)
    staffing.welcome_again(db.session(), user, actor=_me(), now=clock.now())
    flash(gettext("A new link is on its way to %(email)s.", email=user.email), "success")
    return redirect(url_for("admin.staff_member", user_id=user.id))


@admin.get("/events")
@allow(Access.ADMINISTRATOR)
def events() -> ResponseReturnValue:
    """What was changed about staff, newest first, a page at a time."""
    found = office_events(db.session(), before=request.args.get("before", type=row_id))
    older = found[PAGE - 1].sequence if len(found) > PAGE else None
    return render_template("admin/events.html", events=found[:PAGE], older=older)


def _me() -> User:
    return db.session.get_one(User, current_user.id)


def _staff_member(user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None or user.contact_id is not None:
        abort(404)
    return user


def _new_page(form: StaffForm) -> str:
    return render_template("admin/staff_new.html", form=form, role_options=_role_options())


def _member_page(user: User, form: StaffForm) -> str:
    return render_template(
        "admin/staff_member.html",
        user=user,
        form=form,
        role_options=_role_options(),
        is_me=user.id == current_user.id,
    )


def _role_options() -> list[tuple[str, object, object]]:
    return [(role, ROLE_NAMES[role], ROLE_HINTS[role]) for role in staffing.ROLES]


def _say_taken(form: StaffForm) -> None:
    form.email.errors = [gettext("Another user has this e-mail address.")]


def _last_administrator() -> str:
    return str(gettext("This is the only active administrator. Make somebody else administrator first."))
