"""How people prove who they are: staff by password through Flask-Security, suppliers by a mailed link.

Flask-Security's own mails, commits, JSON answers and tokens stay out: mails are rows of our outbox (their links are
made when they are sent), the one commit is in `web.transactions`, and nobody signs in through an API.
"""

from datetime import timedelta
from typing import Any, cast

from flask import Flask, Response, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user, user_logged_out
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore, login_user, logout_user
from flask_security.signals import user_authenticated
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.config import PROJECT, Settings
from compliance.extensions import db
from compliance.storage.models import Role, User
from compliance.web.forms.account import ForgottenPasswordForm, NewPasswordForm, OwnPasswordForm, SignInForm
from compliance.web.rate_limits import limit_library_views
from compliance.web.sign_in_messages import message_config
from compliance.workflow.staffing import password_was_changed, post_password_link

LINK_LIVES = timedelta(hours=2)
"""How long a link to choose a password works, counted from when its mail was sent."""

PAGES_WITH_TOKENS = frozenset({
    "supplier.link", "supplier.follow_link", "supplier.fresh_link", "security.reset_password",
})  # fmt: skip
"""Their address is a key: it must not travel on in a Referer header."""

KEPT_AT_SIGN_OUT = ("language",)

BY_SESSION = (
    select(User).where(User.fs_uniquifier == bindparam("fs_uniquifier")).options(joinedload(User.roles))
)


class OneCommit(SQLAlchemyUserDatastore):
    """A datastore that leaves committing to `web.transactions`: a request that fails later must leave nothing."""

    def find_user(self, case_insensitive: bool = False, **sought: Any) -> User | None:  # noqa: FBT001, FBT002  the library's
        """A user by one of its columns; the look-up that every request begins with is made ready once."""
        if sought.keys() == {"fs_uniquifier"}:
            return db.session.scalar(BY_SESSION, sought)
        return cast("User | None", super().find_user(case_insensitive, **sought))

    def commit(self) -> None:
        """Write, but do not commit."""
        db.session.flush()


class OutboxMail(MailUtil):
    """Writes our own mails into the outbox. The token that Flask-Security made is thrown away unseen."""

    def send_mail(self, template: str, *_: Any, **context: Any) -> None:
        """Queue the mail that stands for a template of Flask-Security."""
        user: User = context["user"]
        if template.endswith("reset_instructions"):
            post_password_link(db.session(), user, now=clock.now())
        else:
            password_was_changed(db.session(), user, now=clock.now())

    def validate(self, email: str) -> str:
        """The normal form of an address, without asking the network whether it exists."""
        return str(self.normalize(email))


security = Security(
    mail_util_cls=OutboxMail,
    login_form=SignInForm,
    forgot_password_form=ForgottenPasswordForm,
    reset_password_form=NewPasswordForm,
    change_password_form=OwnPasswordForm,
)


def security_config(settings: Settings) -> dict[str, object]:
    """Password sign-in with argon2 and reset by mail; no self-registration; no JSON, no API tokens."""
    return {
        "SECURITY_PASSWORD_SALT": settings.password_salt,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_PASSWORD_COMPLEXITY_CHECKER": None,
        "SECURITY_URL_PREFIX": "/account",
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_RESET_URL": "/reset",
        "SECURITY_CHANGE_URL": "/password",
        "SECURITY_RECOVERABLE": True,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_TRACKABLE": False,
        "SECURITY_FRESHNESS": timedelta(minutes=-1),
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_POST_LOGIN_VIEW": "/desk",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_RESET_VIEW": "/account/sign-in",
        "SECURITY_POST_CHANGE_VIEW": "/account",
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_EMAIL_SENDER": settings.mail_from,
        "SECURITY_EMAIL_PLAINTEXT": False,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_RESET_PASSWORD_WITHIN": LINK_LIVES,
        "SECURITY_I18N_DOMAIN": "messages",
        "SECURITY_I18N_DIRNAME": [str(PROJECT / "compliance" / "web" / "translations")],
        # Pages whose address is a key send no Referer, so their forms could never pass this check over https.
        # The token in the form and the SameSite cookie do the work.
        "WTF_CSRF_SSL_STRICT": False,
        **message_config(),
    }


def join_identity(app: Flask) -> None:
    """Give the application its sign-in pages and sessions."""
    security.init_app(app, OneCommit(db, User, Role), register_blueprint=True)
    security.want_json(lambda request: False)  # noqa: ARG005
    limit_library_views(app)


def register(app: Flask) -> None:
    """Watch over sessions: one kind at a time, each as long as it should be, nothing left of it afterwards."""
    app.before_request(_one_kind_at_a_time)
    app.after_request(_keep_tokens_home)
    user_authenticated.connect(_set_length_of_session, app)
    user_logged_out.connect(_forget_session, app)


def sign_in_supplier(user: User) -> None:
    """Begin a supplier's session on this device: thirty days from its last use. Ends any session before it."""
    if current_user.is_authenticated:
        logout_user()
    login_user(user, remember=False, authn_via=["link"])


def _set_length_of_session(app: Flask, *, user: User, **_: Any) -> None:
    """A supplier's session slides thirty days; that of staff ends with the browser."""
    del app
    session.permanent = user.contact_id is not None


def _forget_session(app: Flask, **_: Any) -> None:
    """Leave nothing of a person in the browser but the language."""
    del app
    kept = {key: session[key] for key in KEPT_AT_SIGN_OUT if key in session}
    session.clear()
    session.update(kept)


def _one_kind_at_a_time() -> ResponseReturnValue | None:
    """A supplier who comes to the sign-in of staff is asked first; signing in ends the supplier's session."""
    if (
        request.endpoint != "security.login"
        or not current_user.is_authenticated
        or current_user.contact_id is None
    ):
        return None
    if request.method != "POST":
        return render_template("account/sign_out_first.html")
    logout_user()
    return None


def _keep_tokens_home(response: Response) -> Response:
    if request.endpoint in PAGES_WITH_TOKENS:
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
    return response
