"""The form of a contract: its terms as a procurer reads them in the paper, and back as the rules of dates want them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, TextAreaField

from compliance.storage.models import CodeOfConduct, Contract, User
from compliance.suppliers.refusals import Refusal
from compliance.suppliers.term_fields import field_of, flat_terms, put_together
from compliance.web.forms.agreement import AGREED, AgreementForm, agreement_of
from compliance.web.forms.fields import (
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
from compliance.workflow.contracting import ContractDetails

RENEWALS = (
    ("none", lazy_gettext("None: it ends on its last day, or runs until further notice")),
    ("option", lazy_gettext("Option: we may choose to extend it")),
    ("tacit", lazy_gettext("Tacit: it renews itself unless notice is given")),
)
UNITS = (
    ("months", lazy_gettext("months")),
    ("weeks", lazy_gettext("weeks")),
    ("days", lazy_gettext("days")),
)
WITH_UNIT = {"notice": "notice_n", "option_notice": "option_notice_n"}
"""At which field a mistake in a time of notice is shown."""

PLAIN = ("number", "case_number", "title", "cpv", "note")
TERM_DAYS = ("start", "end", "notice_given_on")
TERM_NUMBERS = (
    "renewal",
    "option_periods",
    "option_months",
    "option_extended",
    "tacit_months",
    "tacit_max_periods",
)


class ContractForm(AgreementForm):
    """One contract."""

    number = TrimmedField(lazy_gettext("Contract number"), [Needed(), at_most(60)])
    case_number = TrimmedField(lazy_gettext("Case number (diarienummer)"), [at_most(60)])
    title = TrimmedField(lazy_gettext("What it is about"), [Needed(), at_most(200)])
    cpv = TrimmedField(lazy_gettext("CPV code"), [at_most(12)])
    value_sek = WholeNumberField(lazy_gettext("Total value"))
    value_annual_sek = WholeNumberField(lazy_gettext("Value a year"))
    owner_id = ChoiceField(lazy_gettext("Who is responsible here"), coerce=str, default="")
    start = DayField(lazy_gettext("First day"), [Needed()])
    end = DayField(lazy_gettext("Last day of the first period"))
    renewal = PickField(
        lazy_gettext("How can it be renewed?"), [Needed()], choices=offered(RENEWALS), default="none"
    )
    notice_n = WholeNumberField(lazy_gettext("Time of notice"))
    notice_unit = ChoiceField(
        lazy_gettext("Unit of the time of notice"), choices=offered(UNITS), default="months"
    )
    option_periods = WholeNumberField(lazy_gettext("How many times may we extend it?"))
    option_months = WholeNumberField(lazy_gettext("How long is each extension?"))
    option_notice_n = WholeNumberField(lazy_gettext("How long before the end must we use the option?"))
    option_notice_unit = ChoiceField(
        lazy_gettext("Unit of the time to use the option"), choices=offered(UNITS), default="months"
    )
    option_extended = WholeNumberField(lazy_gettext("How many extensions have been made already?"), default=0)
    tacit_months = WholeNumberField(lazy_gettext("How long is each renewal?"))
    tacit_max_periods = WholeNumberField(lazy_gettext("At most how many renewals?"))
    notice_given_on = DayField(lazy_gettext("Day on which notice was given"))
    note = TextAreaField(lazy_gettext("Notes"), [at_most(4000)])

    revision = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = {name: self._fields.pop(name) for name in [*AGREED] if name in self._fields}
        self._fields.update(agreed)  # mistakes are listed in the order of the page

    def offer(self, staff: Sequence[User], codes: Sequence[CodeOfConduct]) -> None:
        """Who may be responsible, and what can be chosen from lists."""
        pairs = [("", gettext("Nobody yet")), *((str(user.id), user.name) for user in staff)]
        self.owner_id.choices = offered(pairs)
        self.offer_lists(staff, codes)

    def details(self, **others: Any) -> ContractDetails:
        """The contract that was written down, its terms not yet checked; `others` are values of other pages."""
        plain: dict[str, Any] = {name: self[name].data or "" for name in PLAIN if name != "note"}
        return ContractDetails(
            **plain,
            note=(self.note.data or "").replace("\r\n", "\n").strip(),
            value_sek=self.value_sek.data,
            value_annual_sek=self.value_annual_sek.data,
            owner_id=int(self.owner_id.data) if self.owner_id.data else None,
            terms=put_together(self._flat()),
            **self.agreement(),
            **others,
        )

    def _flat(self) -> dict[str, Any]:
        return {
            **{name: _iso(self[name].data) for name in TERM_DAYS},
            **{name: self[name].data for name in TERM_NUMBERS},
            "notice": _notice(self.notice_n.data, self.notice_unit.data),
            "option_notice": _notice(self.option_notice_n.data, self.option_notice_unit.data),
        }

    def seen_revision(self) -> int:
        """The revision of the contract that the form was filled from; -1 when the form does not say."""
        return number_of(self.revision.data or "")

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Show each mistake at its field; a number that is simply missing is asked for in plain words."""
        for refusal in refusals:
            field = self[self._field_of(refusal.at)]
            if not field.errors:
                field.errors = [self._words(refusal, field)]

    def _field_of(self, at: str) -> str:
        if at == "framework_id":
            return "framework"
        name = field_of(at, {"renewal": self.renewal.data})
        name = WITH_UNIT.get(name, name)
        return name if name in self._fields else "renewal"

    def _words(self, refusal: Refusal, field: Any) -> str:
        if field.data is None and isinstance(field, WholeNumberField | DayField):
            special = refusal.at in {"notice", "renewal.notice", "end"}
            return str(gettext(refusal.sentence) if special else gettext("Fill this in."))
        text: str = gettext(refusal.sentence)
        return text % refusal.params if refusal.params else text


def filled_from(contract: Contract) -> dict[str, Any]:
    """What the form shows for a registered contract."""
    flat = flat_terms(contract.terms)
    notice, option_notice = flat["notice"] or {}, flat["option_notice"] or {}
    amounts = ("value_sek", "value_annual_sek")
    return {
        **{name: getattr(contract, name) for name in PLAIN},
        **{name: _whole(getattr(contract, name)) for name in amounts},
        **{name: _day(flat[name]) for name in TERM_DAYS},
        **{name: flat[name] for name in TERM_NUMBERS},
        **agreement_of(contract),
        "owner_id": str(contract.owner_id or ""),
        "notice_n": notice.get("n"),
        "notice_unit": notice.get("unit", "months"),
        "option_notice_n": option_notice.get("n"),
        "option_notice_unit": option_notice.get("unit", "months"),
        "option_extended": flat["option_extended"] or 0,
        "revision": str(contract.revision),
    }


def _whole(amount: float | None) -> int | None:
    return None if amount is None else int(amount)


def _notice(number: int | None, unit: str) -> dict[str, Any] | None:
    return None if number is None else {"n": number, "unit": unit}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
