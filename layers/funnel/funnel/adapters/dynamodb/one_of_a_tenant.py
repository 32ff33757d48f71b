"""What there is one of for each tenant, in the table of marketing: one row, written under its version."""

from typing import Any

from botocore.exceptions import ClientError

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import to_text
from funnel.adapters.dynamodb.list_rows import put_versioned
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Item, code_of, key_of
from funnel.adapters.dynamodb.tables import FORMAT
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId


class OneOfATenant(Access):
    """Reads and writes such rows."""

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
