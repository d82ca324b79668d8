"""Step 1, suppliers: a contract's terms laid out flat, as forms and files have them, and put together again."""

from collections.abc import Mapping
from typing import Any

OPTION, TACIT, NONE = "option", "tacit", "none"

TERM_FIELDS = (
    "start",
    "end",
    "renewal",
    "notice",
    "notice_given_on",
    "option_periods",
    "option_months",
    "option_notice",
    "option_extended",
    "tacit_months",
    "tacit_max_periods",
)
FIELD_OF = {
    "notice.n": "notice",
    "notice.unit": "notice",
    "renewal.kind": "renewal",
    "renewal.notice": "option_notice",
    "renewal.notice.n": "option_notice",
    "renewal.notice.unit": "option_notice",
    "renewal.periods": "option_periods",
    "renewal.extended": "option_extended",
    "renewal.max_periods": "tacit_max_periods",
}


def flat_terms(terms: Mapping[str, Any]) -> dict[str, Any]:
    """The terms field by field; days are ISO texts, times of notice {n, unit}; what another kind has is None."""
    renewal = terms["renewal"]
    option = renewal if renewal["kind"] == OPTION else {}
    tacit = renewal if renewal["kind"] == TACIT else {}
    return {
        "start": terms["start"],
        "end": terms["end"],
        "renewal": renewal["kind"],
        "notice": terms.get("notice"),
        "notice_given_on": terms.get("notice_given_on"),
        "option_periods": option.get("periods"),
        "option_months": option.get("months"),
        "option_notice": option.get("notice"),
        "option_extended": option.get("extended", 0) if option else None,
        "tacit_months": tacit.get("months"),
        "tacit_max_periods": tacit.get("max_periods"),
    }


def put_together(flat: Mapping[str, Any]) -> dict[str, Any]:
    """The terms as the rules of dates read them; fields of another kind of renewal are left out."""
    return {
        "start": flat.get("start"),
        "end": flat.get("end"),
        "notice": flat.get("notice"),
        "renewal": _renewal(flat),
        "notice_given_on": flat.get("notice_given_on"),
    }


def kind_of_renewal(flat: Mapping[str, Any]) -> str:
    """What is said, or else what the other fields tell: a number of options, a length of renewal."""
    if flat.get("renewal"):
        return str(flat["renewal"])
    if flat.get("option_periods"):
        return OPTION
    return TACIT if flat.get("tacit_months") else NONE


def field_of(at: str, flat: Mapping[str, Any]) -> str:
    """In which field a mistake in the terms lies."""
    if at == "renewal.months":
        return "option_months" if kind_of_renewal(flat) == OPTION else "tacit_months"
    return FIELD_OF.get(at, at)


def _renewal(flat: Mapping[str, Any]) -> dict[str, Any]:
    kind = kind_of_renewal(flat)
    if kind == OPTION:
        return {
            "kind": kind,
            "periods": flat.get("option_periods"),
            "months": flat.get("option_months"),
            "notice": flat.get("option_notice"),
            "extended": flat.get("option_extended") or 0,
        }
    if kind == TACIT:
        months, most = flat.get("tacit_months"), flat.get("tacit_max_periods")
        return {"kind": kind, "months": months, "max_periods": most}
    return {"kind": NONE}
