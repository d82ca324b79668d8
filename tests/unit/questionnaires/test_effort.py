"""How long answering takes: the whole form, per contract where it is asked per contract, in steps of five."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from compliance.questionnaires import catalogue
from compliance.questionnaires.effort import most_minutes
from compliance.questionnaires.model import Scope


def asked(*minutes: str, scope: Scope = Scope.COMPANY) -> SimpleNamespace:
    return SimpleNamespace(questions=[SimpleNamespace(minutes=Decimal(m), scope=scope) for m in minutes])


@pytest.mark.parametrize(
    ("questionnaires", "contracts", "minutes"),
    [
        ([], 1, 0),  # nothing is asked
        ([asked("0.5")], 1, 5),  # rounded up
        ([asked("2", "3")], 3, 5),  # company questions are asked once
        ([asked("2.5", "2.5"), asked("0.1")], 1, 10),  # just over five
        ([asked("2", scope=Scope.CONTRACT)], 3, 10),  # two minutes for each of three contracts
        ([asked("2", scope=Scope.CONTRACT)], 0, 0),  # no contract, no contract questions
    ],
)
def test_minutes_are_summed_and_rounded_up(questionnaires, contracts, minutes):
    assert most_minutes(questionnaires, contracts) == minutes


def test_everything_released_takes_a_believable_time():
    assert 15 <= most_minutes(catalogue.released(), 1) <= 180
