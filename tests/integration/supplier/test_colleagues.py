"""Colleagues: asked for help with a part, they see and answer that part, and nothing else."""

import pytest

from compliance.assessments import State
from compliance.extensions import db
from compliance.storage.models import Answer, ColleagueInvitation, Contact, Event, Message, User
from compliance.workflow.linking import LinkState, find_link, make_link
from compliance.workflow.withdrawing import reason_to_withdraw
from tests.conftest import BOTH_DATABASES
from tests.integration.supplier.forms import Browser
from tests.rows import NOW, build_supplier_user

TEXT = "social_responsible_role"
MINE = "company_profile.ways_of_working"
OTHERS = "company_profile.size_and_work"
SAM = {"name": "Sam Exempel", "email": "sam@leverantor.example", "locale": "sv", "note": "Kan du ta den här?"}


def ask(kim, company, part=f"section:{MINE}", **fields):
    return kim.post(f"{company.address}/colleagues", SAM | {"part": part} | fields)


def invitation():
    return db.session.query(ColleagueInvitation).order_by(ColleagueInvitation.id.desc()).first()


def arrive(app):
    """The colleague's browser, after the button behind the link was pressed."""
    contact = db.session.query(Contact).filter_by(is_colleague=True).one()
    token = make_link(db.session(), assessment_of(invitation()), contact, now=NOW)
    browser = Browser(app)
    assert browser.post(f"/link/{token}").status_code == 302
    return browser


def assessment_of(row):
    from compliance.storage.models import Assessment

    return db.session.get_one(Assessment, row.assessment_id)


@pytest.fixture
def sam(app, kim, company):
    """A colleague who was asked for one section and has come."""
    ask(kim, company)
    return arrive(app)


@BOTH_DATABASES
def test_a_colleague_is_asked_by_a_mail_that_says_why_and_what_cancels_it(kim, company, rows):
    assert ask(kim, company).status_code == 302
    mail = rows.query(Message).filter_by(kind="colleague_invitation").one()
    assert (mail.recipient, mail.params) == (SAM["email"], {"invitation": invitation().id})
    assert mail.why
    assert "withdrawn" in mail.cancelled_by


@BOTH_DATABASES
def test_asking_for_the_same_part_twice_asks_once(kim, company, rows):
    ask(kim, company)
    ask(kim, company)
    assert rows.query(ColleagueInvitation).count() == 1
    assert rows.query(Message).filter_by(kind="colleague_invitation").count() == 1


def test_a_colleague_answers_its_part_and_the_inviter_sees_it(sam, kim, company, rows):
    assert sam.save(company.address, TEXT, value="Platschef").status_code == 200
    answer = rows.query(Answer).filter_by(question_id=TEXT).one()
    assert rows.get(User, answer.answered_by_id).name == SAM["name"]
    page = kim.get(f"{company.address}/colleagues").text
    assert SAM["name"] in page
    assert invitation().opened_at is not None


def test_who_answered_is_shown_when_several_do(sam, kim, company):
    sam.save(company.address, TEXT, value="Platschef")
    assert SAM["name"] not in kim.get(f"{company.address}/check").text
    kim.save(company.address, "employees_in_sweden", value="8")
    assert SAM["name"] in kim.get(f"{company.address}/check").text


def test_a_colleague_sees_only_the_section_it_was_asked_for(sam, company):
    page = sam.get(company.address)
    assert page.status_code == 200
    assert SAM["note"] in page.text
    assert sam.get(f"{company.address}/sections/{MINE}").status_code == 200
    assert sam.get(f"{company.address}/sections/{OTHERS}").status_code == 404
    assert sam.post(f"{company.address}/sections/{OTHERS}").status_code == 404


def test_a_colleague_cannot_save_an_answer_elsewhere(sam, kim, company, rows):
    other = first_question(kim, company, OTHERS)
    assert sam.save(company.address, other, value="yes").status_code == 404
    assert sam.get(f"{company.address}/answers/{other}/documents").status_code == 404
    assert rows.query(Answer).count() == 0


def first_question(kim, company, section):
    fields = kim.section(company.address, section).fields
    return next(name.removesuffix(":present") for name in fields if name.endswith(":present"))


@pytest.mark.parametrize(
    "path",
    ["check", "colleagues", "answers", "ask/more_time", f"answers/{TEXT}/secrecy", "receipt", "result"],
)
def test_a_colleague_neither_sends_in_nor_invites_nor_asks_for_anything(sam, company, path):
    assert sam.get(f"{company.address}/{path}").status_code == 403


def test_a_colleague_asked_for_one_question_sees_that_one(app, kim, company):
    ask(kim, company, part=f"question:{TEXT}")
    sam = arrive(app)
    page = sam.section(company.address, MINE)
    assert [name for name in page.fields if name.endswith(":present")] == [f"{TEXT}:present"]


def test_saving_the_last_shared_page_leads_back_to_the_colleagues_own_page(sam, company):
    answer = sam.fill(company.address, MINE, {TEXT: "Platschef", "certificates_held": "none"})
    assert answer.location.endswith(company.address)


@BOTH_DATABASES
def test_what_was_taken_back_is_closed_at_once_and_its_mail_does_not_leave(sam, kim, company, rows):
    mail = rows.query(Message).filter_by(kind="colleague_invitation").one()
    assert reason_to_withdraw(db.session(), mail) is None
    taken = kim.post(f"{company.address}/colleagues/{invitation().id}/withdraw")
    assert taken.status_code == 302
    assert sam.get(company.address).status_code in {401, 404}
    assert reason_to_withdraw(db.session(), mail) is not None


def test_taking_one_part_back_leaves_the_other_open(app, kim, company):
    ask(kim, company)
    ask(kim, company, part=f"section:{OTHERS}")
    sam, newest = arrive(app), invitation()
    kim.post(f"{company.address}/colleagues/{newest.id}/withdraw")
    assert sam.get(f"{company.address}/sections/{MINE}").status_code == 200
    assert sam.get(f"{company.address}/sections/{OTHERS}").status_code == 404


def test_a_colleagues_link_works_only_while_the_round_can_be_answered(app, kim, company, rows):
    ask(kim, company)
    row = invitation()
    token = make_link(db.session(), company.assessment, row.contact, now=NOW)
    assert find_link(db.session(), token)[0] is LinkState.WORKS
    company.assessment.state = State.SUBMITTED
    assert find_link(db.session(), token)[0] is LinkState.ROUND_CLOSED
    assert Browser(app).get(f"/link/{token}").status_code == 410


def test_opening_by_a_colleague_does_not_open_the_round(sam, company, rows):
    rows.refresh(company.assessment)
    assert company.assessment.opened_at is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "inte en adress"), ("name", ""), ("part", "section:finns.inte"), ("note", "x" * 601)],
)
def test_bad_input_is_refused_at_its_field_and_kept(kim, company, rows, field, value):
    answer = ask(kim, company, **{field: value})
    assert answer.status_code == 422
    assert SAM["name"] in answer.text or field == "name"
    assert rows.query(ColleagueInvitation).count() == 0


def test_the_own_address_is_refused(kim, company):
    assert ask(kim, company, email=company.user.contact.email.upper()).status_code == 422


def test_another_companys_invitation_cannot_be_taken_back(kim, company, other_company, app):
    ask(Browser(app).become(other_company.user), other_company)
    theirs = invitation()
    assert kim.post(f"{company.address}/colleagues/{theirs.id}/withdraw").status_code == 404


def test_a_colleague_asked_by_one_company_is_nobody_at_another(sam, other_company):
    assert sam.get(other_company.address).status_code == 404


def test_a_colleague_is_no_contact_that_staff_see(sam, kim, company, rows):
    supplier = company.assessment.supplier
    rows.refresh(supplier)
    assert [contact.is_colleague for contact in supplier.contacts] == [False]


def test_what_a_colleague_did_stays_a_draft_in_the_log(sam, company, rows):
    sam.save(company.address, TEXT, value="Platschef")
    assert all(event.draft for event in rows.query(Event))


def test_a_colleague_sees_no_document_of_other_questions(sam, company, rows):
    from tests.rows import build_document

    document = build_document(db.session, company.assessment.supplier, name="hemlig.pdf")
    assert sam.get(f"/supplier/documents/{document.id}").status_code == 404
    assert "hemlig.pdf" not in sam.get(f"{company.address}/sections/{MINE}").text


def test_a_colleague_without_an_invitation_opens_nothing(company, rows):
    contact = Contact(
        supplier_id=company.assessment.supplier_id,
        name="Ingen",
        email="ingen@leverantor.example",
        is_colleague=True,
        created_at=NOW,
    )
    rows.add(contact)
    rows.flush()
    from flask import current_app

    nobody = Browser(current_app._get_current_object()).become(build_supplier_user(rows, contact))
    assert nobody.get(company.address).status_code == 404
