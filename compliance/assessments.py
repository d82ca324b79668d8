"""The thread through the steps: the states of an assessment and which may follow which."""

from enum import StrEnum


class State(StrEnum):
    """Where an assessment stands. `SENT_BACK` is open to the supplier again after a request for completion."""

    INVITED = "invited"
    ANSWERING = "answering"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    CLOSED = "closed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


FOLLOWS: dict[State, frozenset[State]] = {
    State.INVITED: frozenset({State.ANSWERING, State.DECLINED, State.CANCELLED}),
    State.ANSWERING: frozenset({State.SUBMITTED, State.DECLINED, State.CANCELLED}),
    State.SUBMITTED: frozenset({State.SENT_BACK, State.CLOSED}),
    State.SENT_BACK: frozenset({State.SUBMITTED, State.DECLINED, State.CANCELLED}),
    State.DECLINED: frozenset({State.ANSWERING, State.CANCELLED}),
    State.CLOSED: frozenset({State.SENT_BACK}),
    State.CANCELLED: frozenset(),
}

OPEN_TO_SUPPLIER = frozenset({State.INVITED, State.ANSWERING, State.SENT_BACK})
"""The supplier may answer."""

LINK_WORKS = OPEN_TO_SUPPLIER | {State.SUBMITTED}
"""The round is not closed: the mailed link still opens it."""

DRAFT = frozenset({State.INVITED, State.ANSWERING, State.DECLINED})
"""Nothing has been submitted yet: the answers are the supplier's own and staff see only the share answered."""


class NotAllowedNow(Exception):  # noqa: N818  it is a state of affairs, not a fault
    """A step that does not follow from where the assessment stands."""

    def __init__(self, present: State, wanted: State) -> None:
        """Remember both states, for the page that explains."""
        super().__init__(f"{wanted} does not follow {present}")
        self.present = present
        self.wanted = wanted


def step(present: State, wanted: State) -> State:
    """The state after a step. Raises `NotAllowedNow` when it does not follow."""
    if wanted not in FOLLOWS[present]:
        raise NotAllowedNow(present, wanted)
    return wanted
