"""Contract dates worked out the slow way: day by day, period by period, sharing no code with the product."""

import calendar
from datetime import date, timedelta

DAY = timedelta(days=1)


def easter_sunday(year):
    """Gauss's rule with the Gregorian corrections of Meeus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def free_days(year):
    """The list of the rules, and nothing else: Whit Monday is not on it."""
    easter = easter_sunday(year)
    days = {date(year, *md) for md in ((1, 1), (1, 6), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31))}
    days |= {easter - 2 * DAY, easter + DAY, easter + 39 * DAY}
    days |= {date(year, 6, 6)} if year >= 2005 else set()
    midsummer = next(date(year, 6, n) for n in range(20, 27) if date(year, 6, n).weekday() == 5)
    saints = next(d for d in (date(year, 10, 31) + n * DAY for n in range(7)) if d.weekday() == 5)
    return days | {midsummer, midsummer - DAY, saints}


def works(day):
    return day.weekday() < 5 and day not in free_days(day.year)


def last_working(day):
    while not works(day):
        day -= DAY
    return day


def back_working(day, n):
    while n:
        day -= DAY
        n -= works(day)
    return day


def shift_months(day, n):
    year, month = day.year, day.month
    for _ in range(abs(n)):
        month += 1 if n > 0 else -1
        if month in {0, 13}:
            year, month = (year - 1, 12) if month == 0 else (year + 1, 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def minus(day, notice):
    if notice["unit"] == "months":
        return shift_months(day, -notice["n"])
    return day - (7 if notice["unit"] == "weeks" else 1) * notice["n"] * DAY


def tacit_periods(case, until):
    """Ends of the periods up to the first that ends after `until`, or the last allowed one."""
    renewal, end, p = case["renewal"], date.fromisoformat(case["end"]), 0
    ends = [end]
    while ends[-1] <= until and p != renewal["max_periods"]:
        p += 1
        ends.append(shift_months(end, p * renewal["months"]))
    return ends


def where(case, on):
    """(period_end, ends_on, last_notice_day, next) by the table of the rules."""
    renewal, end = case["renewal"], date.fromisoformat(case["end"])
    if renewal["kind"] == "none":
        return end, end, None, None
    if renewal["kind"] == "option":
        period_end = shift_months(end, renewal["extended"] * renewal["months"])
        if renewal["extended"] == renewal["periods"]:
            return period_end, period_end, None, None
        return period_end, None, minus(period_end, renewal["notice"]), None
    return where_tacit(case, on)


def where_tacit(case, on):
    given = case["notice_given_on"] and date.fromisoformat(case["notice_given_on"])
    far = max(on, given or on, date.fromisoformat(case["end"])) + 4000 * DAY
    ends, most = tacit_periods(case, far), case["renewal"]["max_periods"]
    took = next((e for e in ends if given and minus(e, case["notice"]) >= given), None)
    last = ends[-1] if most is not None and len(ends) == most + 1 else None
    stop = took or last or far
    period_end = next((e for e in ends if e >= on), stop)
    period_end = min(period_end, stop)
    if took:
        return period_end, took, None, None
    if period_end == last:
        return period_end, last, None, None
    following = ends[ends.index(period_end) + 1]
    then = None if following == last else minus(following, case["notice"])
    return period_end, None, minus(period_end, case["notice"]), (following, then)


def expected(case, on):
    """The whole JSON document for a case with every key present."""
    blank = {"on": str(on), "period_end": None, "ends_on": None, "ended": False, "last_notice_day": None}
    blank |= {"last_working_notice_day": None, "missed": False, "next": None, "decide_by": None}
    blank |= {"review_ready_by": None, "answers_due": None, "invite_by": None, "reminders": []}
    if case["end"] is None:
        return blank
    period_end, ends_on, notice_day, following = where(case, on)
    blank |= {"period_end": str(period_end), "ends_on": ends_on and str(ends_on), "ended": on > period_end}
    if on > period_end:
        return blank
    anchor = last_working(notice_day or shift_months(ends_on or period_end, -6))
    blank |= chain(anchor, case["leads"]) | {"reminders": reminders(case, ends_on or period_end, notice_day)}
    if notice_day is None:
        return blank
    blank |= {"last_notice_day": str(notice_day), "last_working_notice_day": str(last_working(notice_day))}
    blank["missed"] = on > notice_day
    if following and on > notice_day:
        end, then = following
        blank["next"] = {"period_end": str(end), "last_notice_day": then and str(then)}
        blank["next"]["last_working_notice_day"] = then and str(last_working(then))
    return blank


def chain(anchor, leads):
    decide = back_working(anchor, leads["decision"])
    ready = back_working(decide, leads["review"])
    answers = back_working(ready, leads["handling"])
    invite = last_working(answers - leads["answering"] * DAY)
    days = {"decide_by": decide, "review_ready_by": ready, "answers_due": answers, "invite_by": invite}
    return {name: str(day) for name, day in days.items()}


def reminders(case, known_end, notice_day):
    """Look at every day after `set_on` and ask whether a reminder falls on it."""
    earliest = min(notice_day or known_end, known_end) - 500 * DAY
    found, day = [], max(date.fromisoformat(case["set_on"]), earliest)
    while day < known_end:
        day += DAY
        months = [n for n in (12, 9, 6, 3) if shift_months(known_end, -n) == day]
        found += [{"trigger": "T1", "on": str(day), "before": f"{n} months"} for n in months]
        days = [n for n in (90, 60, 30, 14, 7) if notice_day and notice_day - n * DAY == day]
        found += [{"trigger": "T2", "on": str(day), "before": f"{n} days"} for n in days]
    return found
