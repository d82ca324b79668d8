"""Snapshots: what a scorecard keeps of each question, and how it is read again, whatever has changed since."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from compliance.answers.values import GivenAnswer, Key
from compliance.scoring import Explanation, Item, explain, load_method, score
from compliance.scoring.words import Area, Criticality, InherentRisk, ItemState, Verdict
from compliance.storage.models import Scorecard
from compliance.workflow.weighing import AnswerJudgement, AnswerWord, Weighed, WeighedQuestion

FLAGS = ("expects_evidence", "remedied", "judged_false", "bonus")


def question_json(weighed: WeighedQuestion) -> dict[str, Any]:
    """One question as the snapshot keeps it: the answer, its documents with findings, and the scored item."""
    asked, answer, judged = weighed.asked, weighed.asked.answer, weighed.judged
    return {
        "id": asked.id,
        "question": asked.key[0],
        "contract": asked.key[1],
        "questionnaire": asked.questionnaire.key,
        "version": asked.questionnaire.version,
        "section": asked.section.id,
        "asked": asked.asked,
        "answer": answer.state if answer else None,
        "value": _value_json(answer),
        "comment": answer.comment if answer else "",
        "na_reason": answer.na_reason if answer else "",
        "revision": weighed.revision,
        "confirmed_from": weighed.confirmed_from.isoformat() if weighed.confirmed_from else None,
        "judged": judged.word.value if judged else None,
        "documents": [_document_json(one) for one in weighed.documents],
        "item": _item_json(weighed.item) if weighed.item else None,
        **weighed.marks,
    }


def _value_json(answer: GivenAnswer | None) -> str | list[str] | None:
    value = answer.value if answer else None
    return list(value) if isinstance(value, tuple) else value


def _document_json(weighed: Weighed) -> dict[str, Any]:
    document = weighed.use.document
    return {
        "use": weighed.use.id,
        "document": document.id,
        "sha256": document.sha256,
        "state": document.state,
        "verdict": weighed.verdict.value,
        "judged": weighed.use.judged,
        "findings": [
            {
                "kind": finding.kind,
                "severity": finding.severity,
                "sentence": finding.sentence,
                "params": finding.params,
            }
            for finding in weighed.findings
        ],
    }


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "area": item.area.value,
        "criticality": item.criticality.value,
        "state": item.state.value,
        "credit": None if item.credit is None else str(item.credit),
        "evidence": item.evidence.value,
        **{flag: getattr(item, flag) for flag in FLAGS},
    }


def items_in(card: Scorecard) -> Iterator[Item]:
    """The items that a snapshot was scored from."""
    for entry in card.inputs["questions"]:
        item = entry["item"]
        if item is not None:
            yield Item(
                id=entry["id"],
                area=Area(item["area"]),
                criticality=Criticality(item["criticality"]),
                state=ItemState(item["state"]),
                credit=None if item["credit"] is None else Fraction(item["credit"]),
                evidence=Verdict(item["evidence"]),
                **{flag: item[flag] for flag in FLAGS},
            )


def explanation_of(card: Scorecard) -> Explanation:
    """Why a snapshot has its result, under the method it was made with."""
    items, method = list(items_in(card)), load_method(card.method)
    return explain(items, score(items, InherentRisk(card.inputs["inherent_risk"]), method), method)


def answer_judgements(card: Scorecard | None) -> dict[Key, AnswerJudgement]:
    """What people have said about the answers of a snapshot."""
    entries = card.inputs["questions"] if card else []
    return {
        (entry["question"], entry["contract"]): AnswerJudgement(
            AnswerWord(entry["judged"]), entry["revision"]
        )
        for entry in entries
        if entry["judged"] is not None
    }
