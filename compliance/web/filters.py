"""Dates, moments and numbers as people read them, in the language of the page."""

from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal

from compliance.web import page_parts
from compliance.web.languages import current_language

NOTHING = "–"


def day(value: date | None) -> str:
    """A day in words with its weekday: "måndag 7 december 2026"."""
    if value is None:
        return NOTHING
    pattern = "EEEE d MMMM y" if current_language() == "sv" else "EEEE, d MMMM y"
    return str(format_date(value, pattern))


def short_day(value: date | None) -> str:
    """A day in figures: 2026-12-07."""
    return value.isoformat() if value else NOTHING


def moment(value: datetime | None) -> str:
    """A moment in local time: 2026-12-07 14:05."""
    return str(format_datetime(value, "y-MM-dd HH:mm")) if value else NOTHING


def number(value: float | None) -> str:
    """A number with one decimal, with a comma in Swedish."""
    return str(format_decimal(value, "#,##0.0")) if value is not None else NOTHING


def money(value: float | None) -> str:
    """An amount in whole kronor."""
    return f"{format_decimal(value, '#,##0')} kr" if value is not None else NOTHING


def register(app: Flask) -> None:
    """Make the filters, and the parts that pages share, known to every template."""
    page_parts.register(app)
    for function in (day, short_day, moment, number, money):
        app.add_template_filter(function)
