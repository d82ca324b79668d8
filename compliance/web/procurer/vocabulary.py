"""What every staff template may say: states, facts, terms and decisions in words."""

from flask_babel import gettext

from compliance.decisions.codes import decision_code
from compliance.suppliers.register_words import label
from compliance.web.fact_places import fact_place
from compliance.web.fact_words import fact_value, fact_warning
from compliance.web.languages import current_language
from compliance.web.procurer import state_words
from compliance.web.procurer.day_words import days_to_act
from compliance.web.procurer.term_words import terms_in_words


def staff_words() -> dict[str, object]:
    """Names that templates under `procurer/` may use."""
    return {
        "round_states": state_words.ROUND_STATES,
        "risk_words": state_words.RISKS,
        "document_states": state_words.DOCUMENT_STATES,
        "fact_words": state_words.FACTS,
        "verdict_words": state_words.VERDICTS,
        "judgement_words": state_words.JUDGEMENTS,
        "answer_words": state_words.ANSWER_WORDS,
        "criticality_words": state_words.CRITICALITIES,
        "area_words": state_words.AREAS,
        "fact_place": fact_place,
        "scan_states": state_words.SCAN_STATES,
        "fact_value": fact_value,
        "fact_warning": fact_warning,
        "terms_in_words": terms_in_words,
        "days_to_act": days_to_act,
        "decision_label": decision_label,
        "register_label": register_label,
        "in_words": gettext,
    }


def decision_label(code: str) -> str:
    """A decision's name in the reader's language."""
    row = decision_code(code)
    return row.label.in_language(current_language()) if row else code


def register_label(of: str, code: str) -> str:
    """A code of the contract register in the reader's language."""
    return label(of, code, current_language())
