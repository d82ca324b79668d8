"""Account pages beside those of Flask-Security: a supplier's lost link, and a staff member's own details."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.extensions import db
from compliance.storage.models import User
from compliance.web.access import Access, allow
from compliance.web.forms.account import ROLE_NAMES, LostLinkForm, OwnAccountForm
from compliance.web.rate_limits import limit_posts
from compliance.workflow.linking import send_fresh_links_to
from compliance.workflow.staffing import change_own_account

account = Blueprint("account", __name__)


@account.get("/account/link")
@allow(Access.PUBLIC)
def lost_link() -> ResponseReturnValue:
    """Ask for a new link by e-mail address."""
    return render_template("account/lost_link.html", form=LostLinkForm())


@account.post("/account/link")
@allow(Access.PUBLIC)
@limit_posts
def send_links() -> ResponseReturnValue:
    """Mail new links for the open rounds of an address; the answer does not tell whether there are any."""
    form = LostLinkForm()
    if not form.validate_on_submit():
        return render_template("account/lost_link.html", form=form)
    send_fresh_links_to(db.session(), form.email.data, now=clock.now())
    return redirect(url_for("account.link_sent"))


@account.get("/account/link/sent")
@allow(Access.PUBLIC)
def link_sent() -> ResponseReturnValue:
    """What happens now, the same whether or not a mail was written."""
    return render_template("account/link_sent.html")


@account.get("/account")
@allow(Access.STAFF)
def own() -> ResponseReturnValue:
    """The own name, language and password."""
    return _own_page(OwnAccountForm(obj=current_user))


@account.post("/account")
@allow(Access.STAFF)
def change_own() -> ResponseReturnValue:
    """Store the own name and language."""
    form = OwnAccountForm()
    if not form.validate_on_submit():
        return _own_page(form)
    me = db.session.get_one(User, current_user.id)
    change_own_account(db.session(), me, form.details(), now=clock.now())
    session["language"] = form.locale.data
    flash(gettext("Your details are saved."), "success")
    return redirect(url_for("account.own"))


def _own_page(form: OwnAccountForm) -> str:
    roles = [str(ROLE_NAMES[role.name]) for role in current_user.roles if role.name in ROLE_NAMES]
    return render_template("account/own.html", form=form, roles=roles)
