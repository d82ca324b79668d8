"""A demo database starts only as a demo, and an ordinary one never does."""

from dataclasses import replace

import pytest

from compliance import clock
from compliance.app import create_app
from compliance.config import SettingsError, read_settings
from compliance.extensions import db
from compliance.storage.installation import mark_installation
from compliance.storage.models import User


def test_a_demo_database_refuses_ordinary_settings(app, settings):
    with app.app_context():
        mark_installation(db.session(), demo=True, now=clock.now())
        db.session.commit()
    with pytest.raises(SettingsError, match="compliance demo"):
        create_app(settings)


def test_an_ordinary_database_refuses_demo_settings(app, settings):
    with app.app_context():
        mark_installation(db.session(), demo=False, now=clock.now())
        db.session.commit()
    with pytest.raises(SettingsError, match="not made by"):
        create_app(replace(settings, demo=True))


def test_demo_users_alone_are_enough_to_refuse(app, settings):
    with app.app_context():
        db.session.add(User(name="Demo", fs_uniquifier="x", is_demo=True, created_at=clock.now()))
        db.session.commit()
    with pytest.raises(SettingsError):
        create_app(settings)


def test_missing_secrets_are_all_named_at_once():
    with pytest.raises(SettingsError) as refusal:
        read_settings({"COMPLIANCE_SMTP_URL": "ftp://x"})
    for name in ("COMPLIANCE_SECRET_KEY", "COMPLIANCE_PASSWORD_SALT", "COMPLIANCE_SMTP_URL"):
        assert name in str(refusal.value)
