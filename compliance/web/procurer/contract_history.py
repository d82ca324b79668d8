"""The history of a contract: every change, field by field."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from compliance.storage.models import Contract
from compliance.storage.queries.register import changes_of
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.register_lines import change_lines
from compliance.web.procurer.requested import found, session
from compliance.web.received import row_id


@procurer.get("/contracts/<int:contract_id>/history")
@allow(Access.STAFF)
def contract_history(contract_id: int) -> ResponseReturnValue:
    """Who changed what, when, from what to what."""
    row = found(Contract, contract_id)
    before = request.args.get("before", type=row_id)
    page = changes_of(session(), row.id, before=before)
    return render_template(
        "procurer/contract_history.html",
        contract=row,
        lines=change_lines(page.rows),
        following=page.following,
        before=before,
    )
