"""The days of one contract as a calendar file."""

from flask import Response
from flask.typing import ResponseReturnValue

from compliance.storage.models import Contract
from compliance.storage.queries.year import days_of_contract
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.calendar_file import calendar_file
from compliance.web.procurer.requested import found, session


@procurer.get("/contracts/<int:contract_id>/days.ics")
@allow(Access.STAFF)
def contract_calendar(contract_id: int) -> ResponseReturnValue:
    """Save the days of a contract; opened again later they take the place of the earlier ones."""
    row = found(Contract, contract_id)
    response: Response = calendar_file(days_of_contract(session(), row.id), name=row.number)
    response.headers["Content-Disposition"] = f'attachment; filename="contract-{row.id}.ics"'
    return response
