"""The forms of what belongs to a contract: subcontractors, commitments, the start-up meeting, the code of conduct."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import HiddenField, TextAreaField

from compliance.storage.models import SocialCommitment, Subcontractor
from compliance.suppliers.identity import Identity, IdentityError
from compliance.suppliers.refusals import Refusal
from compliance.suppliers.register_words import words
from compliance.web.forms.fields import (
    CHOOSE,
    ChoiceField,
    DayField,
    Needed,
    PickField,
    TrimmedField,
    WholeNumberField,
    at_most,
    number_of,
    offered,
)
from compliance.web.forms.form import Form
from compliance.web.forms.supplier import AT_COUNTRY, KINDS, READERS, country_choices
from compliance.web.languages import current_language
from compliance.workflow.committing import CommitmentDetails, CommitmentReport
from compliance.workflow.subcontracting import SubcontractorDetails


class SeenForm(Form):
    """A form that knows from which revision it was filled."""

    revision = HiddenField(default="0")

    def seen(self) -> int:
        """The revision; -1 when the form does not say."""
        return number_of(self.revision.data or "")

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Show each mistake at its field, or at the first field when it has none."""
        for refusal in refusals:
            field = self._fields.get(refusal.at) or next(iter(self._fields.values()))
            text: str = gettext(refusal.sentence)
            field.errors = [*field.errors, text % refusal.params if refusal.params else text]


class SubcontractorForm(SeenForm):
    """One company below a contract."""

    name = TrimmedField(lazy_gettext("Name of the company"), [Needed(), at_most(200)])
    kind = PickField(lazy_gettext("What kind of company is it?"), [Needed(CHOOSE)], choices=offered(KINDS))
    number = TrimmedField(lazy_gettext("Organisation, registration or VAT number"), [at_most(40)])
    country = ChoiceField(lazy_gettext("Country"), default="")
    tier = WholeNumberField(lazy_gettext("In which tier?"), [Needed()], default=1)
    hired_by_id = ChoiceField(lazy_gettext("Who has hired it?"), default="")
    task = TrimmedField(lazy_gettext("What does it do?"), [Needed(), at_most(200)])
    starts_on = DayField(lazy_gettext("First day"), [Needed()])
    ends_on = DayField(lazy_gettext("Last day"))
    representative = TrimmedField(lazy_gettext("Legal representative"), [at_most(120)])
    identity: Identity | None = None
    present: Identity | None = None

    def offer(self, others: Sequence[Subcontractor], present: Identity | None = None) -> None:
        """Which companies may have hired it; `present` is who a registered entry is."""
        self.present = present
        self.country.choices = offered(country_choices())
        above = ((str(row.id), f"{row.name} ({row.tier})") for row in others)
        self.hired_by_id.choices = offered([("", gettext("The supplier itself")), *above])

    def validate(self, extra_validators: Any = None) -> bool:
        """Also read the number; an empty one of a registered sole trader stays as it is, for it is never shown."""
        valid = super().validate(extra_validators)
        if self.kind.errors or self.number.errors:
            return False
        hidden = self.present is not None and self.present.kind == "sole_trader" == self.kind.data
        if hidden and not self.number.data:
            self.identity = self.present
            return bool(valid)
        try:
            self.identity = READERS[self.kind.data](self.country.data or "", self.number.data or "")
        except IdentityError as error:
            at = self.country if error.code in AT_COUNTRY else self.number
            at.errors = [*at.errors, gettext(error.sentence)]
            return False
        return bool(valid)

    def details(self) -> SubcontractorDetails:
        """The entry that was written down; only after `validate`."""
        assert self.identity is not None, "a form without a number is not valid"
        return SubcontractorDetails(
            name=self.name.data,
            identity=self.identity,
            tier=self.tier.data,
            hired_by_id=int(self.hired_by_id.data) if self.hired_by_id.data else None,
            task=self.task.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            representative=self.representative.data or "",
        )


class ApprovalForm(SeenForm):
    """May it work on the contract?"""

    approved = PickField(
        lazy_gettext("May this company work on the contract?"),
        [Needed(CHOOSE)],
        choices=offered([("yes", lazy_gettext("Yes, approve it")), ("no", lazy_gettext("No"))]),
    )
    note = TextAreaField(lazy_gettext("Why?"), [Needed(), at_most(1000)])


class CommitmentForm(SeenForm):
    """What was promised."""

    kind = ChoiceField(lazy_gettext("What was promised?"))
    quantity = WholeNumberField(lazy_gettext("How many?"), [Needed()])
    due_on = DayField(lazy_gettext("By when?"), [Needed()])
    description = TrimmedField(lazy_gettext("More about it"), [at_most(200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = current_language()
        self.kind.choices = offered(
            (code, word.in_language(language)) for code, word in words("commitment_kind").items()
        )

    def details(self) -> CommitmentDetails:
        """What was written down."""
        return CommitmentDetails(
            kind=self.kind.data,
            quantity=self.quantity.data,
            due_on=self.due_on.data,
            description=self.description.data or "",
        )


class ReportForm(SeenForm):
    """What was reported."""

    reported_quantity = WholeNumberField(lazy_gettext("How many were reported?"), [Needed()])
    reported_on = DayField(lazy_gettext("On which day was it reported?"), [Needed()])
    reported_by = TrimmedField(lazy_gettext("Who reported it?"), [Needed(), at_most(120)])
    note = TextAreaField(lazy_gettext("Notes"), [at_most(1000)])

    def report(self) -> CommitmentReport:
        """What was written down."""
        return CommitmentReport(
            reported_on=self.reported_on.data,
            reported_quantity=self.reported_quantity.data,
            reported_by=self.reported_by.data or "",
            note=self.note.data or "",
        )


class StartUpForm(SeenForm):
    """The meeting with which a contract starts."""

    startup_planned_on = DayField(lazy_gettext("Planned for"))
    startup_held_on = DayField(lazy_gettext("Held on"))
    startup_note = TextAreaField(lazy_gettext("What was said"), [at_most(4000)])


class CodeForm(Form):
    """A version of the buyer's code of conduct."""

    version = TrimmedField(lazy_gettext("Name of the version"), [Needed(), at_most(40)])
    valid_from = DayField(lazy_gettext("Valid from"), [Needed()])
    text = TextAreaField(lazy_gettext("The text"), [at_most(100_000)])
    document = FileField(lazy_gettext("Or a PDF"))


def shown_commitment(row: SocialCommitment) -> dict[str, Any]:
    """What the form shows for a registered commitment."""
    names = ("kind", "quantity", "due_on", "description")
    return {name: getattr(row, name) for name in names} | {"revision": str(row.revision)}


def shown_subcontractor(row: Subcontractor, identity: Identity) -> dict[str, Any]:
    """What the form shows for a registered entry; a sole trader's number is never shown."""
    names = ("name", "tier", "task", "starts_on", "ends_on", "representative")
    kind = f"foreign_{identity.number_kind}" if identity.kind == "foreign" else identity.kind
    return {name: getattr(row, name) for name in names} | {
        "kind": kind,
        "number": "" if identity.kind == "sole_trader" else identity.number,
        "country": "" if identity.country == "SE" else identity.country,
        "hired_by_id": str(row.hired_by_id or ""),
        "revision": str(row.revision),
    }
