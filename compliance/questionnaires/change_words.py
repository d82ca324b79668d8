"""Step 2, questionnaires: a change between two versions told in both languages, question by question."""

from collections.abc import Iterator
from decimal import Decimal

from compliance.questionnaires.model import Option
from compliance.questionnaires.question_types.numbers import written
from compliance.questionnaires.versions import LABELS, Change
from compliance.questionnaires.vocabulary import vocabulary
from compliance.questionnaires.words import Text

QUOTED = ("name", "text")
"""Parts whose words before and after are told in full."""


def outcome_of(change: Change) -> Text:
    """What happened to the question and to its answer, in a few words."""
    if change.kind != "changed":
        return _words(change.kind)
    return _words("kept" if change.keeps_answer else "afresh")


def details_of(change: Change) -> tuple[Text, ...]:
    """What exactly differs, a sentence each; nothing for a question that is new, gone or only moved."""
    return tuple(sentence for part in change.parts for sentence in _details(part, change))


def _details(part: str, change: Change) -> Iterator[Text]:
    old, new = change.old, change.new
    if old is None or new is None:
        return
    if part in {"options", LABELS}:
        yield from _options(old.options, new.options)
        return
    named = vocabulary().wording["parts"][part]
    before, after = getattr(old, part), getattr(new, part)
    if part in QUOTED:
        yield _reworded(named, before, after)
    elif isinstance(before, Decimal) and isinstance(after, Decimal):
        yield _words("reworded").filled(part=named, before=_number(before), after=_number(after))
    else:
        yield _words("part_changed").filled(part=named)


def _reworded(named: Text, before: Text, after: Text) -> Text:
    """Both wordings; in a language whose words are the same, that the other one has new words."""
    told = _words("reworded").filled(part=named, before=before, after=after)
    elsewhere = _words("reworded_elsewhere").filled(part=named)
    return Text(
        sv=elsewhere.sv if before.sv == after.sv else told.sv,
        en=elsewhere.en if before.en == after.en else told.en,
    )


def _options(old: tuple[Option, ...], new: tuple[Option, ...]) -> Iterator[Text]:
    before, after = {one.code: one for one in old}, {one.code: one for one in new}
    for code, option in after.items():
        if code not in before:
            yield _words("option_added").filled(after=option.label)
        else:
            yield from _option(before[code], option)
    for code, option in before.items():
        if code not in after:
            yield _words("option_removed").filled(before=option.label)
    if list(before) != list(after) and set(before) == set(after):
        yield _words("options_reordered")


def _option(before: Option, after: Option) -> Iterator[Text]:
    if before.label.sv != after.label.sv or before.label.en != after.label.en:
        yield _words("option_reworded").filled(before=before.label, after=after.label)
    if before.model_copy(update={"label": after.label}) != after:
        yield _words("option_changed").filled(after=after.label)


def _words(code: str) -> Text:
    return vocabulary().wording["changes"][code]


def _number(value: Decimal) -> Text:
    return Text(sv=written(value, "sv"), en=written(value, "en"))
