"""One open review a contract, many reasons, the worst one decides."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from compliance.reviews.flags import ORDER, Reason, add_reason, reason_from, remove_reason
from compliance.reviews.parameters import parameters
from compliance.reviews.triggers import document_expiring, low_band

TODAY = date(2026, 11, 23)
EXPIRING = Reason("T6:document-1", "T6", "normal", TODAY, {"valid_until": "2027-01-01"})
LOW = Reason("T7:contract-1", "T7", "critical", TODAY, {"cause": "band", "band": "E"})
REASONS = st.builds(
    Reason,
    st.sampled_from(["T1:a", "T2:a", "T6:b", "T6:c"]),
    st.just("T6"),
    st.sampled_from(ORDER),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)


def test_a_first_reason_opens_the_review():
    flag = add_reason(None, "contract-1", EXPIRING)
    assert (flag.opened_on, flag.severity, flag.reasons) == (TODAY, "normal", (EXPIRING,))


def test_a_further_reason_joins_it_and_raises_the_severity():
    flag = add_reason(add_reason(None, "contract-1", EXPIRING), "contract-1", LOW)
    assert (flag.severity, flag.reasons) == ("critical", (LOW, EXPIRING))


def test_the_same_reason_is_updated_and_keeps_its_first_day():
    later = replace(EXPIRING, severity="high", since=date(2027, 1, 1), params={"valid_until": "2027-01-01"})
    flag = add_reason(add_reason(None, "contract-1", EXPIRING), "contract-1", later)
    assert flag.reasons == (replace(later, since=TODAY),)
    assert flag.severity == "high"


def test_the_severity_sinks_when_the_worst_reason_goes():
    flag = add_reason(add_reason(None, "contract-1", EXPIRING), "contract-1", LOW)
    left = remove_reason(flag, LOW.topic)
    assert (left.severity, left.reasons) == ("normal", (EXPIRING,))
    assert remove_reason(left, EXPIRING.topic) is None


def test_steps_of_one_ladder_are_one_reason_and_other_objects_their_own():
    rules, flag = parameters(), None
    items = document_expiring("document-1", "ISO 45001", date(2027, 3, 31), rules)
    items += document_expiring("document-2", "ISO 14001", date(2027, 3, 31), rules)
    items += low_band("contract-1", TODAY, ("E", []), rules)
    for item in items:
        flag = add_reason(flag, "contract-1", reason_from(item, today=item.due_on))
    assert [reason.topic for reason in flag.reasons] == ["T7:contract-1", "T6:document-1", "T6:document-2"]
    assert [reason.severity for reason in flag.reasons] == ["critical", "high", "high"]


@given(st.lists(REASONS, min_size=1, max_size=12))
def test_every_topic_stands_once_and_adding_again_changes_nothing(reasons):
    flag = None
    for reason in reasons:
        flag = add_reason(flag, "contract-1", reason)
    latest = {reason.topic: reason.severity for reason in reasons}
    assert {reason.topic: reason.severity for reason in flag.reasons} == latest
    assert len(flag.reasons) == len(latest)
    assert flag.severity == min(latest.values(), key=ORDER.index)
    assert add_reason(flag, "contract-1", flag.reasons[-1]) == flag
