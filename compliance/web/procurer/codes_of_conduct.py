"""The buyer's code of conduct: its versions, each published once and never changed."""

from io import BytesIO

from flask import Response, abort, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from compliance import clock
from compliance.evidence.intake import Accepted, Refusal, take_in
from compliance.evidence.store import EvidenceStore, NotStoredError, StoreError, open_store
from compliance.storage.models import CodeOfConduct
from compliance.storage.queries.register import code_in_force, codes_of_conduct
from compliance.web.access import Access, allow
from compliance.web.forms.register import CodeForm
from compliance.web.procurer import procurer
from compliance.web.procurer.requested import actor, found, may_change, session, today
from compliance.workflow.publishing import CodeDetails, VersionTakenError, publish_code

NOT_TAKEN = 422
PDF = "application/pdf"


@procurer.get("/codes-of-conduct")
@allow(Access.STAFF)
def codes() -> ResponseReturnValue:
    """Every version, the newest first."""
    return render_template(
        "procurer/codes.html",
        codes=codes_of_conduct(session()),
        in_force=code_in_force(session(), today()),
        may_change=may_change(),
    )


@procurer.get("/codes-of-conduct/new")
@allow(Access.PROCURER)
def new_code() -> ResponseReturnValue:
    """The form of a new version."""
    return render_template("procurer/code_form.html", form=CodeForm(valid_from=today()))


@procurer.post("/codes-of-conduct/new")
@allow(Access.PROCURER)
def publish() -> ResponseReturnValue:
    """Publish a version: a text or a PDF."""
    form = CodeForm()
    if form.validate() and (details := _details(form)) is not None:
        try:
            code = publish_code(
                session(),
                details,
                store=store(),
                actor=actor(),
                actor_id=current_user.id,
                now=clock.now(),
            )
        except VersionTakenError:
            form.version.errors = [
                gettext("There is a version of this name. A published version is never replaced.")
            ]
        except StoreError as error:
            form.document.errors = [gettext(str(error))]
        else:
            flash(gettext("The version is published. Contracts can refer to it."), "success")
            return redirect(url_for("procurer.code_of_conduct", code_id=code.id))
    return render_template("procurer/code_form.html", form=form), NOT_TAKEN


@procurer.get("/codes-of-conduct/<int:code_id>")
@allow(Access.STAFF)
def code_of_conduct(code_id: int) -> ResponseReturnValue:
    """One version, to read."""
    return render_template("procurer/code.html", code=found(CodeOfConduct, code_id))


@procurer.get("/codes-of-conduct/<int:code_id>/document")
@allow(Access.STAFF)
def code_document(code_id: int) -> ResponseReturnValue:
    """The PDF of a version."""
    return document_of(found(CodeOfConduct, code_id))


def document_of(code: CodeOfConduct) -> Response:
    """The PDF to save; 404 when the version is a text."""
    if code.sha256 is None:
        abort(404)
    try:
        content = store().get(code.sha256)
    except NotStoredError:
        abort(404)
    response: Response = send_file(
        BytesIO(content), mimetype=PDF, as_attachment=True, download_name=code.file_name, max_age=0
    )
    response.headers["Content-Security-Policy"] = "sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def store() -> EvidenceStore:
    """Where files are kept."""
    return open_store(current_app.config["SETTINGS"].uploads)


def _details(form: CodeForm) -> CodeDetails | None:
    """The version that was written down; None when there is neither text nor PDF, or both."""
    text, upload = (form.text.data or "").replace("\r\n", "\n").strip(), form.document.data
    if bool(text) == bool(upload):
        both = gettext("Give either a text or a PDF, not both.")
        form.text.errors = [both if text else gettext("Give a text or a PDF.")]
        return None
    document: tuple[Accepted, bytes] | None = None
    if upload:
        data = upload.read()
        taken = take_in(upload.filename or "", data)
        if isinstance(taken, Refusal):
            form.document.errors = [gettext(taken.sentence)]
            return None
        if taken.media_type != PDF:
            form.document.errors = [gettext("The file is not a PDF.")]
            return None
        document = (taken, data)
    return CodeDetails(
        version=form.version.data, valid_from=form.valid_from.data, text=text, document=document
    )
