"""What a document says about tax, insurance and the company sets off reasons: T15 and T16."""

from datetime import date

import pytest

from compliance.reviews.document_triggers import document_findings
from compliance.reviews.parameters import parameters

RULES, CAME = parameters(), date(2026, 5, 11)


@pytest.mark.parametrize(
    ("kind", "facts", "expected"),
    [
        ("tax_extract", {"approved_for_f_tax": ["no"]}, [("T15", "no_f_tax", "critical", "2026-05-11")]),
        ("tax_extract", {"approved_for_f_tax": ["yes"]}, []),
        ("tax_extract", {"debt": ["12500 SEK"]}, [("T15", "debt", "high", "2026-05-11")]),
        ("tax_extract", {"debt": ["12500,50 SEK"]}, [("T15", "debt", "high", "2026-05-11")]),
        ("tax_extract", {"debt": ["0 SEK"]}, []),
        ("tax_extract", {"debt": ["unclear"]}, []),
        (
            "tax_extract",
            {"debt": ["12500 SEK"], "approved_for_f_tax": ["no"]},
            [("T15", "no_f_tax", "critical", "2026-05-11")],  # the most serious only
        ),
        ("insurance_certificate", {"valid_until": ["2026-04-30"]}, [("T15", "insurance", "high", "2026-05-11")]),
        ("insurance_certificate", {"valid_until": ["2026-12-31"]}, [("T15", "insurance", "high", "2027-01-01")]),
        ("insurance_certificate", {"valid_until": ["2026-12"]}, []),  # a month is no day
        ("certificate", {"valid_until": ["2026-04-30"]}, []),  # T6 tells of that
        ("registration", {"company_status": ["Konkurs inledd"]}, [("T16", "bankruptcy", "high", "2026-05-11")]),
        ("registration", {"company_status": ["i likvidation"]}, [("T16", "winding_up", "high", "2026-05-11")]),
        ("registration", {"company_status": ["fusion"]}, [("T16", "merger", "high", "2026-05-11")]),
        ("registration", {"company_status": ["aktivt"]}, []),
        ("registration", {}, []),
    ],
)  # fmt: skip
def test_what_a_document_says_is_told_of_when_it_is_bad_news(kind, facts, expected):
    items = document_findings("document-1", kind, facts, CAME, RULES)
    found = [(item.kind, item.params["cause"], item.severity, str(item.due_on)) for item in items]
    assert found == expected
