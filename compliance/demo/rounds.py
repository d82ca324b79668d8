"""The demo's rounds: what each supplier and the procurer did on which day, through the workflow's own functions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.decisions.actions import Reply, ReplyWord
from compliance.decisions.codes import DecisionDraft
from compliance.demo.answering import answer_all, give_papers
from compliance.evidence.store import open_store
from compliance.jobs.documents import read_one
from compliance.jobs.transactions import transaction
from compliance.questionnaires import catalogue
from compliance.storage.models import Assessment, Review, Supplier, User
from compliance.storage.queries.actions import actions_of
from compliance.workflow.deciding import Deciding, record_decision, suggested_days
from compliance.workflow.linking import user_of_contact
from compliance.workflow.proposing import reply_to
from compliance.workflow.starting import Invitation, invite, suggested_due_day
from compliance.workflow.submitting import Attestation, submit

DEFINITION = Path(__file__).with_name("rounds.yaml")


@dataclass(frozen=True)
class Story:
    """What the rounds are told about: the application, the rows by key, the papers, and the day it is told."""

    app: Flask
    supplier_ids: Mapping[str, int]
    procurer_id: int
    papers: Path
    told_at: datetime


Chapter = Callable[[Story, Mapping[str, Any], datetime], None]


def chapters() -> Iterator[tuple[int, Chapter, Mapping[str, Any]]]:
    """Everything that happened: how many days ago, what, and the round it belongs to."""
    for entry in yaml.safe_load(DEFINITION.read_text(encoding="utf-8")):
        for name, chapter in _CHAPTERS.items():
            if name in entry:
                when = entry[name]
                yield (when["day"] if isinstance(when, dict) else when), chapter, entry


def invited(story: Story, entry: Mapping[str, Any], now: datetime) -> None:
    """The procurer invites the supplier to answer all areas for all its contracts."""
    with transaction(story.app) as session:
        supplier = session.get_one(Supplier, story.supplier_ids[entry["supplier"]])
        invitation = Invitation(
            contact=supplier.contacts[0],
            contracts=supplier.contracts,
            questionnaires={one.key: entry.get("version", one.version) for one in catalogue.current_areas()},
            due_on=suggested_due_day(day_of(now)),
            inherent_risk=supplier.inherent_risk,
        )
        actor = f"user:{story.procurer_id}"
        invite(session, supplier, invitation, actor=actor, actor_id=story.procurer_id, now=now)


def answered(story: Story, entry: Mapping[str, Any], now: datetime) -> None:
    """The supplier answers and gives its papers, which are read at once."""
    with transaction(story.app) as session:
        assessment, by = _round(session, story, entry, now)
        assessment.opened_at = now
        answer_all(session, assessment, entry, by=by, today=day_of(story.told_at), now=now)
        store = open_store(story.app.config["SETTINGS"].uploads)
        give_papers(session, assessment, entry, folder=story.papers, store=store, by=by, now=now)
    while read_one(story.app, moment=lambda: now):
        pass


def submitted(story: Story, entry: Mapping[str, Any], now: datetime) -> None:
    """The supplier vouches for its answers and sends them in."""
    with transaction(story.app) as session:
        assessment, by = _round(session, story, entry, now)
        submit(session, assessment, Attestation(**entry["attested"]), by=by, now=now)


def replied(story: Story, entry: Mapping[str, Any], now: datetime) -> None:
    """The supplier does as recommended, in all that fell short."""
    with transaction(story.app) as session:
        assessment, by = _round(session, story, entry, now)
        for action in actions_of(session, assessment.id):
            accepted = Reply(word=ReplyWord.ACCEPTED)
            reply_to(session, action, accepted, seen=action.revision, by=by, now=now)


def decided(story: Story, entry: Mapping[str, Any], now: datetime) -> None:
    """The procurer decides every open review of the supplier's contracts."""
    with transaction(story.app) as session:
        assessment, _ = _round(session, story, entry, now)
        procurer = session.get_one(User, story.procurer_id)
        for contract in assessment.contracts:
            query = select(Review).where(Review.contract_id == contract.id, Review.closed_at.is_(None))
            for review in session.scalars(query).all():
                code, reason = entry["decided"]["code"], entry["decided"]["reason"]
                next_on = suggested_days(session, contract, today=day_of(now))[code]
                draft = DecisionDraft(code=code, reason=reason, next_on=next_on)
                record_decision(session, review, Deciding(draft=draft), decided_by=procurer, now=now)


def _round(
    session: Session, story: Story, entry: Mapping[str, Any], now: datetime
) -> tuple[Assessment, User]:
    """The supplier's newest round, and the user who answers."""
    supplier_id = story.supplier_ids[entry["supplier"]]
    query = select(Assessment).where(Assessment.supplier_id == supplier_id).order_by(Assessment.id.desc())
    assessment = session.scalars(query.limit(1)).one()
    return assessment, user_of_contact(session, assessment.contact, now=now)


_CHAPTERS: dict[str, Chapter] = {
    "invited": invited,
    "answered": answered,
    "submitted": submitted,
    "replied": replied,
    "decided": decided,
}
