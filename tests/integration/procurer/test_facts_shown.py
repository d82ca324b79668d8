"""Whatever field the reading of documents knows, staff see it with a name: a new one must not break their pages."""

from compliance.evidence.facts import FIELD_WORDS
from tests.integration.procurer.test_documents import send_in


def test_every_kind_of_fact_has_words_on_the_pages_of_staff(app, rows, desk, invited):
    send_in(app, rows, invited, facts=dict.fromkeys(FIELD_WORDS, "x"))
    assert desk.get(f"/suppliers/{invited.supplier_id}").status_code == 200
