"""What a request's texts and numbers are made into before anything looks at them."""

import pytest

from compliance.web.received import LARGEST_ID, row_id, visible


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Åsa\r\n\tÖ\vx\f", "Åsa\r\n\tÖ\vx\f"),
        ("nul\x00 och \x1b[31m\x7f", "nul och [31m"),
        ("😀\u200d עברית \u202e", "😀\u200d עברית \u202e"),
    ],
)
def test_only_control_characters_are_dropped(sent, kept):
    assert visible(sent) == kept


@pytest.mark.parametrize("text", ["", "-1", "1e3", "٣", "²", "1 000", str(LARGEST_ID + 1), "9" * 5000])
def test_what_no_row_can_have_is_no_id(text):
    with pytest.raises(ValueError, match="id"):
        row_id(text)


def test_the_largest_id_is_one():
    assert row_id(str(LARGEST_ID)) == LARGEST_ID
