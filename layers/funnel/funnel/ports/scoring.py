"""Where the rules of the lead score are kept, and how far a re-score is."""

from typing import Protocol

from funnel.domain.ids import TenantId
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.scoring.scoring import ScoringRules


class ScoringStore(Protocol):
    """The rules of each tenant."""

    def scoring_rules(self, tenant: TenantId) -> ScoringRules:
        """The tenant's rules; the usual ones, with version 0, while nothing was saved. Consistent."""

    def save_scoring_rules(self, rules: ScoringRules) -> ScoringRules:
        """Write them if their version still stands; the stored ones. Raises `Conflict`."""

    def rescoring(self, tenant: TenantId) -> Rescoring | None:
        """How far the last re-score of everybody is; None if there was none. Consistent."""

    def save_rescoring(self, rescoring: Rescoring) -> Rescoring:
        """Write it if its version still stands; the stored one. Raises `Conflict`."""
