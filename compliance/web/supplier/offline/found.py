"""The cells of a workbook as the answers they mean, and what is wrong with each cell that cannot be taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches

from flask_babel import gettext

from compliance.answers.routing import Item
from compliance.questionnaires.question_types.rows import as_text
from compliance.questionnaires.words import LANGUAGES, Text
from compliance.web.languages import current_language
from compliance.web.supplier.offline.marks import fingerprint
from compliance.web.supplier.offline.sheets import MANY, cell_choices, fixed_answers, ways_out
from compliance.web.supplier.posted import STATE, BadAnswerError, Typed, read
from compliance.web.workbooks.model import MARK, Found, FoundBook, FoundLine, FoundTable
from compliance.workflow.answering import Content

CHOSEN = frozenset({MARK, "ja", "yes", "true", "1", "✓", "✔"})
NOT_CHOSEN = frozenset({"", "nej", "no", "false", "0", "-"})
DAY_ZERO = date(1899, 12, 30)
SERIALS = range(18_264, 73_051)
"""Day numbers from 1950 to 2100, as a spreadsheet counts them."""

LONGEST_SHOWN = 60
MOST_SUGGESTED = 8


@dataclass(frozen=True)
class CellProblem:
    """A cell that cannot be taken: where it is, which question it belongs to, and why."""

    sheet: str
    place: str
    question: str
    text: str


@dataclass(frozen=True)
class FoundAnswer:
    """Everything in a workbook about one question."""

    line: FoundLine
    options: Mapping[str, Found] = field(default_factory=dict)
    table: FoundTable | None = None


def answers_in(book: FoundBook) -> dict[str, FoundAnswer]:
    """What a workbook says, by item. Of a row that stands there twice the last one counts: see `doubles_in`."""
    lines = {line.id: line for line in book.lines}
    tables = {table.id: table for table in book.tables}
    options: dict[str, dict[str, Found]] = {}
    for name, line in lines.items():
        item, sign, option = name.partition("#")
        if sign:
            options.setdefault(item, {})[option] = line.answer
    return {
        name: FoundAnswer(line, options.get(name, {}), tables.get(name))
        for name, line in lines.items()
        if "#" not in name
    }


def doubles_in(book: FoundBook) -> dict[str, FoundLine]:
    """Rows that stand in the workbook more than once, by item: which one is meant cannot be known."""
    seen: set[str] = set()
    doubled = {}
    for line in book.lines:
        if line.id in seen:
            doubled[line.id.partition("#")[0]] = line
        seen.add(line.id)
    return doubled


class Reader:
    """Reads what was found about one question; `problems` names every cell that cannot be taken."""

    def __init__(self, item: Item, found: FoundAnswer) -> None:
        self.item, self.question, self.found = item, item.question, found
        self.problems: list[CellProblem] = []
        self.places: dict[str, Found] = {
            "value": found.line.answer,
            "comment": found.line.comment,
            "na_reason": found.line.reason,
        }

    def content(self, *, on: date, known: str) -> Content | None:
        """What is answered; None when a cell stands in the way. `known` is the fingerprint of what was written."""
        values = [*self._values(known), *self._options(), *self._rows()]
        typed = Typed(
            tuple(values), self._plain(self.found.line.comment), self._plain(self.found.line.reason)
        )
        if typed.na_reason.strip() and f"{STATE}na_claimed" not in values:
            self._say(
                self.found.line.reason,
                gettext(
                    "A reason why the question does not apply stands here, but the answer does not say so."
                ),
            )
        if self.problems:
            return None
        try:
            return read(typed, self.item, on=on)
        except BadAnswerError as error:
            for name, text in error.messages.items():
                self._say(self.places.get(name, self.found.line.answer), text)
            return None

    def _values(self, known: str) -> list[str]:
        """The answer cell: what was chosen there, or what was written."""
        cell, question = self.found.line.answer, self.question
        text = self._plain(cell)
        if not text.strip() or cell.wrong:
            return []
        written = Content(state="answered", value=text.strip(), comment=self.found.line.comment.text)
        if question.type == "text" and fingerprint(written) == known:
            return [text]
        states = {STATE + state: label for state, label in ways_out(question).items()}
        choices = {**fixed_answers(question), **states}
        code = _code(text, choices)
        if code is not None:
            return [code]
        if question.type in {"text", "number", "date"}:
            return [_day(cell) if question.type == "date" else text]
        self._say(cell, _not_among(text, choices))
        return []

    def _options(self) -> list[str]:
        chosen = []
        for code, cell in self.found.options.items() if self.question.type == MANY else ():
            sign = self._plain(cell).strip().casefold()
            if sign in CHOSEN:
                chosen.append(code)
            elif sign not in NOT_CHOSEN and not cell.wrong:
                self._say(cell, gettext("Write x if this is right for you, or leave the cell empty."))
        return chosen

    def _rows(self) -> list[str]:
        rows: list[str] = []
        for cells in self.found.table.rows if self.found.table and self.question.table else ():
            for code, cell in cells.items():
                self.places[f"value-{len(rows)}-{code}"] = cell
            rows.append(as_text({code: self._table_cell(code, cell) for code, cell in cells.items()}))
        return rows

    def _table_cell(self, code: str, cell: Found) -> str:
        column = self.question.table.column(code) if self.question.table else None
        text = self._plain(cell)
        if column is None or not text.strip():
            return text
        choices = cell_choices(column)
        chosen = _code(text, choices)
        if chosen is None and column.options:
            self._say(cell, _not_among(text, choices))
        return chosen or (_day(cell) if column.type == "date" else text)

    def _plain(self, cell: Found) -> str:
        if cell.wrong == "formula":
            self._say(cell, gettext("The cell holds a formula. Write the answer itself."))
        elif cell.wrong == "error":
            self._say(cell, gettext("The cell holds an error of the spreadsheet. Write the answer itself."))
        return "" if cell.wrong else cell.text

    def _say(self, cell: Found, text: str) -> None:
        name = self.question.name.to(current_language())
        problem = CellProblem(cell.sheet, cell.place, name, text)
        if problem not in self.problems:
            self.problems.append(problem)


def _code(text: str, choices: Mapping[str, Text]) -> str | None:
    """The code of a choice written in either language, whatever its capitals and spaces."""
    wanted = _folded(text)
    return next(
        (
            code
            for code, label in choices.items()
            if wanted in {_folded(label.to(language)) for language in LANGUAGES}
        ),
        None,
    )


def _not_among(text: str, choices: Mapping[str, Text]) -> str:
    """What is wrong with a text that is none of the choices, with what may have been meant."""
    labels = [label.to(current_language()) for label in choices.values()]
    if not labels:
        return str(gettext("Nothing can be written here. Leave the cell empty."))
    shown = "".join(letter for letter in text.strip() if letter.isprintable())[:LONGEST_SHOWN]
    known = {
        _folded(label.to(language)): label.to(current_language())
        for label in choices.values()
        for language in LANGUAGES
    }
    near = get_close_matches(_folded(text)[:LONGEST_SHOWN], list(known), n=1, cutoff=0.5)
    if near:
        meant = gettext("Do you mean “%(label)s”?", label=known[near[0]])
    else:
        meant = gettext("Choose one of: %(labels)s.", labels=_listed(labels))
    told = gettext("“%(text)s” is not one of the answers.", text=shown)
    return f"{told} {meant}"


def _listed(labels: Iterable[str]) -> str:
    every = [f"“{label}”" for label in labels]
    return ", ".join(every[:MOST_SUGGESTED]) + (" …" if len(every) > MOST_SUGGESTED else "")


def _day(cell: Found) -> str:
    """A day; a spreadsheet may have turned it into its number of days."""
    if cell.number is not None and int(cell.number) in SERIALS:
        return (DAY_ZERO + timedelta(days=int(cell.number))).isoformat()
    return cell.text


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
