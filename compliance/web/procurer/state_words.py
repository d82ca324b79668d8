"""States of rounds, risks and documents in the reader's language, each with a tone for its tag."""

from flask_babel import lazy_gettext

from compliance.assessments import State
from compliance.evidence.facts import FIELD_WORDS

ROUND_STATES = {
    State.INVITED: (lazy_gettext("Invited"), "waiting"),
    State.ANSWERING: (lazy_gettext("Answering"), "info"),
    State.SUBMITTED: (lazy_gettext("Submitted"), "attention"),
    State.SENT_BACK: (lazy_gettext("Sent back"), "waiting"),
    State.CLOSED: (lazy_gettext("Closed"), "good"),
    State.DECLINED: (lazy_gettext("Declined by the supplier"), "attention"),
    State.CANCELLED: (lazy_gettext("Cancelled"), "neutral"),
}
RISKS = {
    "low": lazy_gettext("Low"),
    "medium": lazy_gettext("Medium"),
    "high": lazy_gettext("High"),
    "critical": lazy_gettext("Critical"),
    "unknown": lazy_gettext("Not assessed yet"),
}
DOCUMENT_STATES = {
    "waiting": (lazy_gettext("Waiting to be read"), "waiting"),
    "read": (lazy_gettext("Read"), "good"),
    "partly_read": (lazy_gettext("Partly read"), "attention"),
    "scanned": (lazy_gettext("Scanned, not read"), "attention"),
    "encrypted": (lazy_gettext("Locked by a password"), "attention"),
    "broken": (lazy_gettext("Damaged"), "bad"),
    "refused": (lazy_gettext("Too hard to read"), "attention"),
    "too_large": (lazy_gettext("Too large"), "bad"),
    "failed": (lazy_gettext("Not read, a fault on our side"), "attention"),
    "not_pdf": (lazy_gettext("Not a PDF"), "bad"),
}
SCAN_STATES = {
    "not_scanned": (lazy_gettext("Not scanned for viruses"), "neutral"),
    "clean": (lazy_gettext("Scanned for viruses, none found"), "good"),
    "infected": (lazy_gettext("Harmful code found"), "bad"),
}
FACTS = {field: lazy_gettext(words) for field, words in FIELD_WORDS.items()}
VERDICTS = {
    "accepted": (lazy_gettext("Accepted by a reviewer"), "good"),
    "checked": (lazy_gettext("Checked by machine"), "info"),
    "none": (lazy_gettext("Does not prove the answer yet"), "attention"),
    "expired": (lazy_gettext("Expired"), "bad"),
    "wrong_holder": (lazy_gettext("Issued to somebody else"), "bad"),
}
JUDGEMENTS = {
    "accepted": lazy_gettext("Accepted: it proves the answer"),
    "none": lazy_gettext("Not accepted: it does not prove the answer"),
    "expired": lazy_gettext("Not accepted: it has expired"),
    "wrong_holder": lazy_gettext("Not accepted: it is issued to somebody else"),
}
ANSWER_WORDS = {
    "na_accepted": (lazy_gettext("Accepted: the question does not apply"), "good"),
    "na_refused": (lazy_gettext("Not accepted: the question counts as unanswered"), "bad"),
    "remedied": (lazy_gettext("Put right: the failure is remedied"), "good"),
    "false": (lazy_gettext("False: a document shows that the answer is not true"), "bad"),
    "withdrawn": (lazy_gettext("No judgement"), "neutral"),
}
CRITICALITIES = {
    "info": lazy_gettext("For information"),
    "minor": lazy_gettext("Minor requirement"),
    "major": lazy_gettext("Major requirement"),
    "zero_tolerance": lazy_gettext("Zero tolerance"),
}
AREAS = {
    "human_rights": lazy_gettext("Human rights"),
    "working_conditions": lazy_gettext("Working conditions"),
    "work_environment": lazy_gettext("Work environment"),
}
ANSWER_STATES = {
    "dont_know": lazy_gettext("Don't know"),
    "na_claimed": lazy_gettext("Does not apply to us"),
}
