"""A backup is everything, of one moment, and comes back on either database with all mail held."""

import json
from dataclasses import replace

import pytest

from compliance.app import create_app
from compliance.cli.migrating import upgrade
from compliance.evidence.store import FolderStore, open_store
from compliance.extensions import db
from compliance.storage.backups import BackupError, make_backup, restore_backup
from compliance.storage.dumping import NotEmptyError
from compliance.storage.installation import mark_installation
from compliance.storage.models import Contract, Message, StoredFile
from compliance.workflow.holding import drop_mail, held_since, release_mail, waiting_mail
from compliance.workflow.sending import claim_next
from tests.conftest import BOTH_DATABASES, empty_database
from tests.rows import NOW, build_message
from tests.worlds import build_world


def migrate(revision):
    upgrade(revision=revision)


@pytest.fixture
def living(settings):
    """A migrated database with two companies in it."""
    app = create_app(settings)
    with app.app_context():
        upgrade()
        mark_installation(db.session(), demo=False, now=NOW)
        build_world(db.session(), settings.uploads)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_settings(request, settings, tmp_path):
    with empty_database(request, request.param, tmp_path) as url:
        yield replace(settings, database_url=url, uploads=tmp_path / "restored")


def back_up(app, folder):
    store = open_store(app.config["SETTINGS"].uploads)
    return make_backup(db.engine, store, folder, now=NOW)


def take_back(settings, folder):
    """Restore into the database of these settings; a second backup of what is there then."""
    app = create_app(settings)
    with app.app_context():
        try:
            restore_backup(db.engine, open_store(settings.uploads), folder, migrate=migrate, now=NOW)
            return back_up(app, folder.with_name("again"))
        finally:
            db.session.remove()
            db.engine.dispose()


def tables_in(folder):
    return {
        file.name: file.read_text()
        for file in (folder / "tables").iterdir()
        if file.name != "installation.jsonl"
    }


@BOTH_DATABASES
def test_what_comes_back_is_what_was_there_on_either_database(living, empty_settings, tmp_path):
    made = back_up(living, tmp_path / "backup")
    again = take_back(empty_settings, tmp_path / "backup")
    assert again.rows == made.rows
    assert tables_in(tmp_path / "again") == tables_in(tmp_path / "backup")
    assert set(FolderStore(empty_settings.uploads)) == set(db.session.scalars(db.select(StoredFile.sha256)))


def test_rows_that_refer_to_each_other_in_a_circle_come_back(living, empty_settings, tmp_path):
    first, second = db.session.scalars(db.select(Contract).order_by(Contract.id)).all()
    first.framework_id, second.framework_id = second.id, first.id
    db.session.commit()
    back_up(living, tmp_path / "backup")
    take_back(empty_settings, tmp_path / "backup")
    assert tables_in(tmp_path / "again") == tables_in(tmp_path / "backup")


def test_new_rows_get_new_numbers_after_a_restore(living, empty_settings, tmp_path):
    back_up(living, tmp_path / "backup")
    take_back(empty_settings, tmp_path / "backup")
    with create_app(empty_settings).app_context():
        highest = db.session.scalar(db.select(db.func.max(Message.id)))
        assert build_message(db.session()).id == highest + 1
        db.session.remove()
        db.engine.dispose()


def test_no_mail_leaves_after_a_restore_until_a_person_releases_it(living, settings, tmp_path):
    back_up(living, tmp_path / "backup")
    elsewhere = replace(settings, database_url=f"sqlite:///{tmp_path}/new.sqlite")
    take_back(elsewhere, tmp_path / "backup")
    with create_app(elsewhere).app_context():
        session = db.session()
        waiting = waiting_mail(session)
        assert held_since(session) == NOW
        assert claim_next(session, now=NOW) is None
        drop_mail(waiting[:1])
        release_mail(session)
        assert claim_next(session, now=NOW).message_id == waiting[1].id


def test_a_backup_goes_into_an_empty_database_only(living, settings, tmp_path):
    back_up(living, tmp_path / "backup")
    with pytest.raises(NotEmptyError):
        take_back(settings, tmp_path / "backup")


def test_a_backup_wants_a_folder_of_its_own(living, tmp_path):
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "other.txt").write_text("here first")
    with pytest.raises(BackupError, match="not empty"):
        back_up(living, tmp_path / "backup")


def spoil_rows(folder):
    with (folder / "tables" / "contract.jsonl").open("a") as lines:
        lines.write("{}\n")


def spoil_file(folder):
    next((folder / "files").iterdir()).write_bytes(b"another content")


def lose_file(folder):
    next((folder / "files").iterdir()).unlink()


def interrupt(folder):
    (folder / "manifest.json").unlink()


def lie_about_rows(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["rows"]["contract"] += 1
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("damage", [spoil_rows, spoil_file, lose_file, interrupt, lie_about_rows])
def test_a_damaged_backup_is_refused_and_leaves_the_database_empty(living, settings, tmp_path, damage):
    back_up(living, tmp_path / "backup")
    damage(tmp_path / "backup")
    elsewhere = replace(settings, database_url=f"sqlite:///{tmp_path}/new.sqlite")
    with pytest.raises(BackupError):
        take_back(elsewhere, tmp_path / "backup")
    with create_app(elsewhere).app_context():
        migrate("head")
        assert db.session.scalar(db.select(Contract.id)) is None


def test_a_file_that_is_gone_though_its_row_is_there_is_said(living, settings, tmp_path):
    store = FolderStore(settings.uploads)
    store.remove(next(iter(store)))
    with pytest.raises(BackupError, match="doctor"):
        back_up(living, tmp_path / "backup")
