"""Step 3, answers: why a question is asked or not, in words of both languages."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from compliance.questionnaires.conditions import Absent, Actual, Finding, Outcome
from compliance.questionnaires.model import Question, Scope
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.question_types.numbers import written
from compliance.questionnaires.vocabulary import Vocabulary
from compliance.questionnaires.words import LANGUAGES, Text

FindQuestion = Callable[[str], Question]


def reasons_for(
    outcome: Outcome, question: Question, find: FindQuestion, vocabulary: Vocabulary
) -> tuple[Text, ...]:
    """The reasons behind an outcome, each once, in the order of the conditions."""
    words = vocabulary.wording["reasons"]
    if question.when is None and not outcome.because:
        return (words["always_contract" if question.scope is Scope.CONTRACT else "always"],)
    found = [_reason(finding, find, vocabulary) for finding in outcome.because]
    return tuple(dict.fromkeys(found)) or (words["none"],)


def _reason(finding: Finding, find: FindQuestion, vocabulary: Vocabulary) -> Text:
    source, name = finding.comparison.subject
    words = vocabulary.wording["reasons"]
    if source == "contract":
        holds = words["contract_fact" if finding.actual is True else "not_contract_fact"]
        return holds.filled(fact=vocabulary.contract_facts[name])
    if source == "risk":
        return words["risk"].filled(actual=vocabulary.wording["risks"][str(finding.actual)])
    return _about_answer(finding, find(name), words)


def _about_answer(finding: Finding, question: Question, words: Mapping[str, Text]) -> Text:
    if isinstance(finding.actual, Absent):
        return words[finding.actual.value].filled(name=question.name)
    actual = _shown(finding.actual, question)
    if finding.comparison.operator in {"at_least", "at_most"}:
        target = _number(finding.target)
        return words[finding.comparison.operator].filled(name=question.name, actual=actual, target=target)
    if isinstance(finding.actual, frozenset) and isinstance(finding.target, tuple):
        return _about_choices(finding.actual, finding.target, question, words)
    return words["answered"].filled(name=question.name, actual=actual)


def _about_choices(
    chosen: frozenset[str], target: tuple[str, ...], question: Question, words: Mapping[str, Text]
) -> Text:
    """Only the choices that mattered; when none of them was made, which ones would have."""
    mattered = chosen.intersection(target)
    if mattered:
        return words["answered"].filled(name=question.name, actual=_shown(mattered, question))
    if len(chosen) == 1:
        return words["answered"].filled(name=question.name, actual=_shown(chosen, question))
    return words["not_chosen"].filled(name=question.name, target=_shown(frozenset(target), question))


def _shown(actual: Actual, question: Question) -> Text:
    if isinstance(actual, Decimal):
        return _number(actual)
    value = tuple(actual) if isinstance(actual, frozenset) else str(actual)
    shown = {language: type_of(question).show(value, question, language) for language in LANGUAGES}
    return Text(**shown)


def _number(value: object) -> Text:
    number = value if isinstance(value, Decimal) else Decimal(0)
    return Text(sv=written(number, "sv"), en=written(number, "en"))
