"""The forms about reviews: a decision, and a review asked for by hand."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext, lazy_gettext
from wtforms import TextAreaField

from compliance.decisions.codes import DecisionDraft, decision_table
from compliance.suppliers.refusals import Refusal
from compliance.web.forms.fields import DayField, Needed, PickField, at_most, offered
from compliance.web.forms.form import Form
from compliance.web.languages import current_language
from compliance.workflow.deciding import Deciding


class DecisionForm(Form):
    """What is decided about a contract, and why."""

    code = PickField(
        lazy_gettext("What do you decide?"), [Needed(lazy_gettext("Choose one of the decisions."))]
    )
    reason = TextAreaField(lazy_gettext("Why?"), [at_most(8000)])
    next_on = DayField(lazy_gettext("When does the matter come back?"))
    heard_on = DayField(lazy_gettext("When was the supplier heard?"))
    asked = TextAreaField(lazy_gettext("What is the supplier to complete?"), [at_most(4000)])

    def offer_codes(self) -> None:
        """The decisions of the table, in its order."""
        language = current_language()
        self.code.choices = offered(
            (code, row.label.in_language(language)) for code, row in decision_table().codes.items()
        )

    def deciding(self, suggested: dict[str, date | None]) -> Deciding:
        """The decision as typed; a day left empty is the one suggested for the code."""
        draft = DecisionDraft(
            code=self.code.data or "",
            reason=self.reason.data or "",
            next_on=self.next_on.data or suggested.get(self.code.data or ""),
            heard_on=self.heard_on.data,
        )
        return Deciding(draft=draft, asked=self.asked.data or "")

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Show each mistake at its field."""
        for refusal in refusals:
            text = gettext(refusal.sentence)
            field = self[refusal.at]
            if not field.errors:
                field.errors = [text % refusal.params if refusal.params else text]


class ReviewForm(Form):
    """Why a contract should be looked at."""

    reason = TextAreaField(lazy_gettext("Why should the contract be looked at?"), [Needed(), at_most(1000)])
