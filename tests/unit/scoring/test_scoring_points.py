"""Lost points: what each scored item costs its area, split into answer and proof."""

from tests.unit.scoring.scoring_cases import everywhere, met, raw, result


def losses(items):
    return {
        one["id"]: (one["lost"], one["lost_answer"], one["lost_proof"]) for one in result(items)["points"]
    }


def test_a_loss_is_split_into_its_answer_part_and_its_proof_part():
    items = [*met(4), raw("half", credit=0.5, criticality="major", expects_evidence=True, evidence="checked")]
    # sum of weights 7: 300/7 * (1 - 0.425), 300/7 * 0.5, 300/7 * 0.5 * 0.15
    assert losses(items)["half"] == (24.64, 21.43, 3.21)


def test_the_three_numbers_are_rounded_each_by_itself():
    items = [
        *met(2),
        raw("x", credit=0.45, expects_evidence=True, evidence="checked"),
        *met(5, prefix="more"),
    ]
    lost, answer, proof = losses(items)["x"]
    # exactly 7.71875, 6.875 and 0.84375: the rounded parts give 7.72, the whole too; halves go up
    assert (lost, answer, proof) == (7.72, 6.88, 0.84)


def test_an_open_item_loses_all_it_weighs_by_the_answer():
    assert losses([*met(4), raw("open", state="unanswered", expects_evidence=True)])["open"] == (
        20.0,
        20.0,
        0.0,
    )


def test_a_fully_met_item_loses_nothing():
    assert set(losses(everywhere()).values()) == {(0.0, 0.0, 0.0)}


def test_in_an_area_without_numbers_losses_are_null():
    assert losses([raw("alone", credit=0)]) == {"alone": (None, None, None)}


def test_only_scored_items_are_listed_and_in_input_order():
    items = [
        raw("z", area="work_environment"),
        raw("hidden", state="hidden"),
        raw("info", criticality="info"),
        raw("bonus", bonus=True),
        raw("accepted", state="na_accepted"),
        raw("pending", state="na_pending"),
        raw("a"),
    ]
    assert list(losses(items)) == ["z", "pending", "a"]


def test_a_bonus_changes_no_loss():
    items = [*met(4), raw("no", credit=0)]
    assert losses([*items, raw("bonus", bonus=True)]) == losses(items)
