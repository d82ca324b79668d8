"""Judging: a reviewer's word about a document or a claim. It wins over the machine, and makes a new result."""

from datetime import datetime

from sqlalchemy.orm import Session

from compliance.answers.values import Key
from compliance.assessments import NotAllowedNow, State
from compliance.scoring.words import Verdict
from compliance.storage.models import AnswerDocument, Assessment, Scorecard
from compliance.workflow.recording import assessment_case, record
from compliance.workflow.scoring import newest_snapshot, score_assessment
from compliance.workflow.weighing import AnswerJudgement, AnswerWord

JUDGEMENTS = (Verdict.ACCEPTED, Verdict.NONE, Verdict.EXPIRED, Verdict.WRONG_HOLDER)
"""What a person may say about a document; `checked` is the machine's word."""


ABOUT_CLAIMS = frozenset({AnswerWord.NA_ACCEPTED, AnswerWord.NA_REFUSED})


class NothingToJudgeError(Exception):
    """The newest result holds no such answer, or none about which this can be said."""


def judge_document(
    session: Session, use: AnswerDocument, judgement: Verdict, *, actor: str, now: datetime
) -> Scorecard:
    """Say what a document is worth as proof of one answer. Raises `NotAllowedNow` unless the round is submitted."""
    assessment = session.get_one(Assessment, use.assessment_id)
    _refuse_unless_submitted(assessment)
    if judgement not in JUDGEMENTS:
        raise NothingToJudgeError
    use.judged = judgement.value
    session.flush()
    payload = {
        "document": use.document_id,
        "question": use.question_id,
        "contract": use.contract_id,
        "judgement": judgement.value,
    }
    record(session, assessment_case(assessment.id), "document_judged", actor=actor, now=now, payload=payload)
    return score_assessment(session, assessment, now=now, actor=actor)


def judge_answer(
    session: Session, assessment: Assessment, key: Key, word: AnswerWord, *, actor: str, now: datetime
) -> Scorecard:
    """Say something about an answer. Raises `NotAllowedNow`, `NothingToJudgeError`.

    A claim that the question does not apply is accepted or refused; any other answer may be called remedied (the
    failure was put right) or false (a document shows it), which is then pending until the supplier has been heard.
    """
    _refuse_unless_submitted(assessment)
    revision = _revision(newest_snapshot(session, assessment), key, word)
    payload = {"question": key[0], "contract": key[1], "judgement": word.value}
    record(session, assessment_case(assessment.id), "answer_judged", actor=actor, now=now, payload=payload)
    return score_assessment(
        session, assessment, now=now, actor=actor, judged={key: AnswerJudgement(word, revision)}
    )


def _revision(card: Scorecard | None, key: Key, word: AnswerWord) -> int:
    """The revision of the answer that the newest result holds, if the word can be said about it."""
    for entry in card.inputs["questions"] if card else ():
        if (entry["question"], entry["contract"]) == key and entry["item"] is not None and entry["asked"]:
            if (entry["answer"] == "na_claimed") != (
                word in ABOUT_CLAIMS
            ) and word is not AnswerWord.WITHDRAWN:
                raise NothingToJudgeError
            return int(entry["revision"])
    raise NothingToJudgeError


def _refuse_unless_submitted(assessment: Assessment) -> None:
    present = State(assessment.state)
    if present is not State.SUBMITTED:
        raise NotAllowedNow(present, State.SUBMITTED)
