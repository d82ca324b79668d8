"""The facts of a document line by line: what the machine read, what people say, and what can be said about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import Request
from flask_babel import format_date, gettext

from compliance.evidence.checked import ADDABLE, AMBIGUOUS, DAYS, PROCURER, SEVERAL_VALUES, Role, other_order
from compliance.evidence.facts import FIELD_WORDS
from compliance.questionnaires.vocabulary import vocabulary
from compliance.storage.models import CheckedFact, Document, FactRow
from compliance.web.fact_places import fact_place
from compliance.web.fact_words import (
    DOCUMENT_TYPE,
    fact_confidence,
    fact_value,
    fact_warning,
    value_in_words,
)
from compliance.web.languages import current_language
from compliance.workflow.checking import Said

CONFIRM, CORRECT, ABSENT, DAY = "confirm", "correct", "absent", "day:"
NOT_CHECKED = frozenset({"part"})


@dataclass(frozen=True)
class PersonsWord:
    """What a person said about a fact: who's side, the value in words, whether it is the machine's, when."""

    role: str
    value: str
    agrees: bool
    is_absent: bool
    name: str
    moment: datetime


@dataclass(frozen=True)
class FactLine:
    """One fact. `row` is None where only people say it; `seen` is the revision of the reader's own side."""

    key: str
    field: str
    label: str
    value: str
    about: str
    row: FactRow | None
    place: str = ""
    quote: str = ""
    confidence: str = ""
    warning: str | None = None
    seen: int = 0
    own: str = ""
    words: tuple[PersonsWord, ...] = ()
    days: tuple[tuple[str, str], ...] = ()
    """The days that an unclear order of day and month may mean: as ISO, and in words."""

    is_day: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """What the value is chosen among; empty where it is typed."""

    checkable: bool = True

    @property
    def settled(self) -> bool:
        """Whether somebody on the reader's own side has said something."""
        return self.seen > 0


@dataclass(frozen=True)
class BadWord:
    """What was typed about a fact and could not be taken, with the reason; `key` is the line's."""

    key: str
    typed: str
    message: str


@dataclass(frozen=True)
class Told:
    """What a posted form says: about which line, and the word itself."""

    key: str
    said: Said
    typed: str = field(default="")


def fact_lines(document: Document, said: Iterable[CheckedFact], role: Role) -> list[FactLine]:
    """Every fact that answers for its field, each once; then what only people say."""
    said = list(said)
    rows = list(_once(document.facts))
    lines = [_line(document, row, said, role) for row in rows]
    told = {(line.field, line.about) for line in lines}
    alone = {(word.field, word.about): word for word in said if not _shown(word, rows, told)}
    return [*lines, *(_alone(word, said, role) for word in alone.values())]


def addable(lines: Sequence[FactLine]) -> list[tuple[str, str]]:
    """Fields of which nothing was read and nobody said anything: name and words."""
    known = {line.field for line in lines}
    return [(name, str(gettext(FIELD_WORDS[name]))) for name in ADDABLE if name not in known]


def told_in(request: Request) -> Told | None:
    """What was posted about one fact; None when no button was pressed."""
    form = request.form
    done, name, about = form.get("do", ""), form.get("field", ""), form.get("about", "")
    key = form.get("line", "")
    typed = form.get(f"value-{key}", "")
    value = {CONFIRM: about, CORRECT: typed, ABSENT: None}.get(done, "")
    if done.startswith(DAY):
        value = done.removeprefix(DAY)
    elif done not in {CONFIRM, CORRECT, ABSENT}:
        return None
    seen = form.get("seen", 0, type=int)
    return Told(key, Said(field=name, about=about, value=value, seen=min(seen, 2**31 - 1)), typed)


def day_in_words(value: str) -> str:
    """3 April 2026."""
    return str(format_date(date.fromisoformat(value), "d MMMM y"))


def _once(rows: Iterable[FactRow]) -> Iterator[FactRow]:
    seen: set[tuple[str, str, int | None]] = set()
    for row in rows:
        key = (row.field, row.value, row.page if row.field == "part" else None)
        if row.is_answer and row.field in FIELD_WORDS and key not in seen:
            seen.add(key)
            yield row


def _line(document: Document, row: FactRow, said: Sequence[CheckedFact], role: Role) -> FactLine:
    words = [word for word in said if word.field == row.field and word.about == row.value[:300]]
    if not words and row.field not in SEVERAL_VALUES and _first_of(document, row):
        values = {fact.value[:300] for fact in document.facts}
        words = [word for word in said if word.field == row.field and word.about and word.about not in values]
    own = next((word for word in words if word.role == role and word.about == row.value[:300]), None)
    return FactLine(
        key=str(row.id),
        field=row.field,
        label=str(gettext(FIELD_WORDS[row.field])),
        value=fact_value(row),
        about=row.value[:300],
        row=row,
        place=fact_place(row, document.file.media_type),
        quote=row.quote,
        confidence=fact_confidence(row),
        warning=fact_warning(row),
        seen=own.revision if own else 0,
        own=own.value if own else row.value,
        words=tuple(_word(word) for word in words),
        days=_days(row),
        is_day=row.field in DAYS,
        choices=_kinds() if row.field == DOCUMENT_TYPE else (),
        checkable=row.field not in NOT_CHECKED,
    )


def _kinds() -> tuple[tuple[str, str], ...]:
    language = current_language()
    return tuple((code, words.to(language)) for code, words in vocabulary().documents.items())


def _first_of(document: Document, row: FactRow) -> bool:
    """Whether a row is the answer for its field: words about what an earlier reading gave now stand beside it."""
    return next(one for one in document.facts if one.field == row.field and one.is_answer) is row


def _alone(word: CheckedFact, said: Sequence[CheckedFact], role: Role) -> FactLine:
    words = [one for one in said if (one.field, one.about) == (word.field, word.about)]
    own = next((one for one in words if one.role == role), None)
    return FactLine(
        key=f"word-{word.id}",
        field=word.field,
        label=str(gettext(FIELD_WORDS[word.field])),
        value=str(gettext("Not read by machine")),
        about=word.about,
        row=None,
        seen=own.revision if own else 0,
        own=own.value if own else "",
        words=tuple(_word(one) for one in words),
        is_day=word.field in DAYS,
    )


def _shown(word: CheckedFact, rows: Sequence[FactRow], told: set[tuple[str, str]]) -> bool:
    """Whether a word stands at a line of the machine's already."""
    if (word.field, word.about) in told:
        return True
    return (
        word.field not in SEVERAL_VALUES and bool(word.about) and any(row.field == word.field for row in rows)
    )


def _word(word: CheckedFact) -> PersonsWord:
    return PersonsWord(
        role=word.role,
        value=value_in_words(word.field, word.value),
        agrees=bool(word.value) and word.value == word.about,
        is_absent=not word.value,
        name=word.said_by.name if word.said_by is not None and word.role == PROCURER else "",
        moment=word.said_at,
    )


def _days(row: FactRow) -> tuple[tuple[str, str], ...]:
    other = other_order(row.value) if AMBIGUOUS in row.warnings and row.field in DAYS else None
    return tuple((day, day_in_words(day)) for day in sorted((row.value, other))) if other else ()
