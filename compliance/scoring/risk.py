"""Scoring (step 5): what risk remains, and when the next assessment is due."""

from compliance.scoring.method import Method
from compliance.scoring.words import Band, InherentRisk, ResidualRisk


def residual_risk(inherent: InherentRisk, band: Band | None, method: Method) -> ResidualRisk | None:
    """The risk that remains, None without a band. An unknown inherent risk counts as the method says."""
    if band is None:
        return None
    known = method.unknown_risk_counts_as if inherent is InherentRisk.UNKNOWN else inherent
    return method.residual_risk[known][band]


def reassess_months(residual: ResidualRisk | None, method: Method) -> int | None:
    """Months until the next assessment; None when no risk could be stated."""
    return None if residual is None else method.reassess_months[residual]
