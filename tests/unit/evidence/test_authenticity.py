"""Questions of authenticity: asked where there is a reason, and only there; near-identical texts are told."""

from datetime import date

import pytest

from compliance.evidence.authenticity import QUESTIONS, doubts_about, text_is_compared
from compliance.evidence.facts import Fact, Reading
from compliance.evidence.fingerprint import alike, bands, fingerprint
from compliance.evidence.vocabulary import vocabulary

INVITED = date(2026, 3, 2)
BOX = (1.0, 2.0, 3.0, 4.0)
WORDS = [f"{a}{b}{c}ning" for a in "bcdfghjk" for b in "aeiouy" for c in "lmnrst"]


def reading(kind: str, *, text: str = "Exempel AB", made: str = "", **facts: str) -> Reading:
    found = {"document_type": kind, **facts}
    return Reading(
        "read",
        "0" * 64,
        pages=1,
        facts=tuple(Fact(field, value, 1, BOX, value, 0.9) for field, value in found.items()),
        text=(text,) if text else (),
        made_on=made,
    )


@pytest.mark.parametrize(
    ("read", "asked"),
    [
        (reading("work_environment_policy", made="2026-03-05", issued_on="2024-01-01"), ["made_late"]),
        (reading("work_environment_policy", made="2026-03-05", issued_on="2026-03-04"), []),
        (reading("work_environment_policy", made="2026-03-01", issued_on="2024-01-01"), []),
        (reading("tax_extract", made="2026-03-05", issued_on="2024-01-01"), []),
        (reading("work_environment_policy", text=""), ["name_absent"]),
        (reading("certificate", standard="ISO 45001:2018"), ["no_mark"]),
        (reading("certificate", standard="ISO 45001:2018", accreditation="SWEDAC"), []),
        (reading("certificate", standard="FR2000"), []),
        (reading("other", text=""), []),
    ],
)
def test_what_a_document_raises_by_itself(read, asked):
    assert [doubt.question for doubt in doubts_about(read, INVITED)] == asked


def test_of_a_document_that_was_not_read_nothing_is_asked():
    assert list(doubts_about(Reading("scanned", "0" * 64), INVITED)) == []


def test_every_question_has_an_innocent_explanation_and_an_advice():
    assert all(one.sentence and one.innocent and one.advice for one in QUESTIONS.values())


def policy(*, name: str = "Exempel", changed: int = 0) -> str:
    words = [f"{word} {name}" if at % 20 == 0 else word for at, word in enumerate(WORDS)]
    return " ".join(["ändrat"] * changed + words[changed:])


def test_the_same_template_with_another_name_and_a_changed_sentence_is_alike():
    one = fingerprint([policy()], ["Exempel AB"])
    other = fingerprint([policy(name="Annan", changed=8)], ["Annan AB"])
    assert alike(one, other) >= vocabulary("authenticity")["same_text"]["alike"]
    assert set(bands(one)) & set(bands(other))


def test_two_texts_of_their_own_are_not_alike():
    one, other = fingerprint([policy()]), fingerprint([" ".join(reversed(policy().split()))])
    assert alike(one, other) < 0.2


def test_a_short_text_has_no_fingerprint():
    assert fingerprint(["Vi följer lagen."]) == ()
    assert alike((), ()) == 0.0
    assert bands(()) == ()


def test_texts_are_compared_only_where_a_company_writes_its_own():
    assert text_is_compared("work_environment_policy")
    assert not text_is_compared("certificate")
