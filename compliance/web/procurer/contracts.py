"""Contracts: the list, and the page of one with its days to act."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from compliance.storage.models import CodeOfConduct, Contract, User
from compliance.storage.queries import contracts as queries
from compliance.storage.queries.register import call_offs_of, commitments_of, subcontractors_of
from compliance.storage.queries.suppliers import open_rounds
from compliance.storage.queries.timelines import find_events
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.change_words import agreed_in_words
from compliance.web.procurer.contract_filters import filter_lists, search_of
from compliance.web.procurer.event_words import timeline_entries
from compliance.web.procurer.happenings import events_in_words
from compliance.web.procurer.last_chances import dates_of, last_chance_of
from compliance.web.procurer.reason_words import reasons_in_words
from compliance.web.procurer.register_lines import subcontractor_lines
from compliance.web.procurer.requested import found, may_change, session, today
from compliance.workflow.recording import contract_case


@procurer.get("/contracts")
@allow(Access.STAFF)
def contracts() -> ResponseReturnValue:
    """Contracts, those whose last day to act comes first on top."""
    search, shown = search_of(request.args)
    return render_template(
        "procurer/contracts.html",
        listing=queries.find_contracts(session(), search),
        search=search,
        shown=shown,
        lists=filter_lists(),
        may_change=may_change(),
        today=today(),
    )


@procurer.get("/contracts/<int:contract_id>")
@allow(Access.STAFF)
def contract(contract_id: int) -> ResponseReturnValue:
    """One contract: terms in words, the chain of days to act, what belongs to it, what happened."""
    row = found(Contract, contract_id)
    reviews = queries.reviews_of(session(), row.id)
    return render_template(
        "procurer/contract.html",
        contract=row,
        dates=dates_of(row, today()),
        last_chance=last_chance_of(row, today()),
        reviews=reviews,
        open_review=next((review for review in reviews if review.closed_at is None), None),
        open_round=open_rounds(session(), [row.supplier_id]).get(row.supplier_id),
        rounds=queries.rounds_about(session(), row.id),
        newest=queries.newest_submitted(session(), row.supplier_id),
        owner=queries.owner_of(session(), row),
        reasons_in_words=reasons_in_words,
        timeline=timeline_entries(find_events(session(), [contract_case(row.id)])),
        may_change=may_change(),
        today=today(),
        **_register_of(row),
    )


def _register_of(row: Contract) -> dict[str, object]:
    """What the register holds beside the contract."""
    return {
        "substitute": session().get(User, row.substitute_id) if row.substitute_id else None,
        "code": session().get(CodeOfConduct, row.code_of_conduct_id) if row.code_of_conduct_id else None,
        "agreed": agreed_in_words(row.agreed_terms),
        "call_offs": call_offs_of(session(), row.id),
        "subcontractors": subcontractor_lines(row, subcontractors_of(session(), row.id), today()),
        "commitments": commitments_of(session(), row.id),
        "events": events_in_words(row),
    }
