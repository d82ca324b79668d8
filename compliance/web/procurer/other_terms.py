"""Other terms to try for a contract: a moved end, another notice, other lead times; read from a page's address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext

from compliance.storage.models import Contract
from compliance.suppliers.contract_json import LEAD_NAMES, RefusedError, read_contract

FIELDS = ("end", "notice", "unit", *LEAD_NAMES)
LONGEST = 10
FIELD_OF = {
    "end": "end",
    "notice": "notice",
    "notice.n": "notice",
    "notice.unit": "unit",
    "renewal.notice": "notice",
    "renewal.notice.n": "notice",
    "renewal.notice.unit": "unit",
    **{f"leads.{name}": name for name in LEAD_NAMES},
}


@dataclass
class TrialForm:
    """What was filled in, shown again as it was; `terms` is None when nothing is tried."""

    shown: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    terms: dict[str, Any] | None = None

    @classmethod
    def read(cls, contract: Contract | None, args: Mapping[str, str]) -> "TrialForm":
        """Read and check what is to be tried; without a contract there is nothing to try."""
        form = cls({name: args.get(name, "").strip()[:LONGEST] for name in FIELDS})
        given = {name: text for name, text in form.shown.items() if text and name != "unit"}
        if contract is None or not given:
            return form
        form.terms = _terms(contract.terms, form.shown, given)
        try:
            read_contract(form.terms)
        except RefusedError as error:
            for refusal in error.refusals:
                place = FIELD_OF.get(refusal.at, "end")
                form.errors.setdefault(place, gettext(refusal.sentence) % refusal.params)
        return form


def _terms(stored: Mapping[str, Any], shown: Mapping[str, str], given: Mapping[str, str]) -> dict[str, Any]:
    terms = dict(stored)
    if "end" in given:
        terms["end"] = given["end"]
    if "notice" in given:
        notice = {"n": _whole(given["notice"]), "unit": shown["unit"] or "months"}
        if terms["renewal"]["kind"] == "option":
            terms["renewal"] = {**terms["renewal"], "notice": notice}
        else:
            terms["notice"] = notice
    leads = {name: _whole(given[name]) for name in LEAD_NAMES if name in given}
    if leads:
        terms["leads"] = {**(terms.get("leads") or {}), **leads}
    return terms


def _whole(text: str) -> int | str:
    """A whole number; anything else as it is, to be refused with its reason."""
    return int(text) if text.isascii() and text.isdecimal() else text
