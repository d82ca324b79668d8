"""Step 2, questionnaires: what can be wrong with an answer as typed, in translatable sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from compliance.questionnaires.words import Text


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


SENTENCES: Mapping[str, str] = MappingProxyType({
    "too_many_values": N_("Give one answer only."),
    "unknown_option": N_("Choose one of the options."),
    "exclusive_option": N_("“%(option)s” cannot be combined with other options. Choose one or the other."),
    "not_a_number": N_("Write a number with digits, for example 12."),
    "not_whole": N_("Write a whole number, without decimals."),
    "too_many_decimals": N_("Write at most %(decimals)s decimals."),
    "number_too_small": N_("Write a number that is at least %(min)s."),
    "number_too_large": N_("Write a number that is at most %(max)s."),
    "not_a_date": N_("Write the date as year-month-day, for example 2026-03-12."),
    "no_such_day": N_("That day does not exist. Check the day and the month."),
    "ambiguous_date": N_(
        "Day and month could be the other way round. Write the date as year-month-day, for example "
        "2026-03-12."
    ),
    "date_in_future": N_("The date cannot be later than today."),
    "date_too_early": N_("The date cannot be earlier than %(earliest)s."),
    "text_too_long": N_("Write at most %(max)s characters. You have written %(length)s."),
    "unreadable_text": N_(
        "The text contains characters that cannot be stored. Remove them or write the text again."
    ),
    "too_many_files": N_("Give at most %(max)s documents."),
    "unknown_document": N_("Upload the document again."),
    "unreadable_table": N_("The table could not be read. Fill it in again."),
    "too_many_rows": N_("Give at most %(max)s rows. You have given %(count)s."),
    "rows_and_none": N_("You have both ticked “%(none)s” and filled in rows. Choose one or the other."),
    "cells": N_("Look at row %(row)s, “%(column)s”: what is written there cannot be taken."),
    "organisation_number": N_(
        "Write an organisation number with ten digits, or a foreign VAT number with the letters of its country."
    ),
    "organisation_number_digit": N_("The last digit does not match. Check the organisation number."),
    "personal_number": N_(
        "This looks like a personal identity number. Leave the cell empty if the company is a sole trader."
    ),
    "vat_number": N_("This is not a VAT number of that country. Check it against an invoice."),
    "unknown_country": N_("We do not know this country. Write its name, or its two letters."),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table: the row as people count (from 1), its column in words, the end of the field's name."""

    row: int
    column: Text
    field: str


class BadValueError(ValueError):
    """What was typed cannot be taken. `sentence` is English with `%(name)s` places that `params` fill.

    `place` is the cell when it stands in a table.
    """

    place: Place | None = None

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.sentence = SENTENCES[code]
        self.params = params
        super().__init__(self.sentence % self.values("en"))

    def values(self, language: str) -> dict[str, object]:
        """What fills the sentence, in a language."""
        return {
            key: value.to(language) if isinstance(value, Text) else value
            for key, value in self.params.items()
        }

    @property
    def problems(self) -> tuple["BadValueError", ...]:
        """Every single problem: of a table one for each cell that cannot be taken, else this one."""
        return (self,)


class BadTableError(BadValueError):
    """Cells of a table cannot be taken. Its own sentence names the first; `problems` has them all, with places."""

    def __init__(self, cells: tuple[BadValueError, ...]) -> None:
        self._cells = cells
        first = cells[0].place
        super().__init__("cells", row=first.row if first else 0, column=first.column if first else "")

    def __str__(self) -> str:
        """All of them, in English."""
        told = ((cell.place, str(cell)) for cell in self._cells)
        return " ".join(f"Row {at.row}, {at.column.en}: {text}" if at else text for at, text in told)

    @property
    def problems(self) -> tuple[BadValueError, ...]:
        """The problem of each cell."""
        return self._cells
