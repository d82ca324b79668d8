"""Documents that were sent in can be saved by staff, never run or framed by our pages; the outbox tells its reasons."""

from datetime import timedelta

from sqlalchemy import select

from compliance import clock
from compliance.evidence.facts import Reading
from compliance.evidence.store import FolderStore
from compliance.storage.models import Document, Scorecard
from compliance.workflow import reading, starting
from tests.integration.procurer.suppliers_side import answer_everything, attach, submit_answers
from tests.rows import build_message, build_reading_job, build_staff
from tests.visitors import Visitor

CONTENT = b"%PDF-1.7 exempel"


def send_in(app, rows, invited, **document):
    sha256 = FolderStore(app.config["SETTINGS"].uploads).put(CONTENT)
    answer_everything(rows(), invited, now=clock.now())
    use = attach(rows(), invited, "any", now=clock.now(), sha256=sha256, name="intyg från å.pdf", **document)
    submit_answers(rows(), invited, now=clock.now())
    rows.commit()
    return use.document_id


def test_a_document_is_given_as_a_file_in_a_sandbox(app, rows, desk, invited):
    answer = desk.get(f"/documents/{send_in(app, rows, invited, facts={})}")
    assert answer.data == CONTENT
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_reader_may_save_documents_and_a_stranger_may_not(app, rows, desk, invited):
    document_id = send_in(app, rows, invited, facts={})
    reader = build_staff(rows, "reader")
    rows.commit()
    assert Visitor(app).become(reader).get(f"/documents/{document_id}").status_code == 200
    assert Visitor(app).get(f"/documents/{document_id}").status_code == 302


def test_a_document_read_after_submission_makes_a_new_result_and_keeps_the_first(app, rows, desk, invited):
    document_id = send_in(app, rows, invited)
    build_reading_job(rows(), rows().get(Document, document_id), created_at=clock.now())
    lease = reading.lease_next(rows(), now=clock.now())
    reading.finish(rows(), lease, Reading(state="scanned", sha256="0" * 64, pages=1), now=clock.now())
    cards = rows.scalars(select(Scorecard).order_by(Scorecard.sequence)).all()
    assert [card.sequence for card in cards] == [1, 2]


def test_the_outbox_says_why_each_mail_was_written_and_what_would_stop_it(desk, rows, invited):
    starting.resend_invitation(rows(), invited, actor="system", now=clock.now())
    build_message(rows, state="failed", last_error="The contact is no longer active.")
    rows.commit()
    text = desk.get("/messages").text
    assert "A procurer sent the invitation once more." in text
    assert "The supplier submits, or the round is cancelled." in text
    failed = desk.get("/messages?state=failed").text
    assert "The contact is no longer active." in failed
    assert "kim@maleri.example" not in failed


def test_long_lists_go_on_on_a_next_page_without_names_in_the_address(desk, rows):
    moment = clock.now() - timedelta(days=1)
    for number in range(55):
        build_message(rows, recipient=f"nr{number:02}@exempel.example", created_at=moment)
    rows.commit()
    first = desk.get("/messages").text
    assert "nr54@" in first
    assert "nr04@" not in first
    following = first.split('class="pager"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert following.startswith("/messages?after=")
    second = desk.get(following).text
    assert "nr04@" in second
    assert "nr54@" not in second
