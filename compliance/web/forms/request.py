"""The form in which a procurer says yes to what a supplier asked for: until when, or who."""

from flask_babel import lazy_gettext

from compliance.web.forms.fields import DayField, Needed
from compliance.web.forms.form import Form
from compliance.web.forms.supplier import ContactForm
from compliance.workflow.handling import Granting


class MoreTimeForm(Form):
    """Another last day."""

    due_on = DayField(lazy_gettext("New last day to answer"), [Needed()])

    def granting(self) -> Granting:
        """What is granted."""
        return Granting(due_on=self.due_on.data)


class OtherPersonForm(ContactForm):
    """Another person, as the supplier named it and the procurer confirmed it."""

    def granting(self) -> Granting:
        """What is granted."""
        return Granting(contact=self.contact_details())


class PlainYesForm(Form):
    """Nothing more to say than yes."""

    def granting(self) -> Granting:
        """What is granted."""
        return Granting()
