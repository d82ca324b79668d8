"""Step 2, questionnaires: what a questionnaire is made of, frozen and typed."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from compliance.questionnaires.conditions import Condition
from compliance.questionnaires.value_rules import Credit, DateRule, NumberRule, TextRule, UploadRule
from compliance.questionnaires.words import Frozen, Text

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
TypeName = Literal["yes_partly_no", "one_of", "many_of", "number", "date", "text", "upload", "table"]
ColumnType = Literal["text", "number", "date", "one_of", "organisation_number", "country"]


class Area(StrEnum):
    """The three areas a purchasing policy names; their order is the order of the form."""

    HUMAN_RIGHTS = "human_rights"
    WORKING_CONDITIONS = "working_conditions"
    WORK_ENVIRONMENT = "work_environment"


class Criticality(StrEnum):
    """How much hangs on an answer, lowest first; `info` is never scored."""

    INFO = "info"
    MINOR = "minor"
    MAJOR = "major"
    ZERO_TOLERANCE = "zero_tolerance"


class Scope(StrEnum):
    """Asked once for the company, or once for each contract of the assessment."""

    COMPANY = "company"
    CONTRACT = "contract"


class Help(Frozen):
    """Why we ask, and what counts as yes (or as a right answer)."""

    why: Text = Text()
    counts: Text | None = None


class Reference(Frozen):
    """Where the duty comes from: a source in `vocabulary/sources.yaml` and the place in it."""

    source: str
    at: str | Text = ""


class Option(Frozen):
    """One choice. `exclusive` cannot be combined with others; `needs_comment` asks for an explanation."""

    code: Code
    label: Text = Text()
    credit: Credit | None = None
    criticality: Criticality | None = None
    exclusive: bool = False
    needs_comment: bool = False


class Column(Frozen):
    """One column of a table. Its type reads `options`, `number`, `date` or `text_rule` as a question does."""

    code: Code
    label: Text = Text()
    type: ColumnType
    required: bool = True
    options: tuple[Option, ...] = ()
    number: NumberRule | None = None
    date: DateRule | None = None
    text_rule: TextRule | None = None


class Figure(Frozen):
    """A number worked out from number columns: shown with what it is made of, never scored.

    `sum` adds up `of`; `per_million` is `of` for every million of `by`, such as injuries per million hours.
    """

    label: Text = Text()
    rule: Literal["sum", "per_million"]
    of: str
    by: str | None = None


class TableCredit(Frozen):
    """What each row is worth, once no required cell is empty; a table is worth their mean, or the lowest of them.

    `filled`: 1, or with `column` only where that one is filled in too; `options`: the credit of the option chosen in
    `column`; `not_passed`: 1 while the day in `column` has not passed (or never comes), else 0.
    """

    by: Literal["filled", "options", "not_passed"]
    column: str | None = None
    rows: Literal["mean", "lowest"] = "mean"


class TableRule(Frozen):
    """Columns, how many rows, and what they are worth. `none` offers "nothing to report", worth 1."""

    columns: tuple[Column, ...] = Field(min_length=1)
    min_rows: int = Field(default=1, gt=0, le=100)
    max_rows: int = Field(default=20, gt=0, le=100)
    none: Text | None = None
    figures: tuple[Figure, ...] = ()
    credit: TableCredit | None = None

    def column(self, code: str | None) -> Column | None:
        """The column with a code, or None."""
        return next((column for column in self.columns if column.code == code), None)


class Comparison(Frozen):
    """A fact of the document that is held against the answer to a question."""

    fact: Literal[
        "holder", "standard", "certificate_number", "issuer", "issued_on", "valid_until", "next_review"
    ]
    answer: str


class Evidence(Frozen):
    """Which documents prove the answer, and when they are expected rather than given on request.

    `kinds` and `expected` are named in `vocabulary/documents.yaml` and `vocabulary/expectations.yaml`.
    """

    kinds: tuple[str, ...] = Field(min_length=1)
    expected: str
    standard: str | None = None
    max_age_months: int | None = Field(default=None, gt=0)
    minutes: Decimal = Field(default=Decimal(2), ge=0)
    compare: tuple[Comparison, ...] = ()


class Action(Frozen):
    """What we ask for when the answer falls short, and within how many days."""

    text: Text
    days: int = Field(ge=0, le=365)


class Question(Frozen):
    """One question. `minutes` is what it takes to answer; proof has its own.

    `afresh_since` is the version in which the same words came to mean something else: earlier answers end there.
    """

    id: Code
    type: TypeName
    name: Text = Text()
    text: Text = Text()
    help: Help = Help()
    references: tuple[Reference, ...] = ()
    criticality: Criticality
    bonus: bool = False
    scope: Scope = Scope.COMPANY
    when: Condition | None = None
    required: bool = True
    dont_know_allowed: bool = True
    na_allowed: bool = False
    afresh_since: int | None = Field(default=None, gt=1)
    minutes: Decimal = Field(default=Decimal("0.5"), gt=0)
    options: tuple[Option, ...] = ()
    credit_when_answered: Credit | None = None
    number: NumberRule | None = None
    date: DateRule | None = None
    text_rule: TextRule | None = None
    upload: UploadRule | None = None
    table: TableRule | None = None
    evidence: Evidence | None = None
    action: Action | None = None

    @property
    def scored(self) -> bool:
        """Whether the answer is worth points."""
        return self.criticality is not Criticality.INFO

    def option(self, code: str) -> Option | None:
        """The option with a code, or None."""
        return next((option for option in self.options if option.code == code), None)


class Section(Frozen):
    """Questions that belong together on a page."""

    id: Code
    title: Text = Text()
    intro: Text | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


class Contradiction(Frozen):
    """Answers that cannot both be right: shown with links to the questions before submission."""

    id: Code
    when: Condition
    text: Text = Text()
    questions: tuple[str, ...] = Field(min_length=1)


class LeaveOut(Frozen):
    """Questions that a company is spared when the condition holds, by how much hangs on them."""

    criticality: tuple[Criticality, ...] = Field(min_length=1)
    when: Condition


class ProfileRef(Frozen):
    """The profile questionnaire that conditions look at."""

    questionnaire: str
    version: int


class Questionnaire(Frozen):
    """One version of a questionnaire. Without an area it is a profile: it decides, and is not scored."""

    key: Code
    version: int = Field(gt=0)
    status: Literal["draft", "released"]
    released_on: date | None = None
    area: Area | None = None
    profile: ProfileRef | None = None
    title: Text = Text()
    intro: Text = Text()
    leave_out: tuple[LeaveOut, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order of the form."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def looked_at(self) -> frozenset[str]:
        """The questions whose answers decide anything beyond themselves: what is asked, spared, or contradicts."""
        rules = (
            *(question.when for question in self.questions),
            *(spared.when for spared in self.leave_out),
            *(contradiction.when for contradiction in self.contradictions),
        )
        named = {one.subject[1] for rule in rules if rule is not None for one in rule.comparisons()}
        return frozenset(named.union(*(contradiction.questions for contradiction in self.contradictions)))

    def question(self, question_id: str) -> Question | None:
        """The question with an id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)
