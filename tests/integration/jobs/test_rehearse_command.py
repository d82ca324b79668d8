"""`compliance clock rehearse` and `recompute` as people and programs call them."""

import json

import pytest
from click.testing import CliRunner

from compliance import clock
from compliance.cli.clock import clock as command
from compliance.extensions import db
from compliance.storage.models import CalendarDay, DueRow, Message
from compliance.workflow.arming import rearm_contract
from tests.rows import build_contract, build_staff, terms

TERMS = terms(
    start="2020-01-01",
    end=f"{clock.today().year + 1}-06-30",
    notice={"n": 3, "unit": "months"},
    renewal={"kind": "tacit", "months": 12},
)


@pytest.fixture
def call(app, monkeypatch):
    """The command on a database with one contract."""
    with app.app_context():
        session = db.session()
        owner = build_staff(session, email="anna@exempelbostader.example")
        contract = build_contract(session, owner_id=owner.id, number="A-1", terms=TERMS)
        rearm_contract(session, contract, now=clock.now())
        session.commit()
        db.session.remove()
    monkeypatch.setattr("compliance.app.create_app", lambda: app)
    return lambda *words: CliRunner().invoke(command, [*words])


def test_a_document_tells_what_to_whom_and_why(call):
    told = json.loads(call("rehearse", "--days", "400", "--json").stdout)
    reason = next(one for one in told["happenings"] if one["what"] == "T2")
    assert reason["contract"] == "A-1"
    assert "last day to give notice" in reason["why"]
    assert {one["to"] for one in told["happenings"] if one["sort"] == "mail"} >= {
        "anna@exempelbostader.example"
    }
    assert told["counts"]["reasons"] == sum(one["sort"] == "reason" for one in told["happenings"])


def test_the_text_groups_by_day_and_says_what_it_assumes(call):
    text = call("rehearse", "--days", "400").stdout
    assert "Assumed: nobody answers" in text
    assert "\n  review  A-1" in text


def test_nothing_is_changed(app, call):
    call("rehearse", "--days", "400")
    with app.app_context():
        assert db.session.query(Message).count() == 0
        assert db.session.query(DueRow).filter(DueRow.done_at.is_not(None)).count() == 0


def test_other_terms_tell_the_difference(call, tmp_path):
    file = tmp_path / "terms.json"
    file.write_text(json.dumps(TERMS | {"notice": {"n": 5, "unit": "months"}}), encoding="utf-8")
    words = ("rehearse", "--days", "400", "--contract", "A-1", "--terms", str(file))
    told = json.loads(call(*words, "--json").stdout)
    assert told["contract"] == "A-1"
    assert told["added"] and told["removed"]  # noqa: PT018  both belong to one difference
    assert "Taken away by the other terms of A-1" in call(*words).stdout


@pytest.mark.parametrize(
    ("words", "at"),
    [
        (["--days", "0"], "days"),
        (["--days", "801"], "days"),
        (["--days", "-5"], "days"),
        (["--days", "x"], "days"),
        (["--from", "2026-02-30"], "from"),
        (["--contract", "A-1"], "terms"),
        (["--terms", "none.json"], "contract"),
    ],
)
def test_bad_input_is_refused_with_its_place(call, words, at):
    result = call("rehearse", *words, "--json")
    assert result.exit_code == 2
    assert at in [one["at"] for one in json.loads(result.stdout)["errors"]]


def test_an_unknown_contract_is_refused(call, tmp_path):
    file = tmp_path / "terms.json"
    file.write_text(json.dumps(TERMS), encoding="utf-8")
    result = call("rehearse", "--contract", "B-2", "--terms", str(file), "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["errors"][0]["at"] == "contract"


def test_only_days_from_the_given_one_are_told(call):
    first = f"{clock.today().year + 1}-02-01"
    told = json.loads(call("rehearse", "--from", first, "--days", "60", "--json").stdout)
    assert told["from"] == first
    assert all(one["on"] >= first for one in told["happenings"])


def test_recompute_only_counts_until_told_to_apply(app, call):
    with app.app_context():
        db.session.query(CalendarDay).delete()
        db.session.commit()
    assert json.loads(call("recompute", "--json").stdout) == {"contracts": 1, "applied": False}
    with app.app_context():
        assert db.session.query(CalendarDay).count() == 0
    assert json.loads(call("recompute", "--apply", "--json").stdout) == {"contracts": 1, "applied": True}
    with app.app_context():
        assert db.session.query(CalendarDay).count() > 0
