"""Contracts for tests, with sane defaults, and their dates as the JSON document."""

from datetime import date

from compliance.suppliers.contract_dates import contract_dates
from compliance.suppliers.contract_json import dates_as_json, read_contract


def months(n):
    return {"n": n, "unit": "months"}


def days(n):
    return {"n": n, "unit": "days"}


def fixed(end="2027-03-31", **other):
    return {"start": "2024-04-01", "end": end, "notice": None, "renewal": {"kind": "none"}} | other


def option(end="2027-03-31", *, periods=2, length=12, notice=None, extended=0, **other):
    renewal = {"kind": "option", "periods": periods, "months": length, "extended": extended}
    return fixed(end, **other) | {"renewal": renewal | {"notice": notice or months(3)}}


def tacit(end="2026-12-31", *, length=12, notice=None, most=None, given=None, **other):
    renewal = {"kind": "tacit", "months": length, "max_periods": most}
    start = other.pop("start", "2024-01-01")
    terms = {"renewal": renewal, "notice": notice or months(3), "notice_given_on": given, "start": start}
    return fixed(end, **other) | terms


def dates_on(case, on):
    question = read_contract(case)
    when = date.fromisoformat(on)
    return dates_as_json(
        contract_dates(question.terms, on=when, set_on=question.set_on, leads=question.leads)
    )


def picked(case, on, *names):
    found = dates_on(case, on)
    return tuple(found[name] for name in names)
