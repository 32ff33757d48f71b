"""The rules of the lead score, and how far a re-score is."""

from dataclasses import replace
from typing import Any

from botocore.exceptions import ClientError

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.list_rows import put_versioned
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Item, code_of, key_of
from funnel.adapters.dynamodb.tables import FORMAT
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.scoring.default_rules import default_rules
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.scoring.scoring import ScoringRules

RULES, RESCORING = "scoring", "rescoring"


class DynamoScoring(Access):
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

    def _set_up(self, tenant: TenantId, name: str) -> Item | None:
        found = self._dynamo.batch_get(self._tables.marketing, [(tenant, name)])
        return found[0] if found else None

    def _keep(self, tenant: TenantId, name: str, value: object, version: int) -> None:
        item: Item = {
            **key_of(tenant, name),
            "v": {"N": str(FORMAT)},
            "version": {"N": str(version)},
            "body": {"S": to_text(value)},
        }
        put: dict[str, Any] = put_versioned(self._tables.marketing, item)["Put"]
        try:
            self._dynamo.patiently(self._dynamo.client.put_item, **put)
        except ClientError as error:
            if code_of(error) != CONDITION_FAILED:
                raise
            raise Conflict("Somebody else changed it meanwhile.", mend="Try again.") from error


def rules_of(tenant: TenantId, item: Item | None) -> ScoringRules:
    """The rules in a row; the usual ones where there is none."""
    return from_text(ScoringRules, item["body"]["S"]) if item else default_rules(tenant)
