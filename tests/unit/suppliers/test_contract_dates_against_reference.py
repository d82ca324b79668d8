"""The product's contract dates against the slow reference, over many made-up contracts."""

from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from compliance.suppliers.contract_dates import contract_dates
from compliance.suppliers.contract_json import dates_as_json, read_contract
from tests.unit.suppliers.contract_reference import expected, minus, shift_months

MONTH_ENDS = st.builds(
    lambda year, month, back: date(year, month, 1) - timedelta(days=back),
    st.integers(1991, 2149), st.integers(1, 12), st.integers(0, 4),
)  # fmt: skip
LONG = 60_000
DAYS = st.one_of(st.dates(date(1990, 1, 1), date(2150, 12, 31)), MONTH_ENDS)
NOTICES = st.fixed_dictionaries(
    {"n": st.integers(0, 40), "unit": st.sampled_from(["days", "weeks", "months"])}
)
LEADS = st.fixed_dictionaries(
    {
        name: st.sampled_from([0, 1, 10, 15, 30, 70])
        for name in ("decision", "review", "handling", "answering")
    }
)
RENEWALS = st.one_of(
    st.just({"kind": "none"}),
    st.builds(
        lambda most, done, months, notice: {
            "kind": "option", "periods": most, "months": months, "notice": notice,
            "extended": min(done, most),
        },
        st.integers(0, 4), st.integers(0, 4), st.integers(1, 40), NOTICES,
    ),
    st.fixed_dictionaries(
        {"kind": st.just("tacit"), "months": st.integers(1, 40), "max_periods": st.none() | st.integers(0, 6)}
    ),
)  # fmt: skip


def within(day, days):
    """A day so many days later, kept inside the years that are allowed."""
    return min(max(day + timedelta(days=days), date(1990, 1, 1)), date(2150, 12, 31))


@st.composite
def cases(draw):
    end = draw(DAYS)
    start = max(date(1990, 1, 1), end - timedelta(days=draw(st.integers(0, 2000))))
    near = st.one_of(st.integers(-1500, 3000), st.integers(-LONG, LONG)).map(lambda n: within(end, n))
    case = {"start": str(start), "end": str(end), "notice": draw(NOTICES), "renewal": draw(RENEWALS)}
    case |= {"notice_given_on": draw(st.none() | near.map(str)), "leads": draw(LEADS)}
    on = draw(near)
    return case | {"set_on": str(draw(st.one_of(st.just(on), near)))}, on


def is_allowed(case):
    end, start = date.fromisoformat(case["end"]), date.fromisoformat(case["start"])
    notice = case["renewal"].get("notice", case["notice"])
    if case["renewal"]["kind"] == "none":
        return True
    fits = minus(end, notice) >= start
    if case["renewal"]["kind"] == "option":
        return fits
    return fits and minus(shift_months(end, case["renewal"]["months"]), notice) >= end


def answer(case, on):
    question = read_contract(case)
    return dates_as_json(contract_dates(question.terms, on=on, set_on=question.set_on, leads=question.leads))


@settings(max_examples=250, deadline=None)
@given(cases())
def test_every_date_is_the_one_found_by_walking_day_by_day(drawn):
    case, on = drawn
    assume(is_allowed(case))
    assert answer(case, on) == expected(case, on)
