"""A company that sent in a round some weeks ago, and is asked again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from compliance import clock
from compliance.answers.carried import Afresh
from compliance.answers.journey import Journey
from compliance.assessments import State
from compliance.storage.models import Answer, AnswerDocument, Assessment, Contract, Document, User
from compliance.storage.queries.answering import stored_contract
from compliance.workflow.answering import journey_of
from compliance.workflow.carrying import confirm, last_round_of
from compliance.workflow.starting import Invitation, invite
from compliance.workflow.submitting import Attestation, submit
from tests.integration.supplier.answering import answer_all
from tests.integration.supplier.company import Company, build_company
from tests.rows import build_document, build_staff

VERSION_1 = {"human_rights": 1, "working_conditions": 1, "work_environment": 1}
"""Released and frozen, so that these tests stay true whatever is asked next."""

VERSION_2 = dict.fromkeys(VERSION_1, 2)
WEEKS = timedelta(days=20)
ATTESTED = Attestation(name="Kim Kontakt", role="Vd")


@dataclass
class Earlier:
    """The round of last time, still open: say what was answered, then renew."""

    session: Session
    company: Company

    def say(self, question: str, value: Any = None, *, contract: int | None = None, **more: Any) -> None:
        """Put another answer in the place of the best one."""
        row = self.session.query(Answer).filter_by(
            assessment_id=self.company.assessment.id,
            question_id=question,
            contract_id=stored_contract(contract),
        )
        row.update({"value": value, **more})

    def prove(self, question: str, **facts: str) -> Document:
        """Hold a document up for an answer, which says these things."""
        document = build_document(self.session, self.company.assessment.supplier, facts=facts)
        document.names_supplier = True
        use = AnswerDocument(
            assessment_id=self.company.assessment.id,
            question_id=question,
            document_id=document.id,
            attached_at=clock.now(),
        )
        self.session.add(use)
        self.session.flush()
        return document

    def send_in(self) -> None:
        """Some weeks ago."""
        submit(self.session, self.company.assessment, ATTESTED, by=self.company.user, now=weeks_ago())

    def renew(self, *contracts: Contract, asked: dict[str, int] | None = None) -> "Renewal":
        """Send it in, close it, and invite again about the same contracts or others."""
        if self.company.assessment.submitted_at is None:
            self.send_in()
        round_ = self.company.assessment
        round_.state = State.CLOSED
        staff = build_staff(self.session)
        invitation = Invitation(
            contact=round_.contact,
            contracts=contracts or (self.company.contract,),
            questionnaires=asked or VERSION_1,
            due_on=clock.today(),
            inherent_risk="medium",
        )
        actor = f"user:{staff.id}"
        new = invite(
            self.session, round_.supplier, invitation, actor=actor, actor_id=staff.id, now=clock.now()
        )
        return Renewal(self.session, round_, new, self.company.user)


@dataclass
class Renewal:
    """The new round."""

    session: Session
    earlier: Assessment
    round: Assessment
    user: User

    @property
    def journey(self) -> Journey:
        return journey_of(self.session, self.round, now=clock.now())

    def why(self, question: str, contract: int | None = None) -> Afresh | None:
        """Why a question is asked afresh; None when its answer only needs confirming."""
        last = last_round_of(self.session, self.round, self.journey)
        assert last is not None
        return last.answers[question, contract].afresh

    def confirm_all(self) -> list[str]:
        """Section after section, as confirmed answers bring up more."""
        done: list[str] = []
        while shown := [item.id for item in self.journey.items if item.confirmable]:
            done += confirm(self.session, self.round, shown, by=self.user, now=clock.now()).confirmed
        return done

    def answer(self, question: str, contract: int | None = None) -> Answer | None:
        """The answer row of the new round."""
        return (
            self.session.query(Answer)
            .filter_by(
                assessment_id=self.round.id, question_id=question, contract_id=stored_contract(contract)
            )
            .one_or_none()
        )


def weeks_ago() -> datetime:
    return clock.now() - WEEKS


def answered_weeks_ago(session: Session) -> Earlier:
    """Everything answered as well as can be, not sent in yet."""
    build_staff(session)
    company = build_company(questionnaires=VERSION_1)
    answer_all(session, company)
    return Earlier(session, company)
