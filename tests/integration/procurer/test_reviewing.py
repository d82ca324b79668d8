"""After submission: the result with reasons, a person's word, and the decision that brings the matter back in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from compliance import clock
from compliance.storage.models import (
    Answer,
    Assessment,
    Contract,
    Decision,
    Event,
    Message,
    Review,
    Scorecard,
)
from compliance.workflow.answering import journey_of
from compliance.workflow.recording import assessment_case, contract_case
from compliance.workflow.reviewing import open_by_hand
from tests.conftest import BOTH_DATABASES
from tests.integration.procurer.suppliers_side import (
    GIVEN_TEXT,
    answer_everything,
    attach,
    submit_answers,
)
from tests.rows import build_staff
from tests.visitors import Visitor

WHY = "Svaren är fullständiga och bevisen håller."


@pytest.fixture
def review(rows, submitted, anna):
    """An open review of the submitted round's contract."""
    row = open_by_hand(
        rows(), submitted.contracts[0], "Tips från en hyresgäst", actor=f"user:{anna.id}", now=clock.now()
    )
    rows.commit()
    return row


def decision(**values):
    return {"code": "approve", "reason": WHY, "next_on": "", "heard_on": "", "asked": "", **values}


def ahead(days):
    return (clock.today() + timedelta(days=days)).isoformat()


@BOTH_DATABASES
def test_a_submitted_round_shows_result_reasons_versions_and_answers(desk, rows, submitted):
    page = desk.get(f"/assessments/{submitted.id}").text
    card = rows.scalars(select(Scorecard)).one()
    for words in (
        card.digest,
        "Rules that decided",
        "Declared",
        "What alone would raise the band",
        "2026-11",
    ):
        assert words in page
    answers = desk.get(f"/assessments/{submitted.id}/answers/human_rights").text
    assert GIVEN_TEXT in answers
    assert "Lost" in answers
    assert desk.get(f"/assessments/{submitted.id}/answers/company_profile").status_code == 200
    assert submitted.band == card.result["band"]


def prove(rows, round_, question_id, **facts):
    answer_everything(rows(), round_, now=clock.now())
    use = attach(rows(), round_, question_id, now=clock.now(), facts=facts)
    submit_answers(rows(), round_, now=clock.now())
    rows.commit()
    return use


def a_question_with_proof(rows, round_):
    """A question of this round that expects proof; found in the snapshot of a trial, since ids are data."""
    answer_everything(rows(), round_, now=clock.now())
    submit_answers(rows(), round_, now=clock.now())
    card = rows.scalars(select(Scorecard)).one()
    found = next(
        entry["question"]
        for entry in card.inputs["questions"]
        if entry["contract"] is None and entry["item"] and entry["item"]["expects_evidence"]
    )
    rows.rollback()
    return found


def test_a_document_of_somebody_else_is_said_to_be_so_and_a_person_may_overrule(desk, rows, invited):
    question_id = a_question_with_proof(rows, invited)
    use = prove(rows, invited, question_id, holder="Annat Bolag AB", valid_until="2030-01-01")
    form = {"use": use.id, "judgement": "accepted"}
    first = rows.scalars(select(Scorecard)).one()
    entry = next(one for one in first.inputs["questions"] if one["documents"])
    assert entry["item"]["evidence"] == "wrong_holder"
    text = desk.get(f"/assessments/{invited.id}/answers/{entry['questionnaire']}").text
    assert "issued to Annat Bolag AB, not to" in text
    desk.post(f"/assessments/{invited.id}/judge-document", {**form, "questionnaire": entry["questionnaire"]})
    cards = rows.scalars(select(Scorecard).order_by(Scorecard.sequence)).all()
    assert [card.sequence for card in cards] == [1, 2]
    assert cards[0].digest == first.digest
    assert cards[1].result["supported"] > cards[0].result["supported"]
    rows.expire_all()
    assert rows.get(Assessment, invited.id).supported == cards[1].result["supported"]


def test_a_claim_that_a_question_does_not_apply_is_judged_by_a_person(desk, rows, invited):
    answer_everything(rows(), invited, now=clock.now())
    items = journey_of(rows(), invited, now=clock.now()).items
    question = next(
        item.question
        for item in items
        if item.question.na_allowed and item.question.scored and not item.contract
    )
    rows.rollback()
    answer_everything(rows(), invited, now=clock.now(), **{question.id: ("na", "Vi har inga anställda")})
    submit_answers(rows(), invited, now=clock.now())
    rows.commit()
    form = {"question": question.id, "contract": "", "word": "na_accepted", "questionnaire": "human_rights"}
    desk.post(f"/assessments/{invited.id}/judge-answer", form)
    cards = rows.scalars(select(Scorecard).order_by(Scorecard.sequence)).all()
    states = [
        next(e["item"]["state"] for e in card.inputs["questions"] if e["id"] == question.id) for card in cards
    ]
    assert states == ["na_pending", "na_accepted"]


@BOTH_DATABASES
def test_an_approval_closes_review_and_round_and_sets_the_next_assessment(desk, rows, submitted, review):
    answer = desk.post(f"/reviews/{review.id}", decision(next_on=ahead(300)))
    rows.expire_all()
    taken = rows.scalars(select(Decision)).one()
    assert answer.location == f"/decisions/{taken.id}"
    assert (review.closed_at is not None, submitted.state) == (True, "closed")
    assert str(rows.scalars(select(Contract.next_assessment_on)).one()) == ahead(300)
    assert str(submitted.reassess_on) == ahead(300)
    assert taken.scorecard_id == submitted.scorecards[-1].id
    record = desk.get(answer.location).text
    event = rows.scalars(select(Event).where(Event.name == "decision_made")).one()
    assert event.case == contract_case(review.contract_id)
    assert event.hash in record
    assert WHY in record
    assert "decision_made" in [mail.kind for mail in rows.scalars(select(Message))]


def test_a_day_left_empty_is_the_one_that_was_suggested(desk, rows, review):
    desk.post(f"/reviews/{review.id}", decision(code="approve_with_plan"))
    assert rows.scalars(select(Decision)).one().next_on is not None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": ""}, "Choose one of the decisions"),
        ({"code": "exclude"}, "Choose one"),
        ({"reason": "ok"}, "at least 20 characters"),
        ({"next_on": "2020-01-01"}, "must lie after today"),
        ({"code": "escalate"}, "needs a hearing first"),
        ({"code": "escalate", "heard_on": ahead(3)}, "must have taken place"),
        ({"code": "request_completion"}, "Write what the supplier is to complete"),
    ],
)
def test_a_decision_that_lacks_something_is_refused_and_keeps_its_words(desk, rows, review, change, words):
    answer = desk.post(f"/reviews/{review.id}", decision(**change))
    assert answer.status_code == 422
    assert words in answer.text
    assert change.get("reason", WHY) in answer.text
    assert rows.scalars(select(Decision)).all() == []


@BOTH_DATABASES
def test_of_two_decisions_at_once_the_second_is_told(app, desk, rows, review):
    other = build_staff(rows, locale="en")
    rows.commit()
    desk.post(f"/reviews/{review.id}", decision())
    answer = (
        Visitor(app)
        .become(other)
        .post(f"/reviews/{review.id}", decision(reason="Något helt annat beslutades här."))
    )
    assert answer.status_code == 409
    assert "Somebody else has decided in the meantime" in answer.text
    assert "Något helt annat beslutades här." in answer.text
    assert len(rows.scalars(select(Decision)).all()) == 1


def test_a_request_for_completion_gives_the_answers_back_until_a_day(desk, rows, submitted, review):
    desk.post(
        f"/reviews/{review.id}",
        decision(code="request_completion", asked="Skicka ett giltigt intyg.", next_on=ahead(14)),
    )
    rows.expire_all()
    assert (submitted.state, str(submitted.due_on)) == ("sent_back", ahead(14))
    assert submitted.sent_back_note == "Skicka ett giltigt intyg."
    assert "sent_back" in [mail.kind for mail in rows.scalars(select(Message))]
    assert (
        "sent_back"
        in rows.scalars(select(Event.name).where(Event.case == assessment_case(submitted.id))).all()
    )


def test_what_is_typed_after_answers_were_sent_back_is_the_suppliers_own_again(desk, rows, submitted, review):
    desk.post(f"/reviews/{review.id}", decision(code="request_completion", asked="Mer.", next_on=ahead(14)))
    rows.expire_all()
    for row in rows.scalars(select(Answer).where(Answer.assessment_id == submitted.id)):
        row.comment = "Ett nytt utkast"
    rows.commit()
    text = desk.get(f"/assessments/{submitted.id}/answers/human_rights").text
    assert "Ett nytt utkast" not in text
    assert GIVEN_TEXT in text
    answer_everything(rows(), submitted, now=clock.now())
    submit_answers(rows(), submitted, now=clock.now())
    rows.commit()
    assert "Ett nytt utkast" in desk.get(f"/assessments/{submitted.id}/answers/human_rights").text


def test_a_round_without_reviews_is_closed_by_hand(desk, rows, submitted):
    for row in rows.scalars(select(Review)):
        row.closed_at = clock.now()
    rows.commit()
    desk.post(f"/assessments/{submitted.id}/close")
    rows.expire_all()
    assert submitted.state == "closed"
    assert rows.scalars(select(Contract.next_assessment_on)).one() == submitted.reassess_on


def test_a_round_under_review_cannot_be_closed_by_hand(desk, rows, submitted, review):
    answer = desk.post(f"/assessments/{submitted.id}/close", follow_redirects=True)
    assert "Decide about the contracts under review first" in answer.text
    rows.expire_all()
    assert submitted.state == "submitted"


def test_a_review_is_asked_for_with_a_reason(desk, rows, submitted):
    contract = submitted.contracts[0]
    desk.post(f"/contracts/{contract.id}/review", {"reason": "Olycka på bygget"})
    assert "A procurer asked for a review: Olycka på bygget" in desk.get("/desk").text
    assert desk.post(f"/contracts/{contract.id}/review", {"reason": " "}).status_code == 422


def a_question(rows, round_, wanted):
    """An asked company question of this round for which `wanted` holds; ids are data, so it is looked up."""
    answer_everything(rows(), round_, now=clock.now())
    items = journey_of(rows(), round_, now=clock.now()).items
    rows.rollback()
    return next(item.question for item in items if item.contract is None and wanted(item.question))


def say(desk, round_, question_id, word):
    form = {"question": question_id, "contract": "", "questionnaire": "human_rights", "word": word}
    return desk.post(f"/assessments/{round_.id}/judge-answer", form, follow_redirects=True)


def newest(rows):
    return rows.scalars(select(Scorecard).order_by(Scorecard.sequence.desc()).limit(1)).one().result


def test_a_failure_that_was_put_right_no_longer_decides_the_band(desk, rows, invited):
    def can_fail(question):
        return question.criticality == "zero_tolerance" and any(o.credit == 0 for o in question.options)

    question = a_question(rows, invited, can_fail)
    worst = next(option.code for option in question.options if option.credit == 0)
    given = [worst] if question.type == "many_of" else worst
    answer_everything(rows(), invited, now=clock.now(), **{question.id: given})
    submit_answers(rows(), invited, now=clock.now())
    rows.commit()
    assert "G1" in newest(rows)["gates"]
    say(desk, invited, question.id, "remedied")
    assert "G1" not in newest(rows)["gates"]
    say(desk, invited, question.id, "withdrawn")
    assert "G1" in newest(rows)["gates"]


def test_an_answer_called_false_gives_band_e_and_flags_the_contract_until_a_hearing(desk, rows, submitted):
    card = rows.scalars(select(Scorecard)).one()
    scored = next(e for e in card.inputs["questions"] if e["item"] and e["asked"] and e["contract"] is None)
    page = say(desk, submitted, scored["question"], "false")
    assert page.status_code == 200
    assert (newest(rows)["band"], "G8" in newest(rows)["gates"]) == ("E", True)
    assert "A document shows that an answer is not true." in desk.get("/desk").text


def test_a_word_that_does_not_fit_the_answer_changes_nothing(desk, rows, submitted):
    card = rows.scalars(select(Scorecard)).one()
    scored = next(e for e in card.inputs["questions"] if e["item"] and e["asked"] and e["contract"] is None)
    for word in ("na_accepted", "nonsense", ""):
        say(desk, submitted, scored["question"], word)
    assert len(rows.scalars(select(Scorecard)).all()) == 1
