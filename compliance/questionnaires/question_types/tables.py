"""Step 2, questionnaires: answers that are rows of a table."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from compliance.questionnaires.model import Question, TableCredit, TableRule
from compliance.questionnaires.question_types.base import QuestionType, Value
from compliance.questionnaires.question_types.dates import NEVER
from compliance.questionnaires.question_types.problems import BadValueError
from compliance.questionnaires.question_types.rows import Cells, as_text, cells_of, read_rows, shown
from compliance.questionnaires.question_types.table_view import TableView, filled_in, to_fill_in

NONE = "none"
"""The value of "nothing to report", where the question offers it."""

BETWEEN_CELLS, BETWEEN_ROWS = ", ", "; "


class Table(QuestionType):
    """Rows; each is kept as one line of JSON with the cells that are filled in, in the order of the columns.

    In a form every cell is a field of its own, `<name>-<row>-<column>` with rows from 0, such as `value-0-company`
    (`rows.posted_rows` makes rows of them); the field `<name>` itself may hold `none`. Empty rows are left out, and
    the page always shows one more, so that "add a row" is a button that saves and needs no script. A row may lack
    cells while it is being filled in: it is kept, but answers nothing until it is `complete`.
    """

    name = "table"
    setting = "table"
    credited_by = "rows"
    multiple = True

    def parse(self, posted: Sequence[str], question: Question, *, on: date) -> Value | None:
        """The rows. Raises BadTableError with the problem of each cell."""
        rule = rule_of(question)
        given = [text for text in posted if text.strip()]
        texts = [text for text in given if text != NONE]
        if len(texts) > rule.max_rows:
            raise BadValueError("too_many_rows", max=rule.max_rows, count=len(texts))
        rows = tuple(as_text(row) for row in read_rows(texts, rule, on=on))
        if len(texts) == len(given):
            return rows or None
        if rule.none is None:
            raise BadValueError("unreadable_table")
        if rows:
            raise BadValueError("rows_and_none", none=rule.none)
        return (NONE,)

    def from_json(self, raw: Any, question: Question, *, on: date) -> Value | None:
        """Rows in JSON written by a person: a list of objects, or `none`."""
        items = raw if isinstance(raw, list | tuple) else [raw]
        return self.parse([_text(item) for item in items if item is not None], question, on=on)

    def show(self, value: Value, question: Question, language: str) -> str:
        """Each row with the names of its columns."""
        rule = rule_of(question)
        if _is_none(value):
            return rule.none.to(language) if rule.none else ""
        return BETWEEN_ROWS.join(_in_words(row, rule, language) for row in _rows(value))

    def complete(self, value: Value, question: Question) -> bool:
        """Whether there are rows enough and no required cell is empty."""
        rule = rule_of(question)
        needed = {column.code for column in rule.columns if column.required}
        rows = _rows(value)
        return _is_none(value) or (len(rows) >= rule.min_rows and all(needed <= row.keys() for row in rows))

    def credit(self, value: Value, question: Question, *, on: date) -> Decimal | None:
        """What the rows are worth by the table's rule; 1 for nothing to report."""
        rule = rule_of(question)
        if not question.scored or rule.credit is None:
            return None
        rows = _rows(value)
        if _is_none(value) or not rows:
            return Decimal(1)
        worth = [_worth(row, rule.credit, rule, on) for row in rows]
        return min(worth) if rule.credit.rows == "lowest" else sum(worth, Decimal(0)) / len(worth)

    def to_fill_in(self, typed: Sequence[str], question: Question, language: str) -> TableView:
        """The table as a form draws it: what was typed or saved, and one empty row more."""
        return to_fill_in([text for text in typed if text != NONE], rule_of(question), language)

    def filled_in(self, value: Value, question: Question, language: str) -> TableView:
        """The table as people read it, with its figures."""
        return filled_in(_rows(value), rule_of(question), language)


def rule_of(question: Question) -> TableRule:
    """The table of a question. Raises ValueError for a definition that was never checked."""
    if question.table is None:
        raise ValueError(f"{question.id} is no table")
    return question.table


def _text(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    return as_text({str(code): str(cell) for code, cell in item.items() if cell is not None})


def _is_none(value: Value) -> bool:
    return value in {NONE, (NONE,)}


def _rows(value: Value) -> list[Cells]:
    texts = (value,) if isinstance(value, str) else value
    return [cells_of(text) for text in texts if text != NONE]


def _in_words(row: Cells, rule: TableRule, language: str) -> str:
    told = (
        f"{column.label.to(language)}: {shown(row[column.code], column, language)}"
        for column in rule.columns
        if column.code in row
    )
    return BETWEEN_CELLS.join(told)


def _worth(row: Cells, credit: TableCredit, rule: TableRule, on: date) -> Decimal:
    column = rule.column(credit.column)
    if column is None:
        return Decimal(1)
    cell = row.get(column.code)
    if cell is None:
        return Decimal(0)
    if credit.by == "filled":
        return Decimal(1)
    if credit.by == "not_passed":
        return Decimal(cell == NEVER or cell >= on.isoformat())
    return next(
        (option.credit for option in column.options if option.code == cell and option.credit), Decimal(0)
    )
