"""What a restore has left to be done again: rows of the table of people."""

import hashlib

from funnel.adapters.dynamodb.access import Access
from funnel.adapters.dynamodb.requests import Item, key_of
from funnel.adapters.dynamodb.tables import FORMAT
from funnel.domain.ids import TenantId
from funnel.domain.people.redos import Redo, RedoKind
from funnel.ports.listing import Listing


class DynamoRedos(Access):
    """`RedoStore` in DynamoDB."""

    def redos(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[Redo]:
        """What is left, in an order that stays."""
        return self._listings.merged(
            self._tables.people,
            "",
            [redo_pk(tenant)],
            lambda item: redo_of(tenant, item),
            limit,
            cursor=cursor,
        )

    def redone(self, redo: Redo) -> None:
        """Forget one that was done; nothing if there is none."""
        self._dynamo.batch_delete(self._tables.people, [(redo_pk(redo.tenant), _place(redo))])


def redo_pk(tenant: TenantId) -> str:
    """The partition of what is left for one tenant."""
    return f"{tenant}#redo"


def redo_item(redo: Redo) -> Item:
    """One thing to be done again; the same one again has the same key."""
    item: Item = {
        **key_of(redo_pk(redo.tenant), _place(redo)),
        "v": {"N": str(FORMAT)},
        "of": {"S": redo.of},
    }
    return {**item, "by": {"S": redo.by}} if redo.by else item


def redo_of(tenant: TenantId, item: Item) -> Redo:
    """What `redo_item` wrote."""
    kind = RedoKind(item["sk"]["S"].partition("#")[0])
    return Redo(tenant, kind, item["of"]["S"], item["by"]["S"] if "by" in item else "")


def _place(redo: Redo) -> str:
    """An address may be longer than a key: its hash is not."""
    digest = hashlib.blake2b(redo.of.encode(), digest_size=20).hexdigest()
    return f"{redo.kind.value}#{digest}"
