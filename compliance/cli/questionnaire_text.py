"""The command line of steps 2 and 3: questionnaires and journeys as lines for people and as JSON for programs."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from compliance.answers.journey import Journey, Progress
from compliance.answers.routing import Item
from compliance.questionnaires.change_words import details_of, outcome_of
from compliance.questionnaires.model import Question, Questionnaire
from compliance.questionnaires.patches import patch_level
from compliance.questionnaires.versions import Change
from compliance.questionnaires.vocabulary import vocabulary


def definition_lines(form: Questionnaire, lang: str) -> Iterator[str]:
    """A questionnaire as it is read."""
    patched = patch_level(form.key, form.version)
    patch = f", patch {patched}" if patched else ""
    yield f"{form.title.to(lang)} ({form.key} {form.version}{patch}, {form.status})"
    yield form.intro.to(lang)
    for section in form.sections:
        yield ""
        yield f"== {section.title.to(lang)}"
        for question in section.questions:
            yield from _question_lines(question, lang)


def _question_lines(question: Question, lang: str) -> Iterator[str]:
    yield ""
    yield f"{question.id} [{question.type}, {question.criticality}, {question.scope}]"
    yield f"  {question.text.to(lang)}"
    for option in question.options:
        credit = "" if option.credit is None else f" ({option.credit.normalize():f})"
        yield f"    - {option.code}: {option.label.to(lang)}{credit}"
    yield f"  ? {question.help.why.to(lang)}"
    if question.help.counts:
        yield f"  = {question.help.counts.to(lang)}"
    for reference in question.references:
        yield f"  § {vocabulary().citation(reference)[0].to(lang)}"


def journey_lines(journey: Journey, lang: str) -> Iterator[str]:
    """A journey as it is read: pages, questions with reasons, then what is left out."""
    for section in journey.sections:
        contract = f" - {section.contract.number}" if section.contract else ""
        yield f"== {section.questionnaire.title.to(lang)}: {section.title.to(lang)}{contract}"
        for item in section.items:
            yield f"  {item.id}: {item.question.text.to(lang)}"
            why = " ".join(reason.to(lang) for reason in item.reasons)
            yield f"      {why} [{item.evidence}, {_number(item.minutes)} min]"
    yield "-- not asked"
    for item in journey.hidden:
        why = " ".join(reason.to(lang) for reason in item.reasons)
        yield f"  {item.id}{' (not known yet)' if item.verdict is None else ''}: {why}"
    yield f"{journey.progress.asked} questions, {_number(journey.progress.minutes)} minutes."


def journey_json(journey: Journey) -> dict[str, Any]:
    """A journey for programs; words in both languages."""
    return {
        "questions": [_item_json(item) for item in journey.items],
        "not_asked": [_hidden_json(item) for item in journey.hidden],
        "sections": [
            {"key": section.key, "title": section.title.model_dump(), **_progress_json(section.progress)}
            for section in journey.sections
        ],
        "missing": [{"id": missing.item.id, "lack": missing.lack} for missing in journey.missing],
        "contradictions": [
            {"text": one.text.model_dump(), "questions": [item.id for item in one.items]}
            for one in journey.contradictions
        ],
        "ready": journey.ready,
        "expected_documents": sum(item.evidence == "expected" for item in journey.items),
        **_progress_json(journey.progress),
    }


def _item_json(item: Item) -> dict[str, Any]:
    question, kinds = item.question, item.question.evidence.kinds if item.question.evidence else ()
    return {
        **_hidden_json(item),
        "scored": question.scored,
        "criticality": question.criticality.value,
        "text": question.text.model_dump(),
        "evidence": item.evidence,
        "evidence_kinds": list(kinds),
        "minutes": _number(item.minutes),
        "answered": item.answered,
    }


def _hidden_json(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "question": item.question.id,
        "contract": item.contract.id if item.contract else None,
        "questionnaire": item.questionnaire.key,
        "section": item.section.id,
        "undetermined": item.verdict is None,
        "reasons": [reason.model_dump() for reason in item.reasons],
    }


def _progress_json(progress: Progress) -> dict[str, Any]:
    return {
        "asked": progress.asked,
        "answered": progress.answered,
        "minutes": _number(progress.minutes),
        "minutes_left": _number(progress.minutes_left),
    }


def _number(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)


def change_lines(changes: Sequence[Change], lang: str) -> Iterator[str]:
    """What differs between two versions as it is read: each question, what became of it, and how many of each."""
    for change in changes:
        yield f"{change.question}: {change.name.to(lang)}"
        yield f"    {outcome_of(change).to(lang)}."
        for detail in details_of(change):
            yield f"    - {detail.to(lang)}"
    outcomes = [outcome_of(change).to(lang) for change in changes]
    yield "; ".join(f"{told}: {outcomes.count(told)}" for told in dict.fromkeys(outcomes)) + "."


def changes_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """The same for programs; words in both languages."""
    return [
        {
            "question": change.question,
            "name": change.name.model_dump(),
            "kind": change.kind,
            "parts": list(change.parts),
            "keeps_answer": change.keeps_answer,
            "outcome": outcome_of(change).model_dump(),
            "details": [detail.model_dump() for detail in details_of(change)],
        }
        for change in changes
    ]
