"""What the best documented contract register got wrong (GLPI issues), as cases of ours."""

from tests.unit.suppliers.contract_cases import dates_on, fixed, months, option, tacit


def test_glpi_23084_the_day_of_notice_follows_the_current_period_after_tacit_renewal():
    case = tacit("2023-12-31", start="2021-01-01")
    assert dates_on(case, "2026-01-15")["last_notice_day"] == "2026-09-30"


def test_glpi_14703_a_renewed_contract_is_not_shown_as_ended():
    found = dates_on(tacit("2020-12-31", start="2018-01-01"), "2026-01-15")
    assert (found["period_end"], found["ended"]) == ("2026-12-31", False)


def test_glpi_15893_thirty_six_months_are_three_years_and_not_six():
    case = option("2027-03-31", periods=1, length=36)
    assert dates_on(case, "2026-01-15")["period_end"] == "2027-03-31"
    assert (
        dates_on(case | {"renewal": case["renewal"] | {"extended": 1}}, "2026-01-15")["ends_on"]
        == "2030-03-31"
    )


def test_glpi_23516_an_extension_is_as_long_as_the_option_and_not_as_the_first_period():
    case = option("2027-03-31", length=12, extended=1)  # the first period was three years
    assert dates_on(case, "2026-01-15")["period_end"] == "2028-03-31"


def test_glpi_2596_reminders_count_from_the_end_and_not_from_the_start():
    first, second = fixed(start="2024-04-01"), fixed(start="2019-01-01")
    assert dates_on(first, "2026-01-15")["reminders"] == dates_on(second, "2026-01-15")["reminders"]


def test_glpi_1410_every_period_gets_its_own_reminders():
    notices = [
        [r["on"] for r in dates_on(tacit(), on)["reminders"] if r["trigger"] == "T2"]
        for on in ("2026-01-01", "2027-01-01", "2028-01-01")
    ]
    assert [len(days) for days in notices] == [5, 5, 5]
    assert not set(notices[0]) & set(notices[1])
    assert not set(notices[1]) & set(notices[2])


def test_glpi_4571_a_changed_end_gives_all_its_reminders_anew():
    before = dates_on(tacit("2026-12-31"), "2026-05-01")["reminders"]
    after = dates_on(tacit("2027-12-31"), "2026-05-01")["reminders"]
    assert not {r["on"] for r in before} & {r["on"] for r in after}
    assert len(after) == 9


def test_glpi_6164_and_10507_every_contract_with_an_end_has_reminders():
    for case in (fixed(), option(), option(extended=2), tacit(), tacit(most=0), tacit(given="2026-02-01")):
        assert dates_on(case, "2026-01-15")["reminders"], case


def test_a_notice_period_changed_alone_moves_the_day_of_notice():
    assert dates_on(tacit(notice=months(6)), "2026-01-15")["last_notice_day"] == "2026-06-30"
