"""The rules of the lead score, and how far a re-score is."""

from dataclasses import replace

from funnel.adapters.dynamodb.codec import from_text
from funnel.adapters.dynamodb.one_of_a_tenant import OneOfATenant
from funnel.adapters.dynamodb.requests import Item
from funnel.domain.ids import TenantId
from funnel.domain.scoring.default_rules import default_rules
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.scoring.scoring import ScoringRules

RULES, RESCORING = "scoring", "rescoring"


class DynamoScoring(OneOfATenant):
    """`ScoringStore` in DynamoDB."""

    def scoring_rules(self, tenant: TenantId) -> ScoringRules:
        """The tenant's rules."""
        return rules_of(tenant, self._set_up(tenant, RULES))

    def save_scoring_rules(self, rules: ScoringRules) -> ScoringRules:
        """Write them if their version still stands."""
        after = replace(rules, version=rules.version + 1)
        self._keep(rules.tenant, RULES, after, after.version)
        return after

    def rescoring(self, tenant: TenantId) -> Rescoring | None:
        """How far the last re-score is."""
        item = self._set_up(tenant, RESCORING)
        return from_text(Rescoring, item["body"]["S"]) if item else None

    def save_rescoring(self, rescoring: Rescoring) -> Rescoring:
        """Write it if its version still stands."""
        after = replace(rescoring, version=rescoring.version + 1)
        self._keep(rescoring.tenant, RESCORING, after, after.version)
        return after


def rules_of(tenant: TenantId, item: Item | None) -> ScoringRules:
    """The rules in a row; the usual ones where there is none."""
    return from_text(ScoringRules, item["body"]["S"]) if item else default_rules(tenant)
