"""Who may see what. Every view declares it; a view that does not is refused to everyone."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from flask import Flask, Response, abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., object])

DECLARED_ELSEWHERE = {
    "static": "public",
    "bootstrap.static": "public",
    "security.static": "public",
    "security.login": "public",
    "security.logout": "public",
    "security.forgot_password": "public",
    "security.reset_password": "public",
    "security.change_password": "staff",
}
"""Access to the views of libraries, which cannot carry our declaration."""


class Access(StrEnum):
    """The levels of access. `STAFF` is any of reader, procurer and administrator.

    `SUPPLIER` is a supplier's own contact; `COMPANY` also a colleague whom that contact asked for help, who finds
    only what was shared.
    """

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    SUPPLIER = "supplier"
    COMPANY = "company"
    STAFF = "staff"
    PROCURER = "procurer"
    ADMINISTRATOR = "administrator"


COMPANY_ROLES = frozenset({"supplier", "colleague"})
STAFF_ROLES = frozenset({"reader", "procurer", "administrator"})


def allow(level: Access) -> Callable[[View], View]:
    """Declare who may call a view."""

    def declare(view: View) -> View:
        view.access = level  # type: ignore[attr-defined]
        return view

    return declare


def declared_access(app: Flask, endpoint: str) -> Access | None:
    """What an endpoint declares, or None when it declares nothing."""
    if endpoint in DECLARED_ELSEWHERE:
        return Access(DECLARED_ELSEWHERE[endpoint])
    return getattr(app.view_functions[endpoint], "access", None)


def roles_of_current_user() -> frozenset[str]:
    """The signed-in user's roles; `supplier` or `colleague` for people at a supplier; empty for a stranger."""
    if not current_user.is_authenticated:
        return frozenset()
    if current_user.contact_id is not None:
        role = "colleague" if current_user.contact.is_colleague else "supplier"
        return frozenset({role}) if current_user.contact.active else frozenset()
    return frozenset(role.name for role in current_user.roles) & STAFF_ROLES


def is_allowed(level: Access, roles: frozenset[str]) -> bool:
    """The rule: what each level asks of the roles."""
    match level:
        case Access.PUBLIC:
            return True
        case Access.SIGNED_IN:
            return bool(roles)
        case Access.COMPANY:
            return bool(roles & COMPANY_ROLES)
        case Access.STAFF:
            return bool(roles & STAFF_ROLES)
        case _:
            return str(level) in roles


def register(app: Flask) -> None:
    """Check every request before its view is called."""
    app.before_request(_enforce)


def _enforce() -> Response | tuple[str, int] | None:
    if request.endpoint is None:
        return None  # no such page: the 404 page answers
    level = declared_access(current_app, request.endpoint)
    if level is None:
        abort(403)
    roles = roles_of_current_user()
    if is_allowed(level, roles):
        return None
    if level in {Access.SUPPLIER, Access.COMPANY} and not roles:
        return render_template("account/link_needed.html"), 401
    if current_user.is_authenticated:
        abort(403)  # also without any role: the sign-in page would only send them back here
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("security.login", next=target))  # type: ignore[return-value]
