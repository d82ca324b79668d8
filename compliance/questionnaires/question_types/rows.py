"""Step 2, questionnaires: the rows of a table as text, as cells, and as the fields of a form."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

from compliance.questionnaires.model import Column, Criticality, Question, TableRule
from compliance.questionnaires.question_types.base import QuestionType, single
from compliance.questionnaires.question_types.choices import OneOf
from compliance.questionnaires.question_types.dates import Day
from compliance.questionnaires.question_types.identities import Country, OrganisationNumber
from compliance.questionnaires.question_types.numbers import Number
from compliance.questionnaires.question_types.problems import BadTableError, BadValueError, Place
from compliance.questionnaires.question_types.texts import FreeText
from compliance.questionnaires.value_rules import TextRule

Cells = Mapping[str, str]
"""One row: what stands in each column, by its code; an empty cell is left out."""

CELL_TYPES: Mapping[str, QuestionType] = MappingProxyType({
    kind.name: kind for kind in (FreeText(), Number(), Day(), OneOf(), OrganisationNumber(), Country())
})  # fmt: skip
LONGEST_CELL = 200
CELL_FIELD = re.compile(r"-([0-9]{1,5})-([a-z][a-z0-9_]{1,59})")


def posted_rows(fields: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    """The rows in the fields of a form, where each cell is a field `<name>-<row>-<column>`, rows from 0.

    What was typed stays as it is, so that it can be shown again; rows without anything in them are left out. A cell
    with two fields (a day, and a box for "no day") holds what was given in both.
    """
    rows: dict[int, dict[str, str]] = {}
    for key, text in fields:
        field = CELL_FIELD.fullmatch(key, len(name)) if key.startswith(name) else None
        if field:
            cells = rows.setdefault(int(field[1]), {})
            cells[field[2]] = " ".join(filter(None, (cells.get(field[2]), text)))
    return tuple(
        as_text(rows[number]) for number in sorted(rows) if any(map(str.strip, rows[number].values()))
    )


def as_text(cells: Cells) -> str:
    """A row as it is kept."""
    return json.dumps(dict(cells), ensure_ascii=False, separators=(",", ":"))


def cells_of(text: str) -> Cells:
    """A row in its cells. Raises BadValueError when it is none."""
    try:
        cells = json.loads(text)
    except (ValueError, RecursionError):
        raise BadValueError("unreadable_table") from None
    if not isinstance(cells, dict) or not all(isinstance(cell, str) for cell in cells.values()):
        raise BadValueError("unreadable_table")
    return cells


@cache
def as_question(column: Column) -> Question:
    """A column as the question that each of its cells answers."""
    return Question(
        id=column.code,
        type="text",
        criticality=Criticality.INFO,
        options=column.options,
        number=column.number,
        date=column.date,
        text_rule=column.text_rule or TextRule(max_length=LONGEST_CELL),
    )


def read_rows(texts: Sequence[str], rule: TableRule, *, on: date) -> Iterator[Cells]:
    """The rows that hold anything, each cell as its column keeps it. Raises BadTableError with every problem."""
    typed = [cells for text in texts if (cells := cells_of(text))]
    if any(rule.column(code) is None for cells in typed for code in cells):
        raise BadValueError("unreadable_table")
    problems: list[BadValueError] = []
    rows = [_read_row(cells, number, rule, on, problems) for number, cells in enumerate(typed)]
    if problems:
        raise BadTableError(tuple(problems))
    return (row for row in rows if row)


def _read_row(
    typed: Cells, number: int, rule: TableRule, on: date, problems: list[BadValueError]
) -> dict[str, str]:
    row: dict[str, str] = {}
    for column in rule.columns:
        try:
            value = CELL_TYPES[column.type].parse([typed.get(column.code, "")], as_question(column), on=on)
        except BadValueError as problem:
            problem.place = Place(number + 1, column.label, f"-{number}-{column.code}")
            problems.append(problem)
        else:
            if value is not None:
                row[column.code] = single(value)
    return row


def shown(text: str, column: Column, language: str) -> str:
    """A cell in words."""
    return CELL_TYPES[column.type].show(text, as_question(column), language)
