"""Step 2, questionnaires: checks of tables: their columns, figures and what rows are worth."""

from collections.abc import Iterator

from compliance.questionnaires.mistakes import Flaw, Path_
from compliance.questionnaires.model import (
    Column,
    Figure,
    Option,
    Question,
    Questionnaire,
    TableCredit,
    TableRule,
)
from compliance.questionnaires.surroundings import QuestionCheck, Surroundings
from compliance.questionnaires.words import Text

LEAST_OPTIONS = 2
RULES = {"number": "number", "date": "date", "one_of": "options", "text": "text_rule"}
"""The part of a column that each type reads; the other types read none."""

CREDIT_COLUMNS = {"options": "one_of", "not_passed": "date"}
NOT_IN_CELLS = ("criticality", "exclusive", "needs_comment")


def table_words(table: TableRule) -> Iterator[tuple[Text, Path_]]:
    """Every text of a table that is shown, with its place inside the question."""
    if table.none:
        yield table.none, ("table", "none")
    for f, figure in enumerate(table.figures):
        yield figure.label, ("table", "figures", f, "label")
    for c, column in enumerate(table.columns):
        here = ("table", "columns", c)
        yield column.label, (*here, "label")
        for o, option in enumerate(column.options):
            yield option.label, (*here, "options", o, "label")
        if column.number and column.number.unit:
            yield column.number.unit, (*here, "number", "unit")
        if column.date and column.date.never:
            yield column.date.never, (*here, "date", "never")


def _table(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    table = question.table
    if question.type == "table" and table is None:
        yield Flaw(("table",), "no_columns")
    if table is None:
        return
    if table.min_rows > table.max_rows:
        yield Flaw(("table",), "rows_reversed", {"low": table.min_rows, "high": table.max_rows})
    yield from _columns(table)
    for f, figure in enumerate(table.figures):
        yield from _figure(figure, table, ("table", "figures", f))
    if table.credit:
        yield from _credit(table.credit, table)


def _columns(table: TableRule) -> Iterator[Flaw]:
    codes = [column.code for column in table.columns]
    for c, column in enumerate(table.columns):
        here: Path_ = ("table", "columns", c)
        if column.code in codes[:c]:
            yield Flaw((*here, "code"), "doubled_column", {"code": column.code})
        yield from _rule_of_column(column, here)
        yield from _options(column, table, here)


def _rule_of_column(column: Column, here: Path_) -> Iterator[Flaw]:
    kind = f"column {column.type}"
    for name in RULES.values():
        if getattr(column, name) and RULES.get(column.type) != name:
            yield Flaw((*here, name), "unwanted", {"field": name, "type": kind})
    number = column.number
    if number and number.min is not None and number.max is not None and number.min > number.max:
        yield Flaw((*here, "number"), "range_reversed", {"low": number.min, "high": number.max})
    for name, rule in (("number", column.number), ("date", column.date)):
        if rule and rule.steps:
            yield Flaw((*here, name, "steps"), "unwanted", {"field": "steps", "type": kind})


def _options(column: Column, table: TableRule, here: Path_) -> Iterator[Flaw]:
    if column.type == "one_of" and len(column.options) < LEAST_OPTIONS:
        yield Flaw((*here, "options"), "no_options", {"type": "column one_of", "least": LEAST_OPTIONS})
    codes = [option.code for option in column.options]
    counts = table.credit is not None and table.credit.by == "options" and table.credit.column == column.code
    for o, option in enumerate(column.options):
        if option.code in codes[:o]:
            yield Flaw((*here, "options", o), "doubled_option", {"code": option.code})
        yield from _option(option, (*here, "options", o), counts=counts)


def _option(option: Option, here: Path_, *, counts: bool) -> Iterator[Flaw]:
    for name in NOT_IN_CELLS:
        if getattr(option, name):
            yield Flaw((*here, name), "unwanted", {"field": name, "type": "column one_of"})
    if counts and option.credit is None:
        yield Flaw(here, "credit_missing", {"code": option.code})
    if not counts and option.credit is not None:
        yield Flaw((*here, "credit"), "credit_in_other_column", {"code": option.code})


def _figure(figure: Figure, table: TableRule, here: Path_) -> Iterator[Flaw]:
    for name in ("of", "by"):
        code = getattr(figure, name)
        column = table.column(code)
        if code is not None and (column is None or column.type != "number"):
            yield Flaw((*here, name), "not_a_number_column", {"code": code})
    if (figure.rule == "per_million") != (figure.by is not None):
        yield Flaw(here, "figure_shape", {"rule": figure.rule})


def _credit(credit: TableCredit, table: TableRule) -> Iterator[Flaw]:
    here: Path_ = ("table", "credit")
    wanted, column = CREDIT_COLUMNS.get(credit.by), table.column(credit.column)
    if wanted is None and credit.column is not None and column is None:
        yield Flaw((*here, "column"), "credit_column", {"by": credit.by, "wanted": "any"})
    if wanted is not None and (column is None or column.type != wanted):
        yield Flaw(here, "credit_column", {"by": credit.by, "wanted": wanted})


TABLE_CHECKS: tuple[QuestionCheck, ...] = (_table,)
