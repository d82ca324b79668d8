"""Every kind of mail can be written, in both languages, as text and HTML, whole and without placeholders."""

import re

import pytest

from compliance.config import PROJECT
from compliance.jobs.transactions import transaction
from compliance.storage.models import Message
from compliance.workflow.composing import compose
from tests.rows import NOW, build_assessment, build_contact, build_contract, build_message, build_staff

TEMPLATES = PROJECT / "templates" / "emails"
KINDS = sorted(path.stem for path in TEMPLATES.glob("*.txt"))
REASON = {"sentence": "The contract period ends on %(deadline)s.", "params": {"deadline": "2026-12-31"}}
PARAMS = {
    "due_on": "2026-04-01",
    "severity": "critical",
    "reasons": [REASON],
    "head": "0f" * 32,
    "decision": "Godkänn",
    "kind": "more_time",
    "request": "more_time",
}


def written(app, kind: str, locale: str, **values):
    """A mail of a kind about a real assessment."""
    with transaction(app) as session:
        contact = build_contact(session, locale=locale)
        contract = build_contract(session, contact.supplier)
        assessment = build_assessment(session, contact, contracts=(contract,), submitted_at=NOW)
        staff = build_staff(session)
        message = build_message(
            session, kind=kind, locale=locale, params=PARAMS, assessment_id=assessment.id,
            contract_id=contract.id, contact_id=contact.id, user_id=staff.id, **values,
        )  # fmt: skip
        return compose(session, message, now=NOW)


@pytest.mark.parametrize("locale", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written(app, kind, locale):
    mail = written(app, kind, locale)
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert mail["Subject"]
    assert not [sign for sign in ("<", "&#", "%(") if sign in mail["Subject"]]
    assert mail["Content-Language"] == locale
    assert f'lang="{locale}"' in html
    assert not [sign for sign in ("%(", "&#39;", "<p") if sign in text]
    assert "%(" not in html
    assert not re.search(r"\n\s*\n\s*\n", text), "no more than one blank line"


def test_a_review_without_a_written_reason_still_has_a_subject(app):
    with transaction(app) as session:
        contract = build_contract(session)
        message = build_message(
            session, kind="review_opened", locale="sv", params={"reasons": []}, contract_id=contract.id
        )
        assert contract.number in compose(session, message, now=NOW)["Subject"]


def test_every_kind_that_is_posted_has_both_templates():
    posted = set()
    for path in (PROJECT / "compliance" / "workflow").glob("*.py"):
        posted |= set(re.findall(r'kind="([a-z_]+)",\s*key=', path.read_text(encoding="utf-8")))
    assert posted <= set(KINDS)
    assert {path.stem for path in TEMPLATES.glob("*.html")} - {"parts"} == set(KINDS)


def test_a_day_is_written_with_its_weekday(app):
    mail = written(app, "review_opened", "sv")
    assert "torsdag 31 december 2026" in mail.get_body(("plain",)).get_content()


def test_a_sole_traders_name_is_in_no_mail_to_the_office(app):
    with transaction(app) as session:
        contact = build_contact(session)
        contact.supplier.identity_kind, contact.supplier.name = "sole_trader", "Per Påhittads Måleri"
        assessment = build_assessment(
            session, contact, contracts=(build_contract(session, contact.supplier),)
        )
        message = build_message(
            session, kind="answers_submitted", assessment_id=assessment.id, user_id=build_staff(session).id
        )
        assert "Påhittad" not in compose(session, message, now=NOW).as_string()


def test_the_same_message_always_has_the_same_id(app):
    mail = written(app, "password_changed", "sv")
    with transaction(app) as session:
        assert compose(session, session.query(Message).one(), now=NOW)["Message-ID"] == mail["Message-ID"]
