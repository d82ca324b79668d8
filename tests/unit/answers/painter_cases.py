"""An eight-person painting firm that answers honestly and has ordinary papers, and one that answers carelessly."""

import json
from copy import deepcopy
from pathlib import Path

FILE = Path(__file__).parent / "profiles" / "painting_firm_2.json"
CASE = json.loads(FILE.read_text(encoding="utf-8"))["case"]
FULL = CASE["questionnaires"]


def painter(answers):
    """The reviewed firm with these answers, as the command line reads it."""
    return deepcopy(CASE) | {"answers": deepcopy(answers)}


HONEST = {
    "code_of_conduct_accepted@1": "yes", "human_rights_commitment": "yes",
    "policy_coverage": ["child_labour", "safe_work"],
    "human_rights_commitment_date": "2024-05-02", "human_rights_responsible": "Ägaren", "no_child_labour": "confirmed",
    "no_forced_labour": "confirmed", "serious_deviations": "none", "freedom_of_association": "yes",
    "harassment_guidelines": "partly", "active_measures": "partly", "pay_survey_date": "never",
    "discrimination_rulings": "none", "grievance_route": "partly", "conduct_in_homes": "yes",
    "agreement_or_terms": "employer_organisation", "agreement_name": "Måleriavtalet", "contract_wage_level@1": "yes",
    "lowest_hourly_pay@1": "195,50", "annual_leave": "yes", "bank_pay": "yes",
    "insurances": ["work_injury", "sickness", "life", "pension"],
    "employment_forms": [{"form": "permanent", "people": "8"}], "working_hours": "partly", "overtime_records": "partly",
    "daily_weekly_rest": "yes", "written_terms": "yes", "f_tax": "approved", "tax_registrations": "yes",
    "tax_debts": "none", "wage_claims": "none", "staff_register_kept": "yes", "identification_at_sites": "yes",
    "accepts_checks": "yes", "ohs_policy": "yes", "ohs_policy_date": "2025-01-10", "sam_routines": "partly",
    "sam_follow_up_date": "2025-09-01", "safety_representative": "asked", "safety_rounds": 1,
    "iso_45001_certified": "no", "risks_assessed": "yes", "ohs_action_plan": "partly", "induction": "yes",
    "protective_equipment": "yes",
    "permits_held": [{"permit": "lift", "people": "4", "until": "2027-05-01"},
                     {"permit": "resins", "people": "8", "until": "2026-02-01"}],
    "fall_protection": "always", "chemicals_listed": "yes", "hazardous_dust": "partly", "manual_handling": "partly",
    "exposure_controlled": "partly", "violence_and_threats": "no", "site_coordination@1": "yes",
    "construction_plan@1": "yes", "coordinator_competence@1": "not_appointed", "incident_reporting": "partly",
    "accident_statistics": [{"year": "2025", "hours": "13600", "injuries": "1", "near_misses": "2"},
                            {"year": "2024", "hours": "13 200", "injuries": "0", "near_misses": "0"}],
    "serious_accident": "none", "authority_actions": "none", "work_environment_rulings": "none", "first_aid": "yes",
    "victimisation_routine": "partly", "work_adaptation": "no",
}  # fmt: skip
"""Two things are missing altogether (a pay survey, a routine against threats) and a dozen are half done."""

SLOPPY = HONEST | {
    "human_rights_commitment": "partly", "harassment_guidelines": "no", "active_measures": "no",
    "overtime_records": "no", "working_hours": "dont_know", "insurances": ["work_injury"], "ohs_policy": "partly",
    "sam_routines": "no", "sam_follow_up_date": "never", "risks_assessed": "partly", "ohs_action_plan": "no",
    "hazardous_dust": "dont_know", "incident_reporting": "no", "first_aid": "partly", "conduct_in_homes": "partly",
    "accident_statistics": [{"year": "2025"}], "victimisation_routine": "dont_know",
}  # fmt: skip
