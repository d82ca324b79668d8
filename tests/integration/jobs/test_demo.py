"""The demo: invented, whole, and never mistaken for a real installation."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.app import create_app
from compliance.config import SettingsError, read_settings
from compliance.demo.instance import NotADemoError, prepare_folder, settings_of
from compliance.demo.people import STAFF
from compliance.extensions import db
from compliance.jobs.transactions import reading
from compliance.storage.models import Assessment, Message, Review, Supplier
from tests.integration.jobs.smtp_sink import free_port

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A demo as the command makes it."""
    folder = tmp_path_factory.mktemp("demo") / "instance"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("COMPLIANCE_")}
    command = ["demo", "--folder", str(folder), "--port", str(free_port()), "--no-serve"]
    done = subprocess.run(
        [sys.executable, "-m", "compliance.cli", *command],
        env=clean,
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    assert all(one.password in done.stdout for one in STAFF)
    return folder


@pytest.fixture
def demo(folder) -> Iterator:
    app = create_app(read_settings(settings_of(folder, port=8080)))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_it_holds_suppliers_rounds_and_reviews_and_every_mail_has_left(demo):
    with reading(demo) as session:
        assert session.query(Supplier).count() == 6
        states = {state for (state,) in session.query(Assessment.state)}
        assert states == {"invited", "answering", "submitted", "closed"}
        assert {"E", "A"} <= {band for (band,) in session.query(Assessment.band)}
        assert session.query(Review).filter_by(severity="critical", closed_at=None).count() == 1
        assert {state for (state,) in session.query(Message.state)} == {"sent"}


def test_the_mailbox_shows_an_invitation_whose_link_opens_a_page(demo):
    client = demo.test_client()
    box = client.get("/demo/mailbox").text
    mails = [client.get(path).text for path in re.findall(r"/demo/mailbox/[\w-]+\.eml", box)]
    links = [found[1] for mail in mails if (found := re.search(r'href="http://[\d.:]+(/link/[^"]+)"', mail))]
    assert len(links) >= 5
    assert client.get(links[0]).status_code == 200


def test_no_file_outside_the_mailbox_can_be_read_through_it(demo):
    client = demo.test_client()
    assert client.get("/demo/mailbox/..%2Fdemo.env").status_code == 404
    assert client.get("/demo/mailbox/demo.env").status_code == 404


def test_its_secrets_are_for_the_owners_eyes_only(folder):
    assert stat.S_IMODE((folder / "demo.env").stat().st_mode) == 0o600


def test_an_ordinary_installation_refuses_its_database(folder):
    environment = settings_of(folder, port=8080)
    del environment["COMPLIANCE_DEMO"]
    with pytest.raises(SettingsError, match="compliance demo"):
        create_app(read_settings(environment))


def test_an_ordinary_installation_has_no_mailbox(app):
    assert app.test_client().get("/demo/mailbox").status_code == 404


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(NotADemoError):
        prepare_folder(tmp_path, fresh=True)
    assert (tmp_path / "letters.txt").exists()
