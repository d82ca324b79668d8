"""Contracts: the list, and the page of one with its days to act."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from compliance.storage.models import Contract
from compliance.storage.queries import contracts as queries
from compliance.storage.queries.timelines import find_events
from compliance.suppliers.contract_dates import ContractDates, contract_dates
from compliance.suppliers.contract_json import read_contract
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.event_words import timeline_entries
from compliance.web.procurer.reason_words import reasons_in_words
from compliance.web.procurer.requested import found, may_change, session, today
from compliance.workflow.recording import contract_case


@procurer.get("/contracts")
@allow(Access.STAFF)
def contracts() -> ResponseReturnValue:
    """Contracts, those whose last day to act comes first on top."""
    sort = request.args.get("sort", "notice")
    sort = sort if sort in queries.SORTS else "notice"
    text = request.args.get("text", "").strip()[:100]
    after = request.args.get("after", type=int)
    return render_template(
        "procurer/contracts.html",
        listing=queries.find_contracts(session(), sort=sort, text=text, after=after),
        sort=sort,
        text=text,
        after=after,
        may_change=may_change(),
        today=today(),
    )


@procurer.get("/contracts/<int:contract_id>")
@allow(Access.STAFF)
def contract(contract_id: int) -> ResponseReturnValue:
    """One contract: terms in words, the chain of days to act, reviews and decisions, what happened."""
    row = found(Contract, contract_id)
    reviews = queries.reviews_of(session(), row.id)
    return render_template(
        "procurer/contract.html",
        contract=row,
        dates=dates_of(row),
        reviews=reviews,
        open_review=next((review for review in reviews if review.closed_at is None), None),
        rounds=queries.rounds_about(session(), row.id),
        newest=queries.newest_submitted(session(), row.supplier_id),
        owner=queries.owner_of(session(), row),
        reasons_in_words=reasons_in_words,
        timeline=timeline_entries(find_events(session(), [contract_case(row.id)])),
        may_change=may_change(),
        today=today(),
    )


def dates_of(row: Contract) -> ContractDates:
    """The contract's days as seen today, for the one contract that is shown."""
    return contract_dates(read_contract(row.terms).terms, on=today())
