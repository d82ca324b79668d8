"""The two stages of a round, each made once for a module: a request finds its world as it was made."""

from collections.abc import Iterator

import pytest

from tests.integration.fuzz.stage import Stage, open_stage


@pytest.fixture(scope="module", params=["before", "after"])
def stage(request, tmp_path_factory) -> Iterator[Stage]:
    """The application before and after the own company has sent in its answers."""
    with open_stage(tmp_path_factory.mktemp(request.param), sent_in=request.param == "after") as made:
        yield made
