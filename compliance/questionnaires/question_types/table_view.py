"""Step 2, questionnaires: a table as it is drawn, to be filled in or to be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from compliance.questionnaires.model import Column, Figure, TableRule
from compliance.questionnaires.question_types.identities import country_names
from compliance.questionnaires.question_types.numbers import written
from compliance.questionnaires.question_types.problems import BadValueError
from compliance.questionnaires.question_types.rows import Cells, cells_of, shown

MILLION = Decimal(1_000_000)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: its column, the column's words, what stands in it, and whether it still has to be filled in."""

    column: Column
    label: str
    text: str
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class FigureView:
    """A number worked out from the rows, and what it was made of, in words."""

    label: str
    text: str
    made_of: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table in one language. `more` says whether another row may be added."""

    columns: tuple[str, ...]
    rows: tuple[tuple[CellView, ...], ...]
    figures: tuple[FigureView, ...] = ()
    more: bool = False
    countries: tuple[str, ...] = ()


def to_fill_in(typed: Sequence[str], rule: TableRule, language: str) -> TableView:
    """What was typed, as it was typed; at least the rows that are needed, and an empty one while more may come."""
    rows = [cells for text in typed if (cells := _as_typed(text))]
    empty = max(rule.min_rows - len(rows), 1 if len(rows) < rule.max_rows else 0)
    drawn = [_typed_row(row, rule, language) for row in (*rows, *[{}] * empty)]
    has_countries = any(column.type == "country" for column in rule.columns)
    return TableView(
        columns=_labels(rule, language),
        rows=tuple(drawn),
        more=len(drawn) < rule.max_rows,
        countries=tuple(country_names(language).values()) if has_countries else (),
    )


def filled_in(rows: Sequence[Cells], rule: TableRule, language: str) -> TableView:
    """The rows in words, and the figures of all of them together."""
    figures = (_figure(figure, rows, rule, language) for figure in rule.figures)
    return TableView(
        columns=_labels(rule, language),
        rows=tuple(_read_row(row, rule, language) for row in rows),
        figures=tuple(figure for figure in figures if figure),
    )


def _labels(rule: TableRule, language: str) -> tuple[str, ...]:
    return tuple(column.label.to(language) for column in rule.columns)


def _as_typed(text: str) -> Cells:
    try:
        return cells_of(text)
    except BadValueError:
        return {}


def _typed_row(row: Cells, rule: TableRule, language: str) -> tuple[CellView, ...]:
    return tuple(
        CellView(
            column=column,
            label=column.label.to(language),
            text=_as_people_type(row.get(column.code, ""), column, language),
            lacking=bool(row) and column.required and not row.get(column.code, "").strip(),
        )
        for column in rule.columns
    )


def _as_people_type(text: str, column: Column, language: str) -> str:
    """A number with the comma of the language and a country by its name; anything else as it is."""
    if column.type == "country":
        return country_names(language).get(text, text)
    if column.type != "number" or (column.number and not column.number.grouped):
        return text
    try:
        return written(Decimal(text), language) if text.isascii() and "_" not in text else text
    except (InvalidOperation, ValueError):
        return text


def _read_row(row: Cells, rule: TableRule, language: str) -> tuple[CellView, ...]:
    return tuple(
        CellView(column, column.label.to(language), shown(row[column.code], column, language))
        if column.code in row
        else CellView(column, column.label.to(language), "")
        for column in rule.columns
    )


def _figure(figure: Figure, rows: Iterable[Cells], rule: TableRule, language: str) -> FigureView | None:
    """Over the rows that have every number it needs; None when that leaves nothing to work with."""
    codes = [code for code in (figure.of, figure.by) if code]
    usable = [row for row in rows if all(code in row for code in codes)]
    sums = {code: sum((Decimal(row[code]) for row in usable), Decimal(0)) for code in codes}
    label = figure.label.to(language)
    if figure.by is None:
        return FigureView(label, written(sums[figure.of], language)) if usable else None
    if not sums[figure.by]:
        return None
    rate = (sums[figure.of] * MILLION / sums[figure.by]).quantize(TENTH, ROUND_HALF_UP)
    parts = ((rule.column(code), sums[code]) for code in codes)
    made_of = ", ".join(
        f"{column.label.to(language)}: {written(n, language)}" for column, n in parts if column
    )
    return FigureView(label, written(rate, language), made_of)
