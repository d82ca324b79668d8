"""Step 1, suppliers: what stands in one cell of somebody's register, read without guessing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from compliance.suppliers.register_words import find_code, label, words

Cell = str | int | float | bool | date | datetime | None

EXCEL_DAY_0 = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 18_264, 110_000  # 1950 to 2201: what lies outside is no day that anybody meant
ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.0+)?)?")
EUROPEAN = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")
SERIAL = re.compile(r"\d{5,6}(?:\.0+)?")
GROUPED = re.compile(r"\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})+(?:[.,]\d{1,2})?")
PLAIN_AMOUNT = re.compile(r"-?\d+(?:[.,]\d{1,2})?")
LENGTH = re.compile(r"(\d+(?:[.,]0+)?)\s*([^\W\d][\w.:]*)?")
CURRENCY = re.compile(r"(?i)^(?:sek|kr)\s*|\s*(?:sek|kr|:-|kronor)\.?$")
YEAR_WITHOUT_END = 9999
MARKED = frozenset("=+-@'")


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


FORMULA = N_("The cell holds a formula. Formulas are never computed here: paste the value instead.")
NOT_A_DAY = N_("This is not a day that exists. Write it as 2026-12-31.")
UNCLEAR_DAY = N_("It is not clear which number is the month. Write the day as 2026-12-31.")
ENDLESS = N_("The year 9999 is no day. Leave the cell empty if the contract runs until further notice.")
NOT_AN_AMOUNT = N_("This is not an amount in kronor. Write figures only, such as 1200000.")
UNCLEAR_AMOUNT = N_("It is not clear whether this sign stands for thousands or decimals. Write 1200000.")
NOT_WHOLE = N_("This must be a whole number.")
NOT_A_LENGTH = N_("This is not a time of notice. Write it as 3 months, 90 days or 12 weeks.")
UNKNOWN_WORD = N_("This word is not on the list. Use one of: %(words)s.")
TOO_LONG = N_("The text has more than %(most)s characters.")
ERROR_IN_CELL = N_("The cell shows an error of the spreadsheet. Correct it there.")
SPREADSHEET_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SAKNAS!"}
)


class CellError(ValueError):
    """A cell that cannot be read; `sentence` with `params` says what to do about it."""

    def __init__(self, sentence: str, **params: str | int) -> None:
        super().__init__(sentence % params if params else sentence)
        self.sentence = sentence
        self.params = params


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that the spreadsheet would compute. It is never computed here."""

    text: str


def as_text(cell: Cell | Formula) -> str:
    """What a person sees in the cell, without the space around it. Raises `CellError` for a formula or an error.

    An apostrophe before one of `MARKED` is how spreadsheets mark such a text as text; it is taken away.
    """
    if isinstance(cell, Formula):
        raise CellError(FORMULA)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    if text in SPREADSHEET_ERRORS:
        raise CellError(ERROR_IN_CELL)
    if text.startswith("="):
        raise CellError(FORMULA)
    return text[1:] if text[:1] == "'" and text[1:2] in MARKED else text


def as_cell(text: str) -> str:
    """A text as it is written out: no spreadsheet will take it for a formula. `as_text` gives it back."""
    return f"'{text}" if text[:1] in MARKED else text


def read_text(cell: Cell | Formula, *, most: int) -> str:
    """A text of at most `most` characters. Raises `CellError`."""
    text = as_text(cell)
    if len(text) > most:
        raise CellError(TOO_LONG, most=most)
    return text


def read_day(cell: Cell | Formula) -> date | None:
    """A calendar day: a date, 2026-12-31, 20261231, 31.12.2026, or the number by which Excel keeps it.

    Raises `CellError`, also when day and month could be meant the other way round.
    """
    if isinstance(cell, datetime):
        return _not_endless(cell.date())
    if isinstance(cell, date):
        return _not_endless(cell)
    text = as_text(cell)
    if not text:
        return None
    if found := ISO.fullmatch(text):
        return _not_endless(_day(*(int(part) for part in found.groups())))
    if found := EUROPEAN.fullmatch(text):
        return _european(int(found[1]), int(found[3]), int(found[4]))
    if SERIAL.fullmatch(text) and FIRST_SERIAL <= float(text) <= LAST_SERIAL:
        return EXCEL_DAY_0 + timedelta(days=int(float(text)))
    raise CellError(NOT_A_DAY)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(NOT_A_DAY) from None


def _not_endless(day: date) -> date:
    if day.year == YEAR_WITHOUT_END:
        raise CellError(ENDLESS)
    return day


def _european(first: int, second: int, year: int) -> date:
    if first <= 12 and second <= 12 and first != second:  # noqa: PLR2004 - both could be the month
        raise CellError(UNCLEAR_DAY)
    return _day(year, second, first) if second <= 12 else _day(year, first, second)  # noqa: PLR2004


def read_kronor(cell: Cell | Formula) -> int | None:
    """An amount, rounded to whole kronor: 1 200 000, 1200000,50, 1,200,000.00, 1.200.000 kr. Raises `CellError`."""
    text = CURRENCY.sub("", as_text(cell))
    text = re.sub(r"\s|[\u2009\u202f]", "", text).replace("−", "-")
    if not text:
        return None
    if GROUPED.fullmatch(text):
        separator = next(sign for sign in text if not sign.isdigit())
        text = text.replace(separator, "")
    elif re.fullmatch(r"\d{1,3}[.,]\d{3}", text):
        raise CellError(UNCLEAR_AMOUNT)
    if not PLAIN_AMOUNT.fullmatch(text) and not isinstance(cell, float):
        raise CellError(NOT_AN_AMOUNT)
    return int(Decimal(text.replace(",", ".")).quantize(Decimal(1), ROUND_HALF_UP))


def read_whole(cell: Cell | Formula) -> int | None:
    """A whole number. Raises `CellError`."""
    text = re.sub(r"\s", "", as_text(cell)).replace("−", "-")
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,12}(?:[.,]0+)?", text):
        raise CellError(NOT_WHOLE)
    return int(re.split(r"[.,]", text)[0])


def read_length(cell: Cell | Formula) -> dict[str, Any] | None:
    """A time of notice as the rules of dates write it; a bare number is months. Raises `CellError`."""
    text = as_text(cell).replace("−", "-")
    if not text:
        return None
    sign = -1 if text.startswith("-") else 1
    found = LENGTH.fullmatch(text.removeprefix("-").strip())
    unit = find_code("unit", found[2] or "months") if found else None
    if found is None or unit is None:
        raise CellError(NOT_A_LENGTH)
    return {"n": sign * int(re.split(r"[.,]", found[1])[0]), "unit": unit}


def read_word(cell: Cell | Formula, *, of: str, language: str = "sv") -> str:
    """A code of one of the closed lists, by any of its words; empty when the cell is. Raises `CellError`."""
    text = as_text(cell)
    if not text:
        return ""
    code = find_code(of, text)
    if code is None:
        known = ", ".join(label(of, one, language) for one in words(of))
        raise CellError(UNKNOWN_WORD, words=known)
    return code


def read_words(cell: Cell | Formula, *, of: str) -> list[str]:
    """Codes of a list in the list's order, written with ; or a line break between. Raises `CellError`."""
    parts = [part.strip() for part in re.split(r"[;\n|]", as_text(cell)) if part.strip()]
    found = {read_word(part, of=of) for part in parts}
    return [code for code in words(of) if code in found]


def read_yes_no(cell: Cell | Formula) -> bool | None:
    """Yes, no, or None for an empty cell. Raises `CellError`."""
    code = read_word(cell, of="yes_no")
    return None if not code else code == "yes"


def read(cell: Cell | Formula, how: Callable[..., Any], **options: Any) -> tuple[Any, CellError | None]:
    """The value, or None and what is wrong with the cell."""
    try:
        return how(cell, **options), None
    except CellError as error:
        return None, error
