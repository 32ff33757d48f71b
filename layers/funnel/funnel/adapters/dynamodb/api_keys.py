"""Keys of machines: a row each under its tenant, when each was used, and how often in a minute."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.update import Action

from funnel.adapters.dynamodb.access import Access, put_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.models import ApiKeyRow, bound, format_kept
from funnel.adapters.dynamodb.requests import CONDITION_FAILED, Dynamo, code_of
from funnel.adapters.dynamodb.tables import Tables
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.signing_in.api_keys import NOTED_EVERY, ApiKey

KEY, USE, LAST = "api_key", "key_use", "last"
_KEPT = timedelta(days=90)
"""For how long it can be looked up who had a key that was revoked or has expired."""
_COUNTED = 3600


class DynamoApiKeys(Access):
    """`ApiKeyStore` in DynamoDB.

    A key is one row that its own text names, so that the authorizer needs one read and revoking is
    one write. When it was used, and how often, are rows of their own, which the authorizer writes.
    """

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._key_rows: type[ApiKeyRow] = bound(ApiKeyRow, tables.tenants, dynamo.client)

    def api_keys(self, tenant: TenantId) -> list[ApiKey]:
        """All keys of a tenant, the newest first."""
        items = self._dynamo.query_all(
            self._tables.tenants,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
            ExpressionAttributeValues={":p": {"S": tenant}, ":s": {"S": f"{KEY}#"}},
        )
        found = [_key(item["body"]["S"], int(item["version"]["N"])) for item in items]
        return sorted(found, key=lambda one: (one.created_at, one.key_id), reverse=True)

    def api_key(self, tenant: TenantId, key_id: str) -> ApiKey | None:
        """One key."""
        try:
            row = self._dynamo.patiently(
                lambda: self._key_rows.get(tenant, f"{KEY}#{key_id}", consistent_read=True)
            )
        except DoesNotExist:
            return None
        return _key(row.body, row.version)

    def save_api_key(self, key: ApiKey) -> ApiKey:
        """Write it if its version still stands."""
        after = replace(key, version=key.version + 1)
        ends = min((one for one in (key.revoked_at, key.expires_at) if one), default=None)
        row = self._key_rows(
            key.tenant,
            f"{KEY}#{key.key_id}",
            body=to_text(after),
            version=after.version,
            expires_at=_seconds(ends + _KEPT) if ends else None,
        )
        if not put_if_version(self._dynamo, self._tables.tenants, row.serialize(), key.version):
            raise Conflict("Somebody else changed this key meanwhile.", mend="Look at it again.")
        return after

    def keys_used_at(self, tenant: TenantId, key_ids: Iterable[str]) -> dict[str, datetime]:
        """When these were last used."""
        asked = {_use_pk(tenant, one): one for one in key_ids}
        items = self._dynamo.batch_get(self._tables.tenants, [(pk, LAST) for pk in asked])
        return {
            asked[item["pk"]["S"]]: datetime.fromtimestamp(int(item["used_at"]["N"]), UTC)
            for item in items
        }

    def note_key_use(self, tenant: TenantId, key_id: str, now: datetime) -> None:
        """Write down that it was used, at most hourly."""
        rows = self._key_rows
        row = rows(_use_pk(tenant, key_id), LAST)
        long_ago = rows.used_at.does_not_exist() | (rows.used_at <= _seconds(now - NOTED_EVERY))
        actions: list[Action] = [rows.used_at.set(_seconds(now)), format_kept(rows)]
        try:
            self._dynamo.patiently(lambda: row.update(actions, long_ago))
        except UpdateError as error:
            if code_of(error) != CONDITION_FAILED:
                raise

    def count_key_call(self, tenant: TenantId, key_id: str, minute: int) -> int:
        """Count one more request in this minute."""
        rows = self._key_rows
        row = rows(_use_pk(tenant, key_id), str(minute))
        ends = minute * 60 + _COUNTED
        actions: list[Action] = [rows.calls.add(1), format_kept(rows), rows.expires_at.set(ends)]
        self._dynamo.patiently(lambda: row.update(actions))
        return int(row.calls)


def _key(body: str, version: float) -> ApiKey:
    return replace(from_text(ApiKey, body), version=int(version))


def _use_pk(tenant: TenantId, key_id: str) -> str:
    """The authorizer may write under such a key and no other: see template.yaml."""
    return f"{USE}#{tenant}#{key_id}"


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
