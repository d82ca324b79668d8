"""Scoring: a submitted round becomes items, a scorecard, and an immutable snapshot of all that went in and came out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.answers.journey import plan_journey
from compliance.answers.routing import Answers
from compliance.answers.routing import Item as Asked
from compliance.answers.scored import ScoredRow, scored_rows
from compliance.answers.values import Key
from compliance.assessments import State
from compliance.clock import day_of
from compliance.scoring import DEFAULT_METHOD, Item, as_json, load_method, score
from compliance.scoring import Scorecard as Result
from compliance.scoring.from_answers import item_from
from compliance.scoring.words import InherentRisk, Verdict
from compliance.storage.models import AnswerDocument, Assessment, Document, Scorecard
from compliance.suppliers.calendar import add_months
from compliance.workflow import arming
from compliance.workflow.gathering import answers_of, confirmed_on, revisions_of, round_of, uses_of
from compliance.workflow.marking import marks_of
from compliance.workflow.proposing import recommend
from compliance.workflow.recording import assessment_case, digest, record
from compliance.workflow.snapshots import answer_judgements, question_json
from compliance.workflow.weighing import (
    AnswerJudgement,
    AnswerWord,
    WeighedQuestion,
    best,
    claims_about,
    weigh,
)

NO_JUDGEMENTS: Mapping[Key, AnswerJudgement] = {}


def score_assessment(
    session: Session,
    assessment: Assessment,
    *,
    now: datetime,
    actor: str = "system",
    judged: Mapping[Key, AnswerJudgement] = NO_JUDGEMENTS,
) -> Scorecard:
    """Score a round as it stands and keep the result as a new snapshot; earlier ones stay.

    Call it when the answers are submitted and after a reviewer's judgement, never on a draft. Answers and documents
    are judged as on the day of submission, so that only what a person did changes the result. `judged` adds to the
    judgements of answers that earlier snapshots hold.
    """
    on = day_of(assessment.submitted_at or now)
    earlier = newest_snapshot(session, assessment)
    weighings = _weigh_all(session, assessment, on, {**answer_judgements(earlier), **judged})
    items = [one.item for one in weighings if one.item is not None]
    result = score(items, InherentRisk(assessment.inherent_risk), load_method(DEFAULT_METHOD))
    inputs = {
        "on": on.isoformat(),
        "inherent_risk": assessment.inherent_risk,
        "contracts": [contract.id for contract in assessment.contracts],
        "questions": [question_json(one) for one in weighings],
    }
    card = _store(session, assessment, earlier, inputs, result, now=now)
    _repeat_on_assessment(assessment, result, on)
    payload = {
        "scorecard": card.id,
        "sequence": card.sequence,
        "digest": card.digest,
        "band": result.band,
        "state": result.state,
    }
    record(session, assessment_case(assessment.id), "scored", actor=actor, now=now, payload=payload)
    recommend(session, assessment, card, now=now)
    arming.rearm_assessment(session, assessment, now=now)
    return card


def rescore_document(session: Session, document: Document, *, now: datetime) -> list[Scorecard]:
    """Score submitted rounds anew when a document they were submitted with has been read only afterwards."""
    showing = select(AnswerDocument.assessment_id).where(AnswerDocument.document_id == document.id)
    query = select(Assessment).where(Assessment.id.in_(showing), Assessment.state == State.SUBMITTED)
    return [score_assessment(session, assessment, now=now) for assessment in session.scalars(query).all()]


def newest_snapshot(session: Session, assessment: Assessment) -> Scorecard | None:
    """The result that stands."""
    query = select(Scorecard).where(Scorecard.assessment_id == assessment.id)
    return session.scalar(query.order_by(Scorecard.sequence.desc()).limit(1))


def _weigh_all(
    session: Session, assessment: Assessment, on: date, judged: Mapping[Key, AnswerJudgement]
) -> list[WeighedQuestion]:
    answers, uses = answers_of(session, assessment), uses_of(session, assessment)
    given = {key: [str(use.document_id) for use in found] for key, found in uses.items()}
    journey = plan_journey(round_of(assessment, on=on), answers, given)
    rows = {row.id: row for row in scored_rows(journey, on)}
    revisions, confirmed = revisions_of(session, assessment), confirmed_on(session, assessment)
    marks = marks_of(session, assessment)
    weighings = []
    for asked in (*journey.items, *journey.hidden):
        weighed = tuple(
            weigh(
                use,
                asked,
                claims_of(asked, answers),
                assessment.supplier,
                on=on,
                until=assessment.submitted_at,
            )
            for use in uses.get(asked.key, ())
        )
        revision = revisions.get(asked.key, 0)
        judgement = judged.get(asked.key)
        judgement = judgement if judgement and judgement.revision == revision else None
        row = rows.get(asked.id)
        item = _judged_item(row, best(weighed), judgement.word if judgement else None) if row else None
        weighings.append(
            WeighedQuestion(
                asked, item, weighed, revision, judgement, confirmed.get(asked.key), marks.get(asked.key, {})
            )
        )
    return weighings


def _judged_item(row: ScoredRow, evidence: Verdict, word: AnswerWord | None) -> Item:
    item = item_from(row, evidence, na_accepted=word is AnswerWord.NA_ACCEPTED)
    return replace(item, remedied=word is AnswerWord.REMEDIED, judged_false=word is AnswerWord.FALSE)


def claims_of(asked: Asked, answers: Answers) -> dict[str, str]:
    """What the answers say that the document must say too, by the fact's field."""
    return claims_about(asked.question, asked.key[1], answers)


def _store(
    session: Session,
    assessment: Assessment,
    earlier: Scorecard | None,
    inputs: dict[str, Any],
    result: Result,
    *,
    now: datetime,
) -> Scorecard:
    versions = {"questionnaires": dict(assessment.questionnaires), "method": result.method}
    outcome = as_json(result)
    card = Scorecard(
        assessment_id=assessment.id,
        sequence=earlier.sequence + 1 if earlier else 1,
        method=result.method,
        versions=versions,
        inputs=inputs,
        result=outcome,
        digest=digest({"versions": versions, "inputs": inputs, "result": outcome}),
        created_at=now,
    )
    session.add(card)
    session.flush()
    return card


def _repeat_on_assessment(assessment: Assessment, result: Result, on: date) -> None:
    """What lists show, so that they need not open the snapshot."""
    assessment.score_state, assessment.band = result.state, result.band
    assessment.declared = float(result.numbers.declared) if result.numbers else None
    assessment.supported = float(result.numbers.supported) if result.numbers else None
    assessment.residual_risk = result.residual_risk
    assessment.reassess_on = add_months(on, result.reassess_months) if result.reassess_months else None
