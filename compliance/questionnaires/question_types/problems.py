"""Step 2, questionnaires: what can be wrong with an answer as typed, in translatable sentences."""

from collections.abc import Mapping
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
})  # fmt: skip


class BadValueError(ValueError):
    """What was typed cannot be taken. `sentence` is English with `%(name)s` places that `params` fill."""

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
