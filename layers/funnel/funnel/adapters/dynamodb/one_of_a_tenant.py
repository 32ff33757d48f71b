"""What there is one of for each tenant, in the table of marketing: one row, written under its version."""

from funnel.adapters.dynamodb.access import Access, put_if_version
from funnel.adapters.dynamodb.codec import to_text
from funnel.adapters.dynamodb.requests import Item, key_of
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
        if not put_if_version(self._dynamo, self._tables.marketing, item, version - 1):
            raise Conflict("Somebody else changed it meanwhile.", mend="Try again.")
