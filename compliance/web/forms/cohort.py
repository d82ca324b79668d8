"""The form of a cohort: which questionnaires, until when, and how many a day."""

from collections.abc import Sequence

from flask_babel import lazy_gettext

from compliance.web.forms.fields import DayField, Needed, WholeNumberField, number_of, offered
from compliance.web.forms.form import Form
from compliance.web.forms.invitation import BoxesField


class CohortForm(Form):
    """Whom to invite together."""

    contracts = BoxesField(
        lazy_gettext("Which contracts?"), [Needed(lazy_gettext("Choose at least one contract."))]
    )
    questionnaires = BoxesField(
        lazy_gettext("Which questionnaires?"), [Needed(lazy_gettext("Choose at least one questionnaire."))]
    )
    due_on = DayField(lazy_gettext("Last day to answer"), [Needed()])
    a_day = WholeNumberField(lazy_gettext("How many invitations a day?"), [Needed()])

    def offer(self, questionnaires: Sequence[tuple[str, str]]) -> None:
        """What can be chosen; any contract may be, it is looked up afterwards."""
        self.questionnaires.choices = offered(questionnaires)
        posted = [text for text in self.contracts.raw_data or () if number_of(text) > 0]
        self.contracts.choices = offered((text, text) for text in posted)

    def contract_ids(self) -> list[int]:
        """The chosen contracts."""
        return [int(text) for text in self.contracts.data or ()]
