"""Gathering: a round's rows as the steps know them: what is asked, what was answered, which documents were given."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from compliance.answers.answer_set import AnswerSet
from compliance.answers.routing import Risk, Round
from compliance.answers.values import AnswerState, ContractFacts, GivenAnswer, Key
from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Questionnaire
from compliance.storage.models import Answer, AnswerDocument, Assessment, Contract, Document
from compliance.storage.models.assessments import COMPANY

STATES: tuple[AnswerState, ...] = get_args(AnswerState)
RISKS: tuple[Risk, ...] = get_args(Risk)

Uses = Mapping[Key, Sequence[AnswerDocument]]


def round_of(assessment: Assessment, *, on: date) -> Round:
    """What a round asks, judged on a day."""
    return Round(
        questionnaires=questionnaires_of(assessment),
        on=on,
        contracts=tuple(contract_facts(contract) for contract in assessment.contracts),
        inherent_risk=next((risk for risk in RISKS if risk == assessment.inherent_risk), "unknown"),
    )


def questionnaires_of(assessment: Assessment) -> tuple[Questionnaire, ...]:
    """The questionnaires of a round in the versions it keeps, with the profiles they look at."""
    asked = [catalogue.get(key, version) for key, version in assessment.questionnaires.items()]
    profiles = [profile for one in asked if (profile := catalogue.profile_of(one)) is not None]
    return catalogue.in_order({(one.key, one.version): one for one in (*profiles, *asked)}.values())


def contract_facts(contract: Contract) -> ContractFacts:
    """What questions may depend on about a contract."""
    return ContractFacts(
        id=contract.id,
        number=contract.number,
        title=contract.title,
        facts={"special_labour_terms": contract.special_labour_terms},
    )


def answers_of(session: Session, assessment: Assessment) -> AnswerSet:
    """The answers that stand; a cleared one is no answer."""
    rows = session.scalars(select(Answer).where(Answer.assessment_id == assessment.id))
    return AnswerSet(_given(row) for row in rows if row.state in STATES)


def revisions_of(session: Session, assessment: Assessment) -> dict[Key, int]:
    """How often each answer has been saved: tells an answer from the one that a person judged."""
    rows = session.scalars(select(Answer).where(Answer.assessment_id == assessment.id))
    return {(row.question_id, _contract(row.contract_id)): row.revision for row in rows}


def uses_of(session: Session, assessment: Assessment) -> Uses:
    """The documents given for each question, with their facts."""
    query = (
        select(AnswerDocument)
        .where(AnswerDocument.assessment_id == assessment.id)
        .order_by(AnswerDocument.id)
        .options(selectinload(AnswerDocument.document).selectinload(Document.facts))
    )
    uses: dict[Key, list[AnswerDocument]] = defaultdict(list)
    for use in session.scalars(query):
        uses[use.question_id, _contract(use.contract_id)].append(use)
    return uses


def _given(row: Answer) -> GivenAnswer:
    state = next(state for state in STATES if state == row.state)
    return GivenAnswer(
        question_id=row.question_id,
        contract_id=_contract(row.contract_id),
        state=state,
        value=row.value,
        comment=row.comment,
        na_reason=row.na_reason,
    )


def _contract(stored: int) -> int | None:
    return None if stored == COMPANY else stored
