"""Remembering: the earlier round's answers as they meet a new one, read from the result that was made of them.

The snapshot of the last submission holds exactly what was sent in and what people said about it, so nothing that a
supplier typed later, and never sent in, comes back as an answer of last time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from compliance.answers.answer_set import AnswerSet
from compliance.answers.carried import LastTime, Proof, Remembered, confirmable, meet
from compliance.answers.routing import Answers, Round
from compliance.answers.values import GivenAnswer, Key, item_id
from compliance.clock import day_of
from compliance.decisions.actions import fails
from compliance.evidence.facts import STATES
from compliance.evidence.matching import verdict
from compliance.questionnaires import catalogue, versions
from compliance.questionnaires.model import Question, Questionnaire
from compliance.scoring.words import Verdict
from compliance.storage.models import Assessment, Document, ProposedAction, Scorecard, Supplier
from compliance.storage.queries.answering import key_of
from compliance.workflow.snapshots import items_in
from compliance.workflow.weighing import BEST_FIRST, claims_about, hold_against, words_about

Entry = Mapping[str, Any]
KEPT = "remembered"
"""Where a session keeps what was remembered last."""

WORTHLESS = frozenset({Verdict.EXPIRED, Verdict.WRONG_HOLDER})


@dataclass(frozen=True)
class LastRound:
    """The earlier round: its number, the day on which it was sent in, and its answers as they meet this round."""

    id: int
    on: date
    answers: Mapping[Key, Remembered]


def round_to_renew(session: Session, supplier: Supplier) -> Assessment | None:
    """The supplier's newest round that was sent in; None before the first."""
    return session.scalar(
        select(Assessment)
        .where(Assessment.supplier_id == supplier.id, Assessment.submitted_at.is_not(None))
        .order_by(Assessment.submitted_at.desc(), Assessment.id.desc())
        .limit(1)
    )


def remember(session: Session, assessment: Assessment, round_: Round) -> LastRound | None:
    """Last time's answers to the questions of a round, on the day it is judged; None when it renews nothing.

    A request asks several times: what was remembered last is kept with its session, which ends with it.
    """
    if assessment.renews_id is None:
        return None
    asked = tuple((form.key, form.version) for form in round_.questionnaires)
    key = (assessment.id, round_.on, asked, tuple(contract.id for contract in round_.contracts))
    kept = session.info.get(KEPT)
    if kept is None or kept[0] != key:
        kept = session.info[KEPT] = (key, _remember(session, assessment.renews_id, round_))
    found: LastRound | None = kept[1]
    return found


def _remember(session: Session, renews_id: int, round_: Round) -> LastRound | None:
    earlier = session.get_one(Assessment, renews_id)
    card = session.scalar(
        select(Scorecard)
        .where(Scorecard.assessment_id == earlier.id)
        .order_by(Scorecard.sequence.desc())
        .limit(1)
    )
    if card is None or earlier.submitted_at is None:
        return None
    memory = _Memory(session, earlier, card, round_)
    return LastRound(earlier.id, day_of(earlier.submitted_at), dict(memory.answers()))


def with_memory(session: Session, assessment: Assessment, round_: Round) -> Round:
    """The round knowing which of its questions only need confirming; the same round when it renews nothing."""
    last = remember(session, assessment, round_)
    if last is None:
        return round_
    return Round(
        questionnaires=round_.questionnaires,
        on=round_.on,
        contracts=round_.contracts,
        inherent_risk=round_.inherent_risk,
        vocabulary=round_.vocabulary,
        confirmable=confirmable(last.answers),
    )


class _Memory:
    """One reading of the earlier round's newest snapshot."""

    def __init__(self, session: Session, earlier: Assessment, card: Scorecard, round_: Round) -> None:
        self.supplier, self.round = earlier.supplier, round_
        assert earlier.submitted_at is not None, "only what was sent in has a snapshot"
        self.on = day_of(earlier.submitted_at)
        contracts = {None, *(contract.id for contract in round_.contracts)}
        self.entries = [
            entry
            for entry in card.inputs["questions"]
            if entry["answer"] is not None and entry["contract"] in contracts
        ]
        self.given: Answers = AnswerSet(_given(entry) for entry in self.entries)
        self.failed = {item.id for item in items_in(card) if fails(item)}
        self.promised = _promised(session, earlier)
        self.documents = _documents(session, self.entries, self.supplier)
        self.asked_now = {
            question.id: questionnaire
            for questionnaire in round_.questionnaires
            for question in questionnaire.questions
        }

    def answers(self) -> Iterator[tuple[Key, Remembered]]:
        for entry in self.entries:
            now = self.asked_now.get(entry["question"])
            if now is not None and now.key == entry["questionnaire"]:
                key = (entry["question"], entry["contract"])
                question = now.question(entry["question"])
                assert question is not None, "it was found in this questionnaire"
                yield key, meet(self._last(entry, key, now), question, on=self.round.on)

    def _last(self, entry: Entry, key: Key, now: Questionnaire) -> LastTime:
        then = catalogue.get(entry["questionnaire"], entry["version"])
        question = then.question(key[0])
        assert question is not None, "released questionnaires are frozen"
        proof, documents = self._proof(entry, key, question)
        return LastTime(
            given=self.given[key],
            question=question,
            on=self.on,
            changed=key[0] in _asked_afresh(now.key, then.version, now.version),
            failed=item_id(*key) in self.failed,
            promised=key in self.promised,
            proof=proof,
            documents=documents,
        )

    def _proof(self, entry: Entry, key: Key, question: Question) -> tuple[Proof, tuple[str, ...]]:
        """What the answer's documents are worth today, and which of them may be held up again."""
        worth = {
            document: self._worth(document, given["judged"], key, question)
            for given in entry["documents"]
            if (document := self.documents.get(given["document"])) is not None
        }
        refused = {given["document"] for given in entry["documents"] if given["judged"] == Verdict.NONE}
        holds = [one for one in worth if worth[one] not in WORTHLESS and one.id not in refused]
        expected = bool(entry["item"] and entry["item"]["expects_evidence"])
        proof: Proof = "fits"
        if worth and not holds and expected:
            best = min(worth.values(), key=BEST_FIRST.index)
            proof = "expired" if best is Verdict.EXPIRED else "refused"
        return proof, tuple(str(one.id) for one in holds)

    def _worth(self, document: Document, judged: str | None, key: Key, question: Question) -> Verdict:
        """A person's "no" of last time stands; a "yes" was about that day, so the machine looks anew."""
        if judged in {Verdict.EXPIRED, Verdict.WRONG_HOLDER, Verdict.NONE}:
            return Verdict(judged)
        if document.state not in STATES:  # not read yet
            return Verdict.NONE
        claims = claims_about(question, key[1], self.given)
        words, on = words_about(document), self.round.on
        return Verdict(verdict(hold_against(document, question, claims, self.supplier, on=on, words=words)))


def _given(entry: Entry) -> GivenAnswer:
    return GivenAnswer(
        question_id=entry["question"],
        contract_id=entry["contract"],
        state=entry["answer"],
        value=entry["value"],
        comment=entry["comment"],
        na_reason=entry["na_reason"],
    )


def _promised(session: Session, earlier: Assessment) -> set[Key]:
    """The questions about which the supplier said that it would do something."""
    rows = session.scalars(
        select(ProposedAction).where(
            ProposedAction.assessment_id == earlier.id,
            ProposedAction.reply.is_not(None),
            ProposedAction.lapsed_at.is_(None),
        )
    )
    return {key_of(row) for row in rows}


def _documents(session: Session, entries: list[Entry], supplier: Supplier) -> dict[int, Document]:
    """The documents of last time that are still kept."""
    ids = {given["document"] for entry in entries for given in entry["documents"]}
    rows = session.scalars(
        select(Document)
        .where(Document.id.in_(ids), Document.supplier_id == supplier.id)
        .options(selectinload(Document.facts))
    )
    return {row.id: row for row in rows}


@cache
def _asked_afresh(key: str, then: int, now: int) -> frozenset[str]:
    """The questions whose old answer does not answer them as they stand in another version."""
    changes = versions.compare(catalogue.get(key, then), catalogue.get(key, now)) if then != now else ()
    return frozenset(one.question for one in changes if not one.keeps_answer)
