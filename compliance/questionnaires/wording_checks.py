"""Step 2, questionnaires: checks of the words: both languages say the same, nothing private, nothing left to do."""

import re
from collections.abc import Iterator

from compliance.questionnaires.mistakes import Flaw, Path_
from compliance.questionnaires.model import Criticality, Question, Questionnaire
from compliance.questionnaires.surroundings import QuestionCheck, Surroundings, placed_questions
from compliance.questionnaires.words import Frozen, Text

THOUSANDS = re.compile(r"(?<=\d)[ ,\u00a0](?=\d{3})")
DIGITS = re.compile(r"\d+")
WORDS = re.compile(r"\w+")
SENTENCE = re.compile(r"(?<=[.?!:])\s+")
ALIKE_UP_TO = 2
"""Words that may be the same in both languages: a name, a standard, a unit."""

NOTE = re.compile(
    r"(?i)\b(?:todo|fixme|xxx+|tbd|lorem ipsum|check this|kolla(?:s)? upp|kontrollera källa\w*)\b|\?\?"
)
PRIVATE = re.compile(
    r"(?i)\b(?:personnummer|identity numbers?|belastningsregist\w*|brottsregist\w*|criminal records?|"
    r"facklig tillhörighet|fackmedlem\w*|medlem(?:mar)? i facket|union members?(?:hip)?|diagnos\w*|sjukdomshistori\w*|"
    r"medical histor\w*|sjukfrånvaro|sick leave)\b"
)
NEVER = re.compile(r"(?i)\b(?:aldrig|never|nothing|inget|inga|do not|inte)\b")
"""A sentence that says not to write or send something may name it."""


def check_wording(model: Questionnaire) -> Iterator[Flaw]:
    """Every flaw in how the questions of a questionnaire are worded, held against each other."""
    seen: dict[tuple[str, ...], str] = {}
    for path, question in placed_questions(model):
        words = tuple(WORDS.findall(question.text.sv.casefold()))
        if len(words) > ALIKE_UP_TO and words in seen:
            yield Flaw((*path, "text"), "same_text", {"other": seen[words]})
        seen.setdefault(words, question.id)
    ids = [contradiction.id for contradiction in model.contradictions]
    for c, name in enumerate(ids):
        if name in ids[:c]:
            yield Flaw(("contradictions", c, "id"), "doubled_contradiction", {"id": name})


def texts_in(part: object, path: Path_ = ()) -> Iterator[tuple[Text, Path_]]:
    """Every text in both languages inside a part of a definition, with its place in that part."""
    if isinstance(part, Text):
        yield part, path
    elif isinstance(part, tuple):
        for index, one in enumerate(part):
            yield from texts_in(one, (*path, index))
    elif isinstance(part, Frozen):
        for name in type(part).model_fields:
            yield from texts_in(getattr(part, name), (*path, name))


def _languages(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    for text, path in texts_in(question):
        if not text.sv.strip() or not text.en.strip():
            continue
        if _numbers(text.sv) != _numbers(text.en):
            yield Flaw(path, "numbers_differ", {"field": _name(path)})
        if text.sv.rstrip().endswith("?") != text.en.rstrip().endswith("?"):
            yield Flaw(path, "question_mark", {"field": _name(path)})
        if text.sv == text.en and len(WORDS.findall(text.sv)) > ALIKE_UP_TO:
            yield Flaw(path, "not_translated", {"field": _name(path)})


def _private(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    for text, path in texts_in(question):
        for sentence in (*SENTENCE.split(text.sv), *SENTENCE.split(text.en)):
            if (note := NOTE.search(sentence)) is not None:
                yield Flaw(path, "note_left", {"note": note.group()})
            if (word := PRIVATE.search(sentence)) is not None and not NEVER.search(sentence):
                yield Flaw(path, "private", {"word": word.group()})


def _complete(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    """What a supplier is owed by a released question that can cost it points."""
    del around
    if model.status != "released" or model.released_on is None or not question.scored:
        return
    if not question.references:
        yield Flaw((), "no_reference")
    if question.help.counts is None:
        yield Flaw(("help",), "no_counts")


def _explained(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    """Nobody is judged on zero tolerance by a tick alone."""
    del model, around
    unexplained = [
        (o, option.code)
        for o, option in enumerate(question.options)
        if Criticality.ZERO_TOLERANCE in {option.criticality, question.criticality}
        and option.credit is not None
        and option.credit < 1
        and not option.needs_comment
    ]
    if unexplained:
        codes = ", ".join(code for _, code in unexplained)
        yield Flaw(("options", unexplained[0][0]), "grave_unexplained", {"codes": codes})


WORDING_CHECKS: tuple[QuestionCheck, ...] = (_languages, _private, _complete, _explained)


def _numbers(text: str) -> list[str]:
    return sorted(DIGITS.findall(THOUSANDS.sub("", text)))


def _name(path: Path_) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "text")
