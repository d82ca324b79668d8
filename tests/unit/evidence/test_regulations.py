"""Step 4, evidence: a document that goes by replaced provisions is to be looked at again."""

from datetime import date

import pytest

from compliance.evidence.matching import OLD_REGULATION, Proof, compare, verdict
from compliance.evidence.naming import KnownSupplier
from tests.unit.evidence.drawn import read_lines

POLICY = ("# Arbetsmiljöpolicy", "Exempel Måleri AB", "Fastställd: 2026-03-01")
CASES = [
    ("Vi följer AFS 2001:1.", {"AFS 2001:1": True}),
    ("Enligt AFS 2015:4 och AFS 1999:3", {"AFS 2015:4": True, "AFS 1999:3": True}),
    ("Vi följer afs 2001 : 1", {"AFS 2001:1": True}),
    ("Vi följer AFS 2023:1.", {"AFS 2023:1": False}),
    ("AFS 2023:1 (tidigare AFS 2001:1)", {"AFS 2023:1": False, "AFS 2001:1": False}),
    ("AFS 2023:1 och AFS 2015:4", {"AFS 2023:1": False, "AFS 2015:4": True}),
    ("Vi följer arbetsmiljölagen.", {}),
]


@pytest.mark.parametrize(("line", "outdated"), CASES)
def test_a_replaced_provision_is_told_unless_its_successor_is_named_too(line, outdated):
    facts = read_lines(*POLICY, line).all("regulation")
    assert {fact.value: "outdated_regulation" in fact.warnings for fact in facts} == outdated


def test_an_old_provision_leads_to_check_revision():
    reading = read_lines(*POLICY, "Vi följer AFS 2001:1.")
    findings = compare(reading, Proof(KnownSupplier("Exempel Måleri AB")), date(2026, 5, 1))
    assert [finding.params for finding in findings if finding.sentence == OLD_REGULATION] == [
        {"found": "AFS 2001:1"}
    ]
    assert verdict(findings) == "none"
