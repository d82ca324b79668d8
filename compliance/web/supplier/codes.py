"""The buyer's code of conduct, in the versions that this company's contracts refer to."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from compliance.storage.models import CodeOfConduct
from compliance.storage.queries.register import codes_for_supplier
from compliance.web.access import Access, allow
from compliance.web.procurer.codes_of_conduct import document_of
from compliance.web.supplier import supplier
from compliance.web.supplier.requested import or_404, session


@supplier.get("/supplier/code-of-conduct")
@allow(Access.SUPPLIER)
def codes() -> ResponseReturnValue:
    """The versions that this company agreed to."""
    return render_template(
        "supplier/codes.html", codes=codes_for_supplier(session(), current_user.supplier_id)
    )


@supplier.get("/supplier/code-of-conduct/<int:code_id>")
@allow(Access.SUPPLIER)
def code_of_conduct(code_id: int) -> ResponseReturnValue:
    """One version, to read."""
    return render_template("supplier/code.html", code=_own(code_id))


@supplier.get("/supplier/code-of-conduct/<int:code_id>/document")
@allow(Access.SUPPLIER)
def code_document(code_id: int) -> ResponseReturnValue:
    """The PDF of a version."""
    return document_of(_own(code_id))


def _own(code_id: int) -> CodeOfConduct:
    """A version of one of this company's contracts, or 404."""
    own = codes_for_supplier(session(), current_user.supplier_id)
    return or_404(next((code for code in own if code.id == code_id), None))
