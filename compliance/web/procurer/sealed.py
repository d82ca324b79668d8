"""A document about one person's pay: opened once, by one person, and then lost."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.evidence.sealed import SEALED, view_once
from compliance.evidence.store import NotStoredError, open_store
from compliance.storage.models import User
from compliance.storage.queries.suppliers import submitted_document
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.judging import as_download
from compliance.web.procurer.requested import may_change, or_404, session
from compliance.web.transactions import commit_now
from compliance.workflow.sealing import SealBrokenError, may_open, open_once, seal_of


@procurer.get("/documents/<int:document_id>/sealed")
@allow(Access.STAFF)
def sealed_document(document_id: int) -> ResponseReturnValue:
    """What opening means, and the button; or that it cannot be opened any more."""
    row = or_404(submitted_document(session(), document_id))
    if row.file.media_type != SEALED:
        return redirect(url_for("procurer.document", document_id=row.id))
    found, me = seal_of(session(), row), session().get_one(User, current_user.id)
    return render_template(
        "procurer/sealed.html",
        document=row,
        seal=found,
        can_open=may_change() and may_open(found, me, now=clock.now()),
        minutes=int(view_once().open_for.total_seconds() // 60),
    )


@procurer.post("/documents/<int:document_id>/open")
@allow(Access.PROCURER)
def open_sealed(document_id: int) -> ResponseReturnValue:
    """The file, to be saved and looked at."""
    row = or_404(submitted_document(session(), document_id))
    store = open_store(current_app.config["SETTINGS"].uploads)
    me = session().get_one(User, current_user.id)
    try:
        content = open_once(session(), row, store, by=me, now=clock.now())
    except (SealBrokenError, NotStoredError):
        flash(
            gettext("The document can no longer be opened. Ask the supplier for it again if you need it."),
            "error",
        )
        return redirect(url_for("procurer.sealed_document", document_id=row.id))
    seal = seal_of(session(), row)
    assert seal is not None
    commit_now()  # that it was opened is kept, whatever becomes of the download
    return as_download(content, seal.media_type, row.name)
