"""Contracts whose days cannot be met any more, in words: what was not kept, and what can still be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask_babel import gettext
from flask_login import current_user

from compliance.storage.models import Contract
from compliance.storage.queries.year import late_contracts, progress_of
from compliance.suppliers.contract_dates import ContractDates, contract_dates
from compliance.suppliers.contract_json import read_contract
from compliance.suppliers.last_chance import Progress, shortfall
from compliance.web.procurer.requested import session

MOST = 50


@dataclass(frozen=True)
class LastChance:
    """One contract, the day that was not kept, and what to do now."""

    contract: Contract
    missed: str
    still: str


def last_chances(today: date, *, mine: bool = False) -> list[LastChance]:
    """The running contracts that are late, the nearest last day first; with `mine` only the reader's own."""
    owner_id = current_user.id if mine else None
    return _in_words(late_contracts(session(), today=today, limit=MOST, owner_id=owner_id), today)


def last_chance_of(contract: Contract, today: date) -> LastChance | None:
    """The same about one contract; None while its days can be met."""
    found = _in_words([contract], today)
    return found[0] if found else None


def dates_of(contract: Contract, today: date) -> ContractDates:
    """A contract's days as seen today, with its own lead times."""
    question = read_contract(contract.terms)
    return contract_dates(question.terms, on=today, leads=question.leads)


def _in_words(contracts: Sequence[Contract], today: date) -> list[LastChance]:
    progress = progress_of(session(), [*contracts])
    told = []
    for contract in contracts:
        how_far = cast(Progress, progress.get(contract.id, "nothing"))
        found = shortfall(dates_of(contract, today), how_far)
        if found is not None:
            missed, still = gettext(found.missed) % found.params, gettext(found.still) % found.params
            told.append(LastChance(contract, missed, still))
    return told
