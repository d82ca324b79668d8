"""Fields that staff forms share: they refuse in plain words and keep what was typed."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, StopValidation

from compliance.web.received import row_id

NEEDED = lazy_gettext("Fill this in.")
CHOOSE = lazy_gettext("Choose one.")


class DayField(DateField):  # type: ignore[misc]
    """A calendar day, posted as YYYY-MM-DD."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the day; what is no day is refused in our own words."""
        written = [value.strip() for value in valuelist if value.strip()]
        try:
            super().process_formdata(written)
        except ValueError:
            raise ValueError(gettext("Write a day that exists, as 2026-12-31.")) from None


class WholeNumberField(IntegerField):  # type: ignore[misc]
    """A whole number; spaces between groups of digits are fine."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the number; letters and decimals are refused in our own words."""
        cleaned = ["".join(value.split()) for value in valuelist]
        if not any(cleaned):
            return
        try:
            super().process_formdata(cleaned)
        except ValueError:
            raise ValueError(gettext("Write a whole number, in figures.")) from None


class TrimmedField(StringField):  # type: ignore[misc]
    """A line of text without the space around it."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the text."""
        super().process_formdata([value.strip() for value in valuelist])


class CheckField(BooleanField):  # type: ignore[misc]
    """One box to tick."""


class ChoiceField(SelectField):  # type: ignore[misc]
    """One of a list; something that is not on it is refused in our own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"validate_choice": False, **kwargs})

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not on the list."""
        del form
        if self.data not in [value for value, *_ in self.iter_choices()]:
            raise StopValidation(str(CHOOSE))


class PickField(RadioField):  # type: ignore[misc]
    """One of a few, each with a button; something that is not among them is refused in our own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"invalid_choice_message": CHOOSE, **kwargs})


def number_of(text: str) -> int:
    """The row or revision that a hidden field names; -1 when it names none."""
    try:
        return row_id(text)
    except ValueError:
        return -1


def offered(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Choices from (code, text) pairs."""
    return [SelectChoice(code, text) for code, text in pairs]


class Needed:
    """The field must be filled in; blanks do not count. What was typed but not understood has its own message."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, message: Any = NEEDED) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse an empty field."""
        del form
        if not any(str(value).strip() for value in field.raw_data or ()):
            field.errors = []
            raise StopValidation(str(self.message))


def at_most(length: int) -> Length:
    """So many characters at most; tells how many when it refuses."""
    return Length(max=length, message=lazy_gettext("Write at most %(number)s characters.", number=length))
