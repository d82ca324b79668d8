"""A section sent after the session has ended is kept for its owner alone, offered, and saved like any other."""

from datetime import timedelta

import pytest

from compliance import clock
from compliance.assessments import State
from compliance.storage.models import Answer, KeptForm
from compliance.workflow.keeping import KEPT, MOST_CHARACTERS, MOST_FORMS, throw_away_old
from compliance.workflow.linking import revoke_links
from tests.integration.supplier.forms import Browser, Form
from tests.rows import build_contact, build_supplier_user

SECTION = "company_profile.ways_of_working"
TEXT = "social_responsible_role"
TYPED = "Den nya platschefen"


@pytest.fixture
def late(kim, company) -> Form:
    """A page that was filled in, and whose session is over."""
    form = kim.section(company.address, SECTION)
    form.fields[f"{TEXT}:value"] = TYPED
    kim.client.delete_cookie("session")
    return form


def saved(rows) -> list[str]:
    rows.expire_all()
    return [row.value for row in rows.query(Answer).filter_by(question_id=TEXT)]


def use(kim: Browser, company, button: str = "use"):
    page = kim.get(company.address).text
    form = Form(page, "/kept/")
    return kim.post(form.action, {button: "1"})


def test_what_was_sent_too_late_is_kept_and_offered_after_the_link_was_opened(kim, company, late, rows):
    answer = kim.send(late, {"next": "1"})
    assert (answer.status_code, answer.location) == (303, "/supplier/come-back")
    page = kim.get(answer.location)
    assert page.status_code == 200
    assert TYPED not in page.text
    assert saved(rows) == []
    kim.become(company.user)
    assert use(kim, company).location == f"{company.address}/sections/{SECTION}"
    assert saved(rows) == [TYPED]
    assert rows.query(KeptForm).count() == 0
    assert "/kept/" not in kim.get(company.address).text


def test_it_can_be_thrown_away(kim, company, late, rows):
    kim.send(late)
    kim.become(company.user)
    use(kim, company, "throw_away")
    assert saved(rows) == []
    assert rows.query(KeptForm).count() == 0


def test_signed_in_again_in_another_tab_leads_straight_to_the_offer(kim, company, late, rows):
    kim.become(company.user)
    assert kim.send(late).location == company.address
    assert rows.query(KeptForm).count() == 1


def test_a_newer_answer_is_not_overwritten_and_both_texts_are_shown(kim, company, late, rows):
    kim.send(late)
    kim.become(company.user)
    kim.save(company.address, TEXT, value="Vd")
    answer = use(kim, company)
    assert answer.status_code == 409
    assert "Vd" in answer.text
    assert TYPED in answer.text
    assert saved(rows) == ["Vd"]
    assert rows.query(KeptForm).count() == 1


def test_what_cannot_be_taken_comes_back_with_its_message_and_stays_kept(kim, company, rows):
    form = kim.section(company.address, "company_profile.size_and_work")
    form.fields["employees_in_sweden:value"] = "åtta"
    kim.client.delete_cookie("session")
    kim.send(form)
    kim.become(company.user)
    answer = use(kim, company)
    assert answer.status_code == 422
    assert 'value="åtta"' in answer.text
    assert rows.query(KeptForm).count() == 1


def test_a_colleague_neither_sees_nor_can_use_it(app, kim, company, late, rows):
    kim.send(late)
    colleague = build_supplier_user(rows, build_contact(rows, company.assessment.supplier))
    other = Browser(app).become(colleague)
    assert "/kept/" not in other.get(company.address).text
    path = f"{company.address}/kept/{rows.query(KeptForm).one().id}"
    assert other.post(path, {"use": "1"}).status_code == 404


@pytest.mark.parametrize("mark", ["", "x", "WzEsMSwiMCJd.aaaa.bbbb"])
def test_a_page_that_we_did_not_make_leaves_nothing(kim, late, rows, mark):
    late.fields["page_of"] = mark
    assert kim.send(late).status_code == 400
    assert rows.query(KeptForm).count() == 0


def test_a_mark_is_good_for_its_own_round_only(kim, late, other_company, rows):
    late.action = f"{other_company.address}/sections/{SECTION}"
    assert kim.send(late).status_code == 400
    assert rows.query(KeptForm).count() == 0


def test_whose_links_were_revoked_can_leave_nothing(kim, company, late, rows):
    revoke_links(rows(), company.assessment.contact, now=clock.now())
    assert kim.send(late).status_code == 400
    assert rows.query(KeptForm).count() == 0


def test_nothing_is_kept_for_a_round_that_takes_no_answers(kim, company, late, rows):
    company.assessment.state = State.SUBMITTED
    assert kim.send(late).status_code == 400
    assert rows.query(KeptForm).count() == 0


def test_the_same_form_is_kept_once_and_only_so_many(kim, late, rows):
    for number in range(MOST_FORMS + 2):
        late.fields[f"{TEXT}:comment"] = str(number)
        codes = {kim.send(late).status_code for _ in range(2)}
        assert codes == ({303} if number < MOST_FORMS else {400})
    assert rows.query(KeptForm).count() == MOST_FORMS


def test_more_than_a_person_writes_is_not_kept(kim, late, rows):
    late.fields[f"{TEXT}:comment"] = "x" * MOST_CHARACTERS
    assert kim.send(late).status_code == 400
    assert rows.query(KeptForm).count() == 0


def test_what_nobody_comes_back_for_is_forgotten(kim, late, rows):
    kim.send(late)
    throw_away_old(rows(), now=clock.now() + KEPT - timedelta(hours=1))
    assert rows.query(KeptForm).count() == 1
    throw_away_old(rows(), now=clock.now() + KEPT + timedelta(hours=1))
    assert rows.query(KeptForm).count() == 0
