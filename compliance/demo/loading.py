"""Filling an empty demo database: staff, companies, papers, and then four months lived through day by day."""

from collections import defaultdict
from datetime import datetime, timedelta
from functools import partial

from flask import Flask
from sqlalchemy import select

from compliance.clock import day_of
from compliance.demo.papers import write_papers
from compliance.demo.people import load_staff
from compliance.demo.rounds import Story, chapters
from compliance.demo.suppliers import load_suppliers, names
from compliance.jobs.demo_mail import mail_server
from compliance.jobs.mailing import send_waiting
from compliance.jobs.ticks import do_due_rows
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Supplier

DAYS_IN_USE = 120


def is_loaded(app: Flask) -> bool:
    """Whether the samples are there already."""
    with reading(app) as session:
        return session.scalar(select(Supplier.id).limit(1)) is not None


def load_samples(app: Flask, *, now: datetime) -> None:
    """Everything as if the buyer had begun four months ago: what happened and fell due since then has happened."""
    papers = app.config["SETTINGS"].instance / "papers"
    write_papers(papers, names(), today=day_of(now))
    story = _begin(app, now)
    with mail_server(app.config["SETTINGS"]):
        _live_through(story, now)


def _begin(app: Flask, now: datetime) -> Story:
    began = now - timedelta(days=DAYS_IN_USE)
    with transaction(app) as session:
        owner = load_staff(session, now=began)
        suppliers = load_suppliers(session, owner, today=day_of(now), now=began)
        ids = {key: supplier.id for key, supplier in suppliers.items()}
        return Story(app, ids, owner.id, app.config["SETTINGS"].instance / "papers", now)


def _live_through(story: Story, now: datetime) -> None:
    happened = defaultdict(list)
    for days_ago, chapter, entry in chapters():
        happened[days_ago].append(partial(chapter, story, entry))
    for days_ago in range(DAYS_IN_USE, -1, -1):
        moment = now - timedelta(days=days_ago)
        for chapter_of_round in happened[days_ago]:
            chapter_of_round(moment)
        do_due_rows(story.app, now=moment)
        send_waiting(story.app, moment=partial(_same, moment))


def _same(moment: datetime) -> datetime:
    return moment
