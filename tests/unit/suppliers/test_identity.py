"""Who a supplier is: organisation numbers, sole traders kept secret, foreign companies."""

from contextlib import suppress
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from compliance.suppliers.identity import (
    SENTENCES,
    IdentityError,
    foreign_by_registration,
    foreign_by_vat,
    legal_person,
    sole_trader,
)

PERSON = "811218-9876"  # the tax agency's own made-up example


@pytest.mark.parametrize(
    "text",
    [
        "556012-5790", "5560125790", "165560125790", "16556012-5790", " 55 60 12 57 90 ", "556012–5790",
        "556012 — 5790", "556012−5790", "556012\u00a0-\u00a05790", "556012\u00ad5790", "５５６０１２５７９０",
    ],
)  # fmt: skip
def test_an_organisation_number_is_read_however_it_is_written(text):
    identity = legal_person(text)
    assert (identity.number, identity.display()) == ("5560125790", "556012-5790")
    assert identity.normal_form == "SE:organisation:5560125790"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("556012-5791", "check_digit"),
        ("556012-579", "wrong_length"),
        ("5560125790123", "wrong_length"),
        ("185560125790", "looks_personal"),
        (PERSON, "looks_personal"),
        ("19811218-9876", "looks_personal"),
        ("556O12-5790", "not_digits"),  # the letter O
        ("٥٥٦٠١٢٥٧٩٠", "not_digits"),  # digits of another script
        (" ", "missing"),
        ("-", "missing"),
    ],
)
def test_a_wrong_organisation_number_gets_a_sentence_that_helps(text, code):
    with pytest.raises(IdentityError) as caught:
        legal_person(text)
    assert caught.value.code == code
    assert caught.value.sentence == SENTENCES[code]


@given(st.from_regex(r"[1-9][0-9][2-9][0-9]{6}", fullmatch=True))
def test_exactly_one_last_digit_in_ten_is_right(nine):
    right = [digit for digit in "0123456789" if luhn.is_valid(nine + digit)]
    assert [legal_person(nine + digit).number for digit in right] == [nine + right[0]]
    for digit in set("0123456789") - set(right):
        with pytest.raises(IdentityError):
            legal_person(nine + digit)


@pytest.mark.parametrize("text", [PERSON, "8112189876", "198112189876", "19811218–9876", "811218+9876"])
def test_a_sole_trader_is_the_same_however_the_number_is_written(text):
    assert sole_trader(text) == sole_trader(PERSON)


@pytest.mark.parametrize("text", ["701063-2391", "197010632391"])
def test_a_sole_trader_may_have_a_samordningsnummer(text):
    assert sole_trader(text).number == "7010632391"


def test_nothing_of_a_sole_traders_number_is_ever_shown():
    identity = sole_trader(PERSON)
    for shown in (identity.masked(), identity.display(), repr(identity), str(identity)):
        assert not any(character.isdigit() for character in shown), shown


@pytest.mark.parametrize("text", ["811218-9875", "811332-9876", "811218-98761", "811218-987X", "556012-5790"])
def test_a_refused_sole_trader_leaves_no_trace_of_the_number(text):
    with pytest.raises(IdentityError) as caught:
        sole_trader(text)
    assert not any(character.isdigit() for character in str(caught.value))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("811332-9876", "no_such_birthday"),
        ("810229-9876", "no_such_birthday"),
        ("811292-9876", "no_such_birthday"),  # day 92 - 60 is no day
        ("170001010000", "no_such_birthday"),
        ("811218-9875", "check_digit"),
        ("556012-5790", "looks_legal"),
        ("165560125790", "looks_legal"),
        ("811218", "wrong_length"),
        ("", "missing"),
    ],
)
def test_a_wrong_personal_number_is_told_apart(text, code):
    with pytest.raises(IdentityError) as caught:
        sole_trader(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("country", "text", "shown"),
    [
        ("DE", "DE 136 695 976", "DE 136695976"),
        ("de", "136695976", "DE 136695976"),
        ("EL", "EL094259216", "GR 094259216"),
        ("PL", "856-734-62-15", "PL 8567346215"),
        ("FI", "FI20774740", "FI 20774740"),
        ("UK", "GB 980 7806 84", "GB 980780684"),
        ("US", "12-3456789", "US 123456789"),  # no rules known: by form
    ],
)
def test_a_vat_number_is_read_with_or_without_its_country(country, text, shown):
    assert foreign_by_vat(country, text).display() == shown


@pytest.mark.parametrize(
    ("read", "country", "text", "code"),
    [
        (foreign_by_vat, "DE", "136695977", "vat_wrong"),
        (foreign_by_vat, "DE", "", "missing"),
        (foreign_by_vat, "US", "", "missing"),
        (foreign_by_vat, "US", "x", "vat_wrong"),
        (foreign_by_vat, "SE", "SE556012579001", "country_is_sweden"),
        (foreign_by_vat, "EU", "1234", "unknown_country"),
        (foreign_by_registration, "Tyskland", "HRB 1", "unknown_country"),
        (foreign_by_registration, "DE", "", "missing"),
        (foreign_by_registration, "DE", "HRB <1>", "registration_form"),
    ],
)
def test_a_wrong_foreign_number_is_refused(read, country, text, code):
    with pytest.raises(IdentityError) as caught:
        read(country, text)
    assert caught.value.code == code


def test_a_registration_number_is_the_same_with_other_spacing():
    assert foreign_by_registration("DE", "HRB 12345 B") == foreign_by_registration("de", "hrb12345b")
    assert foreign_by_registration("DE", "136695976") != foreign_by_vat("DE", "136695976")


COUNTRIES = st.sampled_from(["DE", "NO", "PL", "FI", "DK", "EE", "LV", "LT", "GB", "CN", "US", "TR"])


@given(COUNTRIES, st.text(max_size=20))
def test_whatever_is_typed_gives_an_identity_or_a_stated_mistake(country, text):
    foreign = partial(foreign_by_vat, country), partial(foreign_by_registration, country)
    for read in (legal_person, sole_trader, *foreign):
        with suppress(IdentityError):
            assert read(text).number
