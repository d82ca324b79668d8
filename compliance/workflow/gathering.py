"""Gathering: a round's rows as the steps know them: what is asked, what was answered, which documents were given."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import get_args

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.orm import Session, object_session, selectinload

from compliance.answers.answer_set import AnswerSet
from compliance.answers.routing import Risk, Round
from compliance.answers.values import AnswerState, ContractFacts, GivenAnswer, Key
from compliance.clock import day_of
from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Questionnaire
from compliance.storage.models import Answer, AnswerDocument, Assessment, Contract, Document
from compliance.storage.models.assessments import COMPANY, AssessmentContract

STATES: tuple[AnswerState, ...] = get_args(AnswerState)
RISKS: tuple[Risk, ...] = get_args(Risk)

_ANSWER = Answer.__table__.c
CONTRACTS = (
    select(Contract.id, Contract.number, Contract.title, Contract.special_labour_terms)
    .join(AssessmentContract, AssessmentContract.contract_id == Contract.id)
    .where(AssessmentContract.assessment_id == bindparam("assessment"))
    .order_by(Contract.number)
)
GIVEN = select(
    _ANSWER.question_id, _ANSWER.contract_id, _ANSWER.state, _ANSWER.value, _ANSWER.comment, _ANSWER.na_reason
).where(_ANSWER.assessment_id == bindparam("assessment"), _ANSWER.state.in_(STATES))
"""Every answer that stands, as plain rows: read at every page and every save, so not made into objects twice."""

Uses = Mapping[Key, Sequence[AnswerDocument]]


def round_of(assessment: Assessment, *, on: date) -> Round:
    """What a round asks, judged on a day."""
    return Round(
        questionnaires=questionnaires_of(assessment),
        on=on,
        contracts=_contracts(assessment),
        inherent_risk=next((risk for risk in RISKS if risk == assessment.inherent_risk), "unknown"),
    )


def questionnaires_of(assessment: Assessment) -> tuple[Questionnaire, ...]:
    """The questionnaires of a round in the versions it keeps, with the profiles they look at."""
    return _questionnaires(tuple(assessment.questionnaires.items()))


@lru_cache(maxsize=256)
def _questionnaires(asked: tuple[tuple[str, int], ...]) -> tuple[Questionnaire, ...]:
    return catalogue.with_profiles(dict(asked))


def contract_facts(contract: Contract) -> ContractFacts:
    """What questions may depend on about a contract."""
    return ContractFacts(
        id=contract.id,
        number=contract.number,
        title=contract.title,
        facts={"special_labour_terms": contract.special_labour_terms},
    )


def _contracts(assessment: Assessment) -> tuple[ContractFacts, ...]:
    """From the contracts where they have been read already, else only what is needed of them."""
    session = object_session(assessment)
    if session is None or "contracts" not in inspect(assessment).unloaded:
        return tuple(contract_facts(contract) for contract in assessment.contracts)
    rows = session.execute(CONTRACTS, {"assessment": assessment.id})
    return tuple(
        ContractFacts(id=id_, number=number, title=title, facts={"special_labour_terms": terms})
        for id_, number, title, terms in rows
    )


def answers_of(session: Session, assessment: Assessment) -> AnswerSet:
    """The answers that stand; a cleared one is no answer."""
    rows = session.execute(GIVEN, {"assessment": assessment.id})
    return AnswerSet(GivenAnswer(question, _contract(contract), *said) for question, contract, *said in rows)


def revisions_of(session: Session, assessment: Assessment) -> dict[Key, int]:
    """How often each answer has been saved: tells an answer from the one that a person judged."""
    rows = session.scalars(select(Answer).where(Answer.assessment_id == assessment.id))
    return {(row.question_id, _contract(row.contract_id)): row.revision for row in rows}


def confirmed_on(session: Session, assessment: Assessment) -> dict[Key, date]:
    """For each answer that was confirmed, the day on which the earlier round that holds it was sent in."""
    query = (
        select(Answer, Assessment.submitted_at)
        .join(Assessment, Assessment.id == Answer.confirmed_from_id)
        .where(Answer.assessment_id == assessment.id)
    )
    return {
        (row.question_id, _contract(row.contract_id)): day_of(moment)
        for row, moment in session.execute(query)
        if moment is not None
    }


def uses_of(session: Session, assessment: Assessment) -> Uses:
    """The documents given for each question, with their facts."""
    query = (
        select(AnswerDocument)
        .where(AnswerDocument.assessment_id == assessment.id)
        .order_by(AnswerDocument.id)
        .options(
            selectinload(AnswerDocument.document).options(
                selectinload(Document.facts), selectinload(Document.checked)
            )
        )
    )
    uses: dict[Key, list[AnswerDocument]] = defaultdict(list)
    for use in session.scalars(query):
        uses[use.question_id, _contract(use.contract_id)].append(use)
    return uses


def _contract(stored: int) -> int | None:
    return None if stored == COMPANY else stored
