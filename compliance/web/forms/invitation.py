"""The forms of a round: inviting, another last day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import SelectMultipleField, widgets
from wtforms.validators import ValidationError

from compliance.storage.models import Contact, Contract
from compliance.suppliers.calendar import is_working_day
from compliance.web.forms.fields import ChoiceField, DayField, Needed, PickField, offered
from compliance.web.forms.form import Form
from compliance.web.forms.supplier import RISKS


class BoxesField(SelectMultipleField):  # type: ignore[misc]
    """Any number of a list, each with a box to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not on the list, in our own words."""
        del form
        known = {str(value) for value, *_ in self.iter_choices()}
        if not {str(value) for value in self.data or ()} <= known:
            raise ValidationError(gettext("Choose from the list."))


class InvitationForm(Form):
    """Whom to invite, about what, until when."""

    contact = PickField(lazy_gettext("Who is to answer?"), [Needed(lazy_gettext("Choose one."))])
    contracts = BoxesField(
        lazy_gettext("Which contracts does it cover?"),
        [Needed(lazy_gettext("Choose at least one contract."))],
    )
    questionnaires = BoxesField(
        lazy_gettext("Which questionnaires?"), [Needed(lazy_gettext("Choose at least one questionnaire."))]
    )
    due_on = DayField(lazy_gettext("Last day to answer"), [Needed()])
    inherent_risk = ChoiceField(lazy_gettext("Inherent risk"), choices=offered(RISKS))

    def offer(
        self,
        contacts: Sequence[Contact],
        contracts: Sequence[Contract],
        questionnaires: Sequence[tuple[str, str]],
    ) -> None:
        """What can be chosen; `questionnaires` are (key, text) pairs."""
        self.contact.choices = offered((str(row.id), f"{row.name}, {row.email}") for row in contacts)
        self.contracts.choices = offered((str(row.id), f"{row.number} {row.title}") for row in contracts)
        self.questionnaires.choices = offered(questionnaires)


class DueDayForm(Form):
    """Another last day to answer."""

    due_on = DayField(lazy_gettext("New last day to answer"), [Needed()])


def is_day_off(day: date | None) -> bool:
    """Whether a chosen day is no working day, of which the page then reminds."""
    return day is not None and not is_working_day(day)
