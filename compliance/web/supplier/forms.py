"""The supplier's own forms: vouching for the answers, and asking for something instead of answering."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import EmailField, TextAreaField
from wtforms.validators import Email, Optional, ValidationError

from compliance.web.forms.fields import CheckField, DayField, Needed, TrimmedField, at_most
from compliance.web.forms.form import Form

LONGEST_REASON = 2000
LONGEST_EXTENSION = timedelta(days=365)


class AttestationForm(Form):
    """Who vouches for the answers."""

    name = TrimmedField(lazy_gettext("Your name"), [Needed(), at_most(120)])
    role = TrimmedField(lazy_gettext("Your role in the company"), [Needed(), at_most(120)])
    confirmed = CheckField(
        lazy_gettext("The answers are true and complete as far as I know, and I may answer for the company.")
    )

    def validate_confirmed(self, field: Any) -> None:
        """The box must be ticked."""
        if not field.data:
            raise ValidationError(gettext("Tick the box to send the answers in."))


class OtherPersonForm(Form):
    """Whom to write to instead."""

    name = TrimmedField(lazy_gettext("Name of the person who should answer"), [Needed(), at_most(120)])
    email = EmailField(
        lazy_gettext("E-mail address"),
        [
            Needed(),
            at_most(254),
            Email(message=lazy_gettext("Write an e-mail address such as name@company.se.")),
        ],
    )
    phone = TrimmedField(lazy_gettext("Telephone number"), [Optional(), at_most(40)])


class MoreTimeForm(Form):
    """Until when, and why."""

    due_on = DayField(lazy_gettext("When can you answer at the latest?"), [Needed()])
    reason = TextAreaField(lazy_gettext("Why do you need more time?"), [Needed(), at_most(LONGEST_REASON)])

    earliest: date
    """The day after which the new day must lie: the last day as it is."""

    def validate_due_on(self, field: Any) -> None:
        """A day after the one that holds now, and not more than a year after it."""
        if field.data is None:
            return
        if field.data <= self.earliest:
            raise ValidationError(gettext("Choose a day after the one that holds now."))
        if field.data > self.earliest + LONGEST_EXTENSION:
            raise ValidationError(gettext("Choose a day within a year."))


class NoLongerDeliversForm(Form):
    """Why the company says so."""

    reason = TextAreaField(
        lazy_gettext("Tell us since when, and which contracts it is about"),
        [Needed(), at_most(LONGEST_REASON)],
    )
