"""Emails by tenant: kept twice, so that a list reads no more than it shows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pynamodb.exceptions import DoesNotExist

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.marketing_models import MarketingRow
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import Dynamo, Item, can_be, key_of
from funnel.adapters.dynamodb.tables import FORMAT, Tables
from funnel.domain.emails.emails import Email, EmailHead, EmailId
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId

EMAIL = "email"


class DynamoEmails(Access):
    """`EmailStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._emails: type[MarketingRow] = bound(MarketingRow, tables.marketing, dynamo.client)

    def emails(self, tenant: TenantId) -> list[EmailHead]:
        """All emails of a tenant by name."""
        items = self._dynamo.query_all(
            self._tables.marketing,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
            ExpressionAttributeValues={":p": {"S": tenant}, ":s": {"S": f"{EMAIL}#"}},
        )
        return sorted(map(_head, items), key=by_name)

    def email(self, tenant: TenantId, email_id: EmailId) -> Email | None:
        """One email whole."""
        pk, sk = _whole_key(tenant, email_id)
        if not can_be(pk, sk):
            return None
        try:
            row = self._dynamo.patiently(lambda: self._emails.get(pk, sk, consistent_read=True))
        except DoesNotExist:
            return None
        return replace(from_text(Email, row.body), version=int(row.version))

    def save_email(self, email: Email) -> Email:
        """Write it if its version still stands."""
        after = replace(email, version=email.version + 1)
        bodies = (to_text(after.head), to_text(after))
        puts = [
            {"Put": {"Item": _item(key, body, after.version), **self._if_stands(email.version)}}
            for key, body in zip(_keys(email), bodies, strict=True)
        ]
        if self._dynamo.transact(puts):
            raise Conflict("Somebody else changed this email meanwhile.", mend="Look at it again.")
        return after

    def delete_email(self, email: Email) -> None:
        """Remove it if its version still stands."""
        deletes = [
            {"Delete": {"Key": key_of(*key), **self._if_stands(email.version)}}
            for key in _keys(email)
        ]
        if self._dynamo.transact(deletes):
            raise Conflict("Somebody else changed this email meanwhile.", mend="Look at it again.")

    def _if_stands(self, version: int) -> dict[str, Any]:
        table: dict[str, Any] = {"TableName": self._tables.marketing}
        if not version:
            return table | {"ConditionExpression": "attribute_not_exists(pk)"}
        return table | {
            "ConditionExpression": "version = :v",
            "ExpressionAttributeValues": {":v": {"N": str(version)}},
        }


def by_name(head: EmailHead) -> tuple[str, str]:
    """The order of a list."""
    return head.name.casefold(), head.email_id


def _keys(email: Email) -> tuple[tuple[str, str], ...]:
    return (email.tenant, f"{EMAIL}#{email.email_id}"), _whole_key(email.tenant, email.email_id)


def _whole_key(tenant: TenantId, email_id: EmailId) -> tuple[str, str]:
    return f"{tenant}#{EMAIL}#{email_id}", EMAIL


def _item(key: tuple[str, str], body: str, version: int) -> Mapping[str, Any]:
    common = {"v": {"N": str(FORMAT)}, "version": {"N": str(version)}, "body": {"S": body}}
    return {**key_of(*key), **common}


def _head(item: Item) -> EmailHead:
    return replace(from_text(EmailHead, item["body"]["S"]), version=int(item["version"]["N"]))
