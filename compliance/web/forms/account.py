"""Forms of the ways in: signing in, passwords, lost links, and the administration of staff."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_security import ChangePasswordForm, ForgotPasswordForm, LoginForm, ResetPasswordForm
from flask_security.forms import (
    EmailValidation,
    EqualToLocalize,
    email_required,
    password_required,
    valid_user_email,
)
from flask_security.utils import validate_redirect_url
from wtforms import EmailField, PasswordField, SelectChoice, SelectMultipleField, widgets
from wtforms.validators import Email

from compliance.reviews.digests import Pace
from compliance.web.forms.fields import ChoiceField, Needed, TrimmedField, at_most
from compliance.web.forms.form import Form, TextsAndFiles
from compliance.web.languages import LANGUAGES
from compliance.workflow.staffing import ROLES, OwnDetails, StaffDetails

ROLE_NAMES = {
    "procurer": _("Procurer"),
    "reader": _("Reader"),
    "administrator": _("Administrator"),
}
ROLE_HINTS = {
    "procurer": _("Registers suppliers and contracts, invites, reviews and decides."),
    "reader": _("Sees everything that procurers see, but changes nothing."),
    "administrator": _("Adds and changes staff. Does not decide about contracts unless also a procurer."),
}
LANGUAGE_CHOICES = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
PACE_CHOICES = [
    SelectChoice(Pace.AT_ONCE, _("Each at once")),
    SelectChoice(Pace.DAILY, _("Together, every working day at 6")),
    SelectChoice(Pace.WEEKLY, _("Together, the first working day of the week at 6")),
]
LONGEST_NAME = 120
LONGEST_EMAIL = 254
NOT_AN_ADDRESS = _("This does not look like an e-mail address. Write it like name@company.example.")


class TrimmedEmailField(EmailField, TrimmedField):  # type: ignore[misc]
    """An e-mail address without the space around it."""


class SignInForm(TextsAndFiles, LoginForm):
    """Staff: e-mail and password. A session ends with the browser, so there is nothing to remember."""

    email = TrimmedEmailField(_("E-mail"), validators=[email_required, EmailValidation(verify=False)])
    password = PasswordField(_("Password"), validators=[password_required])
    remember = None
    submit = None

    def validate_next(self, field: Any) -> None:
        """Forget a way onward that leads off this site; the sign-in itself is still good."""
        if field.data and not validate_redirect_url(field.data):
            field.data = ""


class ForgottenPasswordForm(TextsAndFiles, ForgotPasswordForm):
    """Staff: where to send the link."""

    email = TrimmedEmailField(
        _("E-mail"), validators=[email_required, EmailValidation(verify=False), valid_user_email]
    )
    submit = None


class NewPasswordForm(TextsAndFiles, ResetPasswordForm):
    """Staff: a new password, twice."""

    password = PasswordField(_("New password"), validators=[password_required])
    password_confirm = PasswordField(
        _("The new password once more"),
        validators=[EqualToLocalize("password", message="RETYPE_PASSWORD_MISMATCH"), password_required],
    )
    submit = None


class OwnPasswordForm(TextsAndFiles, ChangePasswordForm):
    """Staff: a new password in place of the present one."""

    password = PasswordField(_("Present password"))
    new_password = PasswordField(_("New password"), validators=[password_required])
    new_password_confirm = PasswordField(
        _("The new password once more"),
        validators=[EqualToLocalize("new_password", message="RETYPE_PASSWORD_MISMATCH"), password_required],
    )
    submit = None


class LostLinkForm(Form):
    """Supplier: the address to which the invitation came."""

    email = TrimmedEmailField(
        _("Your e-mail address"),
        validators=[Needed(_("Write your e-mail address.")), at_most(LONGEST_EMAIL), Email(NOT_AN_ADDRESS)],
    )


class RolesField(SelectMultipleField):  # type: ignore[misc]
    """Boxes to tick, one a role."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class PersonForm(Form):
    """Staff: a name and a language."""

    name = TrimmedField(_("Name"), validators=[Needed(), at_most(LONGEST_NAME)])
    locale = ChoiceField(_("Language of pages and mails"), choices=LANGUAGE_CHOICES, default="sv")


class OwnAccountForm(PersonForm):
    """Staff: what one may change about oneself."""

    mail_pace = ChoiceField(
        _("Mails about contracts and answers"), choices=PACE_CHOICES, default=Pace.AT_ONCE
    )

    def details(self) -> OwnDetails:
        """What was filled in, once it is valid."""
        return OwnDetails(name=self.name.data, locale=self.locale.data, mail_pace=Pace(self.mail_pace.data))


class StaffForm(PersonForm):
    """Administrator: a staff member."""

    email = TrimmedEmailField(
        _("E-mail"),
        validators=[Needed(_("Write an e-mail address.")), at_most(LONGEST_EMAIL), Email(NOT_AN_ADDRESS)],
    )
    roles = RolesField(
        _("Roles"),
        choices=[SelectChoice(role, ROLE_NAMES[role]) for role in ROLES],
        validators=[Needed(_("Choose at least one role."))],
    )

    def details(self) -> StaffDetails:
        """What was filled in, once it is valid."""
        return StaffDetails(
            name=self.name.data,
            email=self.email.data,
            roles=frozenset(self.roles.data),
            locale=self.locale.data,
        )
