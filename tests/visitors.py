"""People at the door: a client that carries its form token as a browser does, signed in or not."""

import re
from typing import Any

from flask import Flask, has_app_context
from werkzeug.test import TestResponse

from compliance.extensions import db
from compliance.storage.models import Contact, User
from compliance.workflow.linking import make_link
from tests.rows import NOW, build_assessment, build_contact, build_contract, build_staff, build_supplier_user

PASSWORD = "korrekt häst batteri häftstift"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """One browser. `post` sends the form token that any page with a form would have given.

    What the test has written so far is committed first, as it would be before anybody comes to look at it; each
    request has a context of its own, or it would see the user of the one before.
    """

    def __init__(self, app: Flask, **environ: str) -> None:
        self.app = app
        self.client = app.test_client()
        self.environ = {"REMOTE_ADDR": "127.0.0.1", **environ}

    def open(self, path: str, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()
        with self.app.app_context():
            return self.client.open(path, environ_base=self.environ, **kwargs)

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.open(path, method="GET", **kwargs)

    def post(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        fields = {"csrf_token": self.form_token(kwargs.get("base_url")), **(data or {})}
        return self.open(path, method="POST", data=fields, **kwargs)

    def form_token(self, base_url: str | None = None) -> str:
        page = self.get("/account/link", base_url=base_url).text
        return TOKEN.search(page)[1]

    def sign_in(self, email: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        return self.post("/account/sign-in", {"email": email, "password": password, **fields})

    def is_signed_in(self, path: str = "/account") -> bool:
        return self.get(path).status_code == 200

    def become(self, user: User | None) -> "Visitor":
        """Be signed in, as after the sign-in page; hashing a password for every test would take minutes."""
        with self.client.session_transaction() as session:
            session.pop("_user_id", None)
            if user is not None:
                session["_user_id"], session["_fresh"] = user.fs_uniquifier, True
        return self


def staff_with_password(**values: Any) -> User:
    """A procurer who can sign in with `PASSWORD`."""
    from flask_security import hash_password

    from compliance.web.identity import security

    return build_staff(
        db.session, password=hash_password(security.password_util.normalize(PASSWORD)), **values
    )


def supplier_user(**values: Any) -> User:
    """The signed-in side of a contact who is asked in an open round."""
    contact = build_contact(db.session, **values)
    build_assessment(db.session, contact)
    return build_supplier_user(db.session, contact)


def open_link(contact: Contact | None = None, **values: Any) -> str:
    """The token of a working link to a new round that covers one contract."""
    contact = contact or build_contact(db.session)
    contract = build_contract(db.session, contact.supplier)
    assessment = build_assessment(db.session, contact, contracts=(contract,), **values)
    return make_link(db.session(), assessment, contact, now=NOW)
