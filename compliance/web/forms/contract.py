"""The form of a contract: its terms as a procurer reads them in the paper, and back as the rules of dates want them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from compliance.storage.models import Contract, User
from compliance.suppliers.refusals import Refusal
from compliance.web.forms.fields import (
    CheckField,
    ChoiceField,
    DayField,
    Needed,
    PickField,
    TrimmedField,
    WholeNumberField,
    at_most,
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
FIELD_OF = {
    "notice.n": "notice_n",
    "notice.unit": "notice_unit",
    "notice": "notice_n",
    "renewal": "renewal",
    "renewal.kind": "renewal",
    "renewal.notice": "option_notice_n",
    "renewal.notice.n": "option_notice_n",
    "renewal.notice.unit": "option_notice_unit",
    "renewal.periods": "option_periods",
    "renewal.extended": "option_extended",
    "renewal.max_periods": "tacit_max_periods",
}
"""At which field a mistake in the terms is shown."""

PLACEHOLDERS = {True: "option_months", False: "tacit_months"}


class ContractForm(FlaskForm):  # type: ignore[misc]
    """One contract."""

    number = TrimmedField(lazy_gettext("Contract number"), [Needed(), at_most(60)])
    case_number = TrimmedField(lazy_gettext("Case number (diarienummer)"), [at_most(60)])
    title = TrimmedField(lazy_gettext("What it is about"), [Needed(), at_most(200)])
    cpv = TrimmedField(lazy_gettext("CPV code"), [at_most(12)])
    value_sek = WholeNumberField(lazy_gettext("Total value"))
    owner_id = ChoiceField(lazy_gettext("Who is responsible here"), coerce=str, default="")
    special_labour_terms = CheckField(
        lazy_gettext("Special terms on pay, leave and working time were agreed (LOU 17 kap. 2 §)")
    )
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

    def offer_owners(self, staff: Sequence[User]) -> None:
        """Who may be responsible."""
        pairs = [("", gettext("Nobody yet")), *((str(user.id), user.name) for user in staff)]
        self.owner_id.choices = offered(pairs)

    def details(self) -> ContractDetails:
        """The contract that was written down, its terms not yet checked."""
        return ContractDetails(
            number=self.number.data,
            case_number=self.case_number.data or "",
            title=self.title.data,
            cpv=self.cpv.data or "",
            value_sek=self.value_sek.data,
            special_labour_terms=self.special_labour_terms.data,
            note=self.note.data or "",
            owner_id=int(self.owner_id.data) if self.owner_id.data else None,
            terms=self.terms(),
        )

    def terms(self) -> dict[str, Any]:
        """The terms as the rules of dates read them; fields of another kind of renewal are left out."""
        return {
            "start": _iso(self.start.data),
            "end": _iso(self.end.data),
            "notice": _notice(self.notice_n.data, self.notice_unit.data),
            "renewal": self._renewal(),
            "notice_given_on": _iso(self.notice_given_on.data),
        }

    def _renewal(self) -> dict[str, Any]:
        kind = self.renewal.data
        if kind == "option":
            return {
                "kind": kind,
                "periods": self.option_periods.data,
                "months": self.option_months.data,
                "notice": _notice(self.option_notice_n.data, self.option_notice_unit.data),
                "extended": self.option_extended.data or 0,
            }
        if kind == "tacit":
            return {
                "kind": kind,
                "months": self.tacit_months.data,
                "max_periods": self.tacit_max_periods.data,
            }
        return {"kind": "none"}

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Show each mistake at its field; a number that is simply missing is asked for in plain words."""
        for refusal in refusals:
            field = self[self._field_of(refusal.at)]
            if not field.errors:
                field.errors = [self._words(refusal, field)]

    def _field_of(self, at: str) -> str:
        if at == "renewal.months":
            return PLACEHOLDERS[self.renewal.data == "option"]
        return FIELD_OF.get(at, at if at in self._fields else "renewal")

    def _words(self, refusal: Refusal, field: Any) -> str:
        if field.data is None and isinstance(field, WholeNumberField | DayField):
            special = refusal.at in {"notice", "renewal.notice", "end"}
            return str(gettext(refusal.sentence) if special else gettext("Fill this in."))
        text: str = gettext(refusal.sentence)
        return text % refusal.params if refusal.params else text


def filled_from(contract: Contract) -> dict[str, Any]:
    """What the form shows for a registered contract."""
    terms = contract.terms
    renewal: Mapping[str, Any] = terms["renewal"]
    notice, option_notice = terms.get("notice") or {}, renewal.get("notice") or {}
    is_option = renewal["kind"] == "option"
    return {
        **{name: getattr(contract, name) for name in ("number", "case_number", "title", "cpv", "note")},
        "value_sek": int(contract.value_sek) if contract.value_sek is not None else None,
        "special_labour_terms": contract.special_labour_terms,
        "owner_id": str(contract.owner_id or ""),
        "start": _day(terms["start"]),
        "end": _day(terms["end"]),
        "notice_given_on": _day(terms.get("notice_given_on")),
        "renewal": renewal["kind"],
        "notice_n": notice.get("n"),
        "notice_unit": notice.get("unit", "months"),
        "option_periods": renewal.get("periods"),
        "option_months": renewal.get("months") if is_option else None,
        "option_notice_n": option_notice.get("n"),
        "option_notice_unit": option_notice.get("unit", "months"),
        "option_extended": renewal.get("extended", 0),
        "tacit_months": None if is_option else renewal.get("months"),
        "tacit_max_periods": renewal.get("max_periods"),
    }


def _notice(number: int | None, unit: str) -> dict[str, Any] | None:
    return None if number is None else {"n": number, "unit": unit}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
