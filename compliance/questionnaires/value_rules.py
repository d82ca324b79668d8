"""Step 2, questionnaires: what values a number, date, text or upload may take, and what they are worth."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from compliance.questionnaires.words import Frozen, Text

Credit = Annotated[Decimal, Field(ge=0, le=1)]


class NumberStep(Frozen):
    """Credit from (`at_least`) or up to (`at_most`) a number; the first step that fits counts."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    credit: Credit


class NumberRule(Frozen):
    """What numbers are taken, and what they are worth; no step that fits is worth nothing.

    `grouped` sets thousands apart when the number is shown: right for amounts, wrong for years.
    """

    min: Decimal | None = None
    max: Decimal | None = None
    decimals: int = Field(default=0, ge=0, le=6)
    grouped: bool = True
    unit: Text | None = None
    steps: tuple[NumberStep, ...] = ()


class DateStep(Frozen):
    """Credit for a date at most so many months before it is judged; the first step that fits counts."""

    within_months: int = Field(gt=0)
    credit: Credit


class DateRule(Frozen):
    """What dates are taken, and what they are worth. `never` offers "has not been done", worth nothing."""

    earliest: date = date(1950, 1, 1)
    future: bool = False
    never: Text | None = None
    steps: tuple[DateStep, ...] = ()


class TextRule(Frozen):
    """How much may be written, and whether on several lines."""

    max_length: int = Field(default=2000, gt=0, le=20000)
    lines: int = Field(default=1, gt=0, le=20)


class UploadRule(Frozen):
    """How many documents may be given."""

    max_files: int = Field(default=5, gt=0, le=50)
