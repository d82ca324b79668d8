"""Step 2, questionnaires: answers that are days, in ISO form or the usual Swedish and English ways."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from compliance.questionnaires.model import Question
from compliance.questionnaires.question_types.base import QuestionType, Value, only_one, single
from compliance.questionnaires.question_types.problems import BadValueError
from compliance.questionnaires.value_rules import DateRule

NEVER = "never"
"""The value of "has not been done", where the question offers it."""

MONTHS_SV = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH_NUMBERS = {
    name: number
    for months in (MONTHS_SV, MONTHS_EN)
    for number, month in enumerate(months, start=1)
    for name in (month.lower(), month.lower()[:3])
} | {"sept": 9}

YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})(?P<s>[-/.]?)(?P<m>[0-9]{2})(?P=s)(?P<d>[0-9]{2})")
LOOSE_YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})")
DAY_FIRST = re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})[ -](?P<y>[0-9]{4})")
EITHER = re.compile(r"(?P<d>[0-9]{1,2})[./-](?P<m>[0-9]{1,2})[./-](?P<y>[0-9]{4})")
NAMED = re.compile(r"(?:den )?(?P<d>[0-9]{1,2}):?(?:[ae]|st|nd|rd|th)? (?P<m>[a-z]+)\.?,? (?P<y>[0-9]{4})")
LAST_MONTH = 12


class Day(QuestionType):
    """A day; kept as an ISO date, or `never`."""

    name = "date"
    setting = "date"
    credited_by = "steps"

    def parse(self, posted: Sequence[str], question: Question, *, on: date) -> Value | None:
        """The day; `on` is today, after which nothing can have happened."""
        text = only_one(posted)
        rule = question.date or DateRule()
        if not text:
            return None
        if text == NEVER and rule.never:
            return NEVER
        day = read_day(text)
        if day > on and not rule.future:
            raise BadValueError("date_in_future")
        if day < rule.earliest:
            raise BadValueError("date_too_early", earliest=rule.earliest.isoformat())
        return day.isoformat()

    def show(self, value: Value, question: Question, language: str) -> str:
        """The day with its month in words."""
        if value == NEVER:
            return question.date.never.to(language) if question.date and question.date.never else ""
        day = date.fromisoformat(single(value))
        months = MONTHS_EN if language == "en" else MONTHS_SV
        return f"{day.day} {months[day.month - 1]} {day.year}"

    def credit(self, value: Value, question: Question, *, on: date) -> Decimal | None:
        """The credit of the first step whose months have not passed on the day, else nothing."""
        if not question.scored:
            return None
        if value == NEVER:
            return Decimal(0)
        day = date.fromisoformat(single(value))
        steps = question.date.steps if question.date else ()
        return next(
            (step.credit for step in steps if months_between(day, on) <= step.within_months), Decimal(0)
        )


def read_day(text: str) -> date:
    """A day as people write it. Raises BadValueError, also where day and month could change places."""
    spaced = " ".join(text.lower().split())
    match = next(
        (m for p in (YEAR_FIRST, LOOSE_YEAR_FIRST, DAY_FIRST, NAMED) if (m := p.fullmatch(spaced))), None
    )
    if match is None:
        match = EITHER.fullmatch(spaced)
        if (
            match
            and match["d"] != match["m"]
            and int(match["d"]) <= LAST_MONTH
            and int(match["m"]) <= LAST_MONTH
        ):
            raise BadValueError("ambiguous_date")
    if match is None:
        raise BadValueError("not_a_date")
    month = MONTH_NUMBERS.get(match["m"]) or (int(match["m"]) if match["m"].isdigit() else 0)
    if not month:
        raise BadValueError("not_a_date")
    try:
        return date(int(match["y"]), month, int(match["d"]))
    except ValueError:
        raise BadValueError("no_such_day") from None


def months_between(earlier: date, later: date) -> int:
    """Whole and begun months from one day to another; 0 on the day itself and before it."""
    if later <= earlier:
        return 0
    whole = (later.year - earlier.year) * 12 + later.month - earlier.month
    return whole + (1 if later.day > earlier.day else 0)
