"""The forms about what happens around a review: an event that is reported, and a review that is put off."""

from collections.abc import Iterable
from dataclasses import replace

from flask_babel import gettext, lazy_gettext
from wtforms import TextAreaField

from compliance.reviews.reported import LONGEST_TEXT, SOURCES, Report, event_kinds
from compliance.suppliers.refusals import Refusal
from compliance.web.forms.fields import CHOOSE, ChoiceField, DayField, Needed, PickField, at_most, offered
from compliance.web.forms.form import Form
from compliance.web.languages import current_language

SEVERITY_LABELS = {
    "": lazy_gettext("The usual for this kind"),
    "normal": lazy_gettext("Normal"),
    "high": lazy_gettext("High"),
    "critical": lazy_gettext("Critical"),
}


class Refusing(Form):
    """A form that shows mistakes the rules have found."""

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Show each mistake at its field."""
        for refusal in refusals:
            text: str = gettext(refusal.sentence)
            self[refusal.at].errors = [text % refusal.params if refusal.params else text]


class EventForm(Refusing):
    """What has happened, when, how we know, and how serious it is."""

    kind = PickField(lazy_gettext("What has happened?"), [Needed(CHOOSE)])
    happened_on = DayField(lazy_gettext("When did it happen?"), [Needed()])
    text = TextAreaField(
        lazy_gettext("What has happened, in your own words?"), [Needed(), at_most(LONGEST_TEXT)]
    )
    source = ChoiceField(lazy_gettext("How do you know of it?"), default="own")
    severity = ChoiceField(lazy_gettext("How serious is it?"), default="")

    def offer(self) -> None:
        """Every kind of event, the sources, and the degrees of seriousness."""
        language = current_language()
        self.kind.choices = offered(
            (code, kind.label.in_language(language)) for code, kind in event_kinds().items()
        )
        self.source.choices = offered((code, gettext(label)) for code, label in SOURCES.items())
        self.severity.choices = offered(SEVERITY_LABELS.items())

    def report(self) -> Report:
        """The event as typed."""
        return Report(
            kind=self.kind.data or "",
            happened_on=self.happened_on.data,
            text=self.text.data or "",
            source=self.source.data or "",
            severity=self.severity.data or "",
        )


class OwnEventForm(Refusing):
    """What a supplier reports about itself, for one of the contracts that the round is about."""

    kind = PickField(lazy_gettext("What has happened?"), [Needed(CHOOSE)])
    contract = PickField(lazy_gettext("Which contract is it about?"), [Needed(CHOOSE)])
    happened_on = DayField(lazy_gettext("When did it happen?"), [Needed()])
    text = TextAreaField(
        lazy_gettext("What has happened, and what have you done?"), [Needed(), at_most(LONGEST_TEXT)]
    )

    def offer(self, contracts: Iterable[tuple[int, str]]) -> None:
        """The kinds that a supplier may report, and the contracts."""
        language = current_language()
        self.kind.choices = offered(
            (code, kind.label.in_language(language)) for code, kind in event_kinds().items() if kind.supplier
        )
        self.contract.choices = offered((str(number), label) for number, label in contracts)

    def report(self) -> Report:
        """The event as typed."""
        return Report(
            kind=self.kind.data or "",
            happened_on=self.happened_on.data,
            text=self.text.data or "",
            source="supplier",
        )


class SnoozeForm(Refusing):
    """Until when a review can wait, and why. It stands beside the form of the decision, so its names are its own."""

    wait_until = DayField(lazy_gettext("Until which day?"))
    wait_reason = TextAreaField(lazy_gettext("Why can it wait?"), [at_most(1000)])

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Show each mistake at its field."""
        super().refuse(replace(refusal, at=f"wait_{refusal.at}") for refusal in refusals)
