"""The rules at every door: refused unless declared, no way round in circles, readers never wait for writers."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.event import listen

from compliance.extensions import db
from tests.rows import build_staff
from tests.visitors import Visitor, supplier_user


@pytest.mark.parametrize("role", [None, "reader", "administrator"])
def test_a_view_that_declares_nothing_is_refused_to_everybody(app, rows, role):
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    user = build_staff(rows, role) if role else None
    response = Visitor(app).become(user).get("/forgotten")
    assert response.status_code == 403
    assert "secret" not in response.text


def test_somebody_without_any_role_is_refused_and_not_sent_in_circles(visitor, rows):
    visitor.become(build_staff(rows, roles=[]))
    assert visitor.get("/desk").status_code == 403
    assert visitor.get("/admin/staff").status_code == 403
    assert visitor.get("/supplier").status_code == 401


def test_each_kind_lands_on_its_own_first_page(app, rows):
    assert Visitor(app).get("/").status_code == 200
    assert Visitor(app).become(build_staff(rows, "reader")).get("/").location == "/desk"
    assert Visitor(app).become(supplier_user()).get("/").location == "/supplier"


def test_reading_waits_for_no_writer_even_just_after_a_post(visitor, rows, settings):
    """A thread remembers whether its last request wrote; the next must say anew before it looks up the user."""
    visitor.become(build_staff(rows, "reader"))
    visitor.post("/account", {"name": "Ny", "locale": "sv"})
    rows.remove()
    file = settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert visitor.client.get("/account").status_code == 200
        writer.execute("ROLLBACK")


def test_writing_takes_the_lock_before_it_reads_even_just_after_a_get(visitor, rows):
    """Or two writers who both read first could lose an update."""
    visitor.become(build_staff(rows, "reader"))
    token = visitor.form_token()
    visitor.get("/account")
    begun = []
    listen(db.engine, "before_cursor_execute", lambda _c, _cursor, sql, *_: begun.append(sql))
    with visitor.app.app_context():
        visitor.client.post("/account", data={"csrf_token": token, "name": "Ny", "locale": "sv"})
    assert [sql for sql in begun if sql.startswith("BEGIN")] == ["BEGIN IMMEDIATE"]
    assert begun[0] == "BEGIN IMMEDIATE"
