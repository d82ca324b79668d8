"""Whatever field the reading of documents knows, staff see it with a name: a new one must not break their pages."""

import pytest

from compliance.evidence.facts import FIELD_WORDS
from tests.integration.procurer.test_documents import send_in


@pytest.mark.parametrize("page", ["/suppliers/{supplier}", "/assessments/{round}/answers/work_environment"])
def test_every_kind_of_fact_has_words_on_the_pages_of_staff(app, rows, desk, invited, page):
    send_in(app, rows, invited, facts=dict.fromkeys(FIELD_WORDS, "x"))
    answer = desk.get(page.format(supplier=invited.supplier_id, round=invited.id))
    assert answer.status_code == 200
