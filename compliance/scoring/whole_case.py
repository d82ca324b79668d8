"""Scoring (step 5): a whole case written as JSON (profile, contracts, answers, evidence) -> what `score` needs.

    {"profile": {...}, "questionnaires": [...], "contracts": [...], "answers": {...},
     "evidence": {"question" or "question@contract": "checked"}, "inherent_risk": "medium", "on": "2026-11-23"}

All but `evidence` is as `compliance questionnaires route` reads it; a word in `evidence` is a verdict of the method.
"""

from collections.abc import Mapping
from datetime import date

from compliance.answers.journey import plan_journey
from compliance.answers.profile_json import read_case
from compliance.answers.routing import Item as Asked
from compliance.answers.scored import scored_rows
from compliance.answers.values import Key
from compliance.scoring.from_answers import item_from
from compliance.scoring.reading import Case
from compliance.scoring.words import InherentRisk, Verdict
from compliance.suppliers.refusals import CaseRefusedError, Refusal

EVIDENCE = "evidence"


def is_whole_case(document: Mapping[str, object]) -> bool:
    """Whether a document holds a supplier's profile rather than bare items."""
    return "items" not in document and "profile" in document


def read_whole_case(document: Mapping[str, object], today: date) -> Case:
    """The case in a document. Raises CaseRefusedError with every mistake in its answers, or in its evidence."""
    case = {name: part for name, part in document.items() if name != EVIDENCE}
    round_, answers = read_case(case, today)
    without_documents = plan_journey(round_, answers)
    asked = {item.id: item for item in (*without_documents.items, *without_documents.hidden)}
    verdicts = _verdicts(document.get(EVIDENCE, {}), asked)
    documents: dict[Key, tuple[str, ...]] = {asked[name].key: ("given",) for name in verdicts}
    journey = plan_journey(round_, answers, documents)
    items = [item_from(row, verdicts.get(row.id, Verdict.NONE)) for row in scored_rows(journey, round_.on)]
    return Case(tuple(items), InherentRisk(round_.inherent_risk))


def _verdicts(raw: object, asked: Mapping[str, Asked]) -> dict[str, Verdict]:
    if not isinstance(raw, dict):
        raise CaseRefusedError(
            Refusal(EVIDENCE, "Write an object: question (or question@contract) and verdict.")
        )
    refusals = []
    words = {word.value for word in Verdict}
    for name, word in raw.items():
        if name not in asked:
            refusals.append(
                Refusal(f"{EVIDENCE}.{name}", "There is no such question in the chosen questionnaires.")
            )
        if not isinstance(word, str) or word not in words:
            refusals.append(Refusal(f"{EVIDENCE}.{name}", f"Unknown word. Use one of: {', '.join(Verdict)}."))
    if refusals:
        raise CaseRefusedError(*refusals)
    return {name: Verdict(word) for name, word in raw.items()}
