"""Step 3, answers: a case written as JSON by a person -> a round and its answers, for the command line.

    {"profile": {question: value}, "questionnaires": [key or {"key": ..., "version": ...}],
     "contracts": [{"id": 1, "number": "...", "title": "...", "facts": ["special_labour_terms"]}],
     "answers": {"question" or "question@contract": value}, "inherent_risk": "medium", "on": "2026-11-23"}

Only `profile` is needed. A value is a code, a number, a text, a list of codes, or "dont_know".
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, get_args

from compliance.answers.answer_set import AnswerSet
from compliance.answers.routing import Risk, Round
from compliance.answers.values import ContractFacts, GivenAnswer
from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Question, Questionnaire, Scope
from compliance.questionnaires.question_types import BadValueError, type_of
from compliance.questionnaires.vocabulary import vocabulary
from compliance.suppliers.refusals import CaseRefusedError, Refusal

KNOWN = ("profile", "questionnaires", "contracts", "answers", "inherent_risk", "on")


@dataclass(slots=True)
class _Reader:
    document: Mapping[str, Any]
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, at: str, message: str) -> None:
        self.refusals.append(Refusal(at, message))

    def part(self, name: str, kind: type[dict[str, Any]] | type[list[Any]]) -> Any:
        value = self.document.get(name, kind())
        if isinstance(value, kind):
            return value
        self.refuse(name, f"Write {'an object' if kind is dict else 'a list'}.")
        return kind()


def read_case(document: object, today: date) -> tuple[Round, AnswerSet]:
    """The round and the answers in a JSON document. Raises CaseRefusedError with every mistake."""
    if not isinstance(document, dict):
        raise CaseRefusedError(Refusal("", "Write one object with profile, questionnaires and contracts."))
    reader = _Reader(document)
    for name in document:
        if name not in KNOWN:
            reader.refuse(str(name), f"Not known here. Use {', '.join(KNOWN)}.")
    contracts = tuple(_contracts(reader))
    round_ = Round(
        questionnaires=_questionnaires(reader),
        on=_day(reader, today),
        contracts=contracts,
        inherent_risk=_risk(reader),
    )
    answers = AnswerSet([*_answers(reader, "profile", round_), *_answers(reader, "answers", round_)])
    if reader.refusals:
        raise CaseRefusedError(*reader.refusals)
    return round_, answers


def _questionnaires(reader: _Reader) -> tuple[Questionnaire, ...]:
    if "questionnaires" not in reader.document:
        chosen = {form.key: form.version for form in catalogue.current_areas()}
        return catalogue.with_profiles(chosen)
    versions: dict[str, int] = {}
    for index, one in enumerate(reader.part("questionnaires", list)):
        form = _questionnaire(one, partial(reader.refuse, f"questionnaires[{index}]"))
        if form:
            versions[form.key] = form.version
    return catalogue.with_profiles(versions)


def _questionnaire(one: object, refuse: Callable[[str], None]) -> Questionnaire | None:
    try:
        if isinstance(one, str):
            return catalogue.current(one)
        if isinstance(one, dict) and isinstance(one.get("key"), str) and type(one.get("version")) is int:
            return catalogue.get(one["key"], one["version"])
    except catalogue.UnknownQuestionnaireError:
        refuse(f"There is no such questionnaire: {one}.")
        return None
    refuse('Write a key, or {"key": ..., "version": ...}.')
    return None


def _contracts(reader: _Reader) -> Iterator[ContractFacts]:
    known, seen = vocabulary().contract_facts, set()
    for index, one in enumerate(reader.part("contracts", list)):
        at = f"contracts[{index}]"
        if not isinstance(one, dict):
            reader.refuse(at, "Write an object with id, number, title and facts.")
            continue
        facts, number = one.get("facts", []), one.get("id", index + 1)
        if type(number) is not int or number in seen:
            reader.refuse(f"{at}.id", "Write a whole number of its own for each contract.")
            continue
        seen.add(number)
        if not isinstance(facts, list) or any(not isinstance(f, str) or f not in known for f in facts):
            reader.refuse(f"{at}.facts", f"Write a list with any of: {', '.join(known)}.")
            continue
        yield ContractFacts(
            id=number,
            number=str(one.get("number", number)),
            title=str(one.get("title", "")),
            facts=MappingProxyType(dict.fromkeys(facts, True)),
        )


def _risk(reader: _Reader) -> Risk:
    risk = reader.document.get("inherent_risk", "unknown")
    for known in get_args(Risk):
        if risk == known:
            return known  # type: ignore[no-any-return]
    reader.refuse("inherent_risk", f"Write one of: {', '.join(get_args(Risk))}.")
    return "unknown"


def _day(reader: _Reader, today: date) -> date:
    written = reader.document.get("on")
    if written is None:
        return today
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        reader.refuse("on", "Write a date as year-month-day, for example 2026-03-12.")
        return today


def _answers(reader: _Reader, part: str, round_: Round) -> Iterator[GivenAnswer]:
    profile = part == "profile"
    known = {
        q.id: q for form in round_.questionnaires if (form.area is None) is profile for q in form.questions
    }
    for name, raw in reader.part(part, dict).items():
        at = f"{part}.{name}"
        question_id, _, about = str(name).partition("@")
        question = known.get(question_id)
        if question is None:
            reader.refuse(at, "There is no such question in the chosen questionnaires.")
            continue
        ids = {str(contract.id): contract.id for contract in round_.contracts}
        if (about not in ids) if question.scope is Scope.CONTRACT else bool(about):
            reader.refuse(at, "Write question@contract for questions asked per contract, else only question.")
            continue
        try:
            answer = _answer(question, ids.get(about), raw, round_.on)
        except BadValueError as problem:
            reader.refuse(at, str(problem))
            continue
        if answer:
            yield answer


def _answer(question: Question, contract_id: int | None, raw: object, on: date) -> GivenAnswer | None:
    if raw == "dont_know" and question.dont_know_allowed:
        return GivenAnswer(question.id, contract_id, state="dont_know")
    value = type_of(question).from_json(raw, question, on=on)
    return None if value is None else GivenAnswer(question.id, contract_id, value=value)
