"""The forms of answers that came on paper: which paper it is, and who signed it."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import TextAreaField

from compliance.web.forms.fields import CheckField, DayField, Needed, TrimmedField, at_most
from compliance.web.forms.form import Form


class PaperForm(Form):
    """Which paper it is, and why it is typed in."""

    received_on = DayField(lazy_gettext("Which day did the paper come?"), [Needed()])
    reason = TextAreaField(lazy_gettext("Why does the supplier answer on paper?"), [Needed(), at_most(1000)])
    scan = FileField(lazy_gettext("The scanned paper"))


class SignedForm(Form):
    """Who signed the paper."""

    name = TrimmedField(lazy_gettext("Who signed the paper?"), [Needed(), at_most(120)])
    role = TrimmedField(lazy_gettext("In which role?"), [Needed(), at_most(120)])
    confirmed = CheckField(
        lazy_gettext("I have typed in what the paper says, and the person above signed that it is true.")
    )
