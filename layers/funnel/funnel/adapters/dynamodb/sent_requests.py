"""What idempotency keys stand for, a row each."""

from dataclasses import replace

from pynamodb.exceptions import DoesNotExist

from funnel.adapters.dynamodb.access import Access, put_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.marketing_models import MarketingRow
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import Dynamo
from funnel.adapters.dynamodb.tables import Tables
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.sent_requests import SentRequest

REQUEST = "request"


class DynamoSentRequests(Access):
    """`SentRequestStore` in DynamoDB: `<tenant>#request#<id>`/`request`, which expires."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._sent: type[MarketingRow] = bound(MarketingRow, tables.marketing, dynamo.client)

    def sent_request(self, tenant: TenantId, sent_id: str) -> SentRequest | None:
        """What was kept under it."""
        try:
            row = self._dynamo.patiently(
                lambda: self._sent.get(_pk(tenant, sent_id), REQUEST, consistent_read=True)
            )
        except DoesNotExist:
            return None
        return replace(from_text(SentRequest, row.body), version=int(row.version))

    def keep_sent_request(self, sent: SentRequest) -> SentRequest:
        """Write it if its version still stands."""
        after = replace(sent, version=sent.version + 1)
        row = self._sent(
            _pk(sent.tenant, sent.sent_id),
            REQUEST,
            body=to_text(after),
            version=after.version,
            expires_at=int(sent.expires_at.timestamp()),
        )
        table = self._tables.marketing
        if not put_if_version(self._dynamo, table, row.serialize(), sent.version):
            raise Conflict("The same request is being carried out.", mend="Wait for it.")
        return after


def _pk(tenant: TenantId, sent_id: str) -> str:
    return f"{tenant}#{REQUEST}#{sent_id}"
