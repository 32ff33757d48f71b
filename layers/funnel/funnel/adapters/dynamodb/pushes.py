"""Intents to push a person, and the log of each person's."""

from collections.abc import Iterable
from dataclasses import replace

from funnel.adapters.dynamodb.access import Access, if_version, put_if_version
from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.marketing_models import PushRow
from funnel.adapters.dynamodb.models import bound
from funnel.adapters.dynamodb.requests import Dynamo, Item, key_of
from funnel.adapters.dynamodb.tables import SHARDS, Tables, moment, person_pk, shard
from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.pushing.pushes import KEPT, PushIntent, PushState
from funnel.ports.listing import Listing

INTENT, LOG = "intent", "push"


class DynamoPushes(Access):
    """`IntentStore` in DynamoDB."""

    def __init__(self, dynamo: Dynamo, tables: Tables) -> None:
        super().__init__(dynamo, tables)
        self._pushes: type[PushRow] = bound(PushRow, tables.pushes, dynamo.client)

    def save_intent(self, intent: PushIntent) -> PushIntent:
        """Write it if its version still stands; the person's log leads to it from the first on."""
        rows = self._pushes
        if not intent.version:
            entry = rows(person_pk(intent.tenant, intent.person_id), log_sk(intent))
            entry.stamp = intent.intent_id
            entry.expires_at = _until(intent)
            self._dynamo.patiently(entry.save)
        row = rows(intent_pk(intent.tenant, intent.intent_id), INTENT, body=to_text(intent))
        row.version = intent.version + 1
        if intent.due_at is not None:
            row.due_pk = due_pk(intent.tenant, shard(intent.intent_id))
            row.due_sk = f"{int(not intent.is_urgent)}#{moment(intent.due_at)}#{intent.intent_id}"
        elif intent.state is PushState.DONE:
            row.expires_at = _until(intent)
        if not put_if_version(self._dynamo, self._tables.pushes, row.serialize(), intent.version):
            raise Conflict("Somebody else changed it meanwhile.", mend="Try again.")
        return replace(intent, version=intent.version + 1)

    def forget_intent(self, intent: PushIntent) -> None:
        """Remove it, in its person's log too, both or none."""
        table = self._tables.pushes
        own = key_of(intent_pk(intent.tenant, intent.intent_id), INTENT)
        log = key_of(person_pk(intent.tenant, intent.person_id), log_sk(intent))
        removals = [
            {"Delete": {"Key": own, **if_version(table, intent.version)}},
            {"Delete": {"Key": log, "TableName": table}},
        ]
        if self._dynamo.transact(removals):
            raise Conflict("Somebody else changed it meanwhile.", mend="Try again.")

    def intents(self, tenant: TenantId, ids: Iterable[str]) -> dict[str, PushIntent]:
        """The intents with these ids that are there."""
        keys = [(intent_pk(tenant, one), INTENT) for one in dict.fromkeys(ids)]
        found = self._dynamo.batch_get(self._tables.pushes, keys) if keys else []
        return {one.intent_id: one for one in map(_intent, found)}

    def due_intents(self, tenant: TenantId, limit: int, cursor: str = "") -> Listing[PushIntent]:
        """What is to be done, urgent things first, then by when it is due."""
        return self._listings.merged(
            self._tables.pushes,
            "due",
            [due_pk(tenant, part) for part in range(SHARDS)],
            _intent,
            limit,
            cursor=cursor,
        )

    def pushes_of(
        self, tenant: TenantId, person_id: PersonId, limit: int, cursor: str = ""
    ) -> Listing[PushIntent]:
        """What was asked for a person, newest first."""
        page = self._listings.newest(
            self._tables.pushes, person_pk(tenant, person_id), _logged, limit, cursor
        )
        found = self.intents(tenant, page.items)
        return Listing([found[one] for one in page.items if one in found], page.cursor)


def intent_pk(tenant: TenantId, intent_id: str) -> str:
    """The partition of one intent."""
    return f"{tenant}#push#{intent_id}"


def due_pk(tenant: TenantId, part: int) -> str:
    """One shard of a tenant's intents that are due."""
    return f"{tenant}#push#{part}"


def log_sk(intent: PushIntent) -> str:
    """A place in a person's log."""
    return f"{LOG}#{moment(intent.asked_at)}#{intent.intent_id}"


def _until(intent: PushIntent) -> int:
    return int((intent.asked_at + KEPT).timestamp())


def _intent(item: Item) -> PushIntent:
    intent = from_text(PushIntent, item["body"]["S"])
    return replace(intent, version=int(item["version"]["N"]))


def _logged(item: Item) -> str:
    return str(item["stamp"]["S"])
