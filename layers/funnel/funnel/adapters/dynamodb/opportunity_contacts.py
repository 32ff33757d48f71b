"""Which Contacts lead to which Opportunities, for the lists that follow from them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from funnel.adapters.dynamodb.list_access import CHANGED, ListAccess
from funnel.adapters.dynamodb.list_rows import put_versioned
from funnel.adapters.dynamodb.member_rows import joined
from funnel.adapters.dynamodb.requests import Item, key_of
from funnel.adapters.dynamodb.tables import record_pk
from funnel.domain.errors import Conflict
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.lists.lists import OpportunityContacts

MOST_CONTACTS = 90
_CONTACTS, _OPPORTUNITIES = "contacts", "opportunities"
_V = {"N": "1"}


class DynamoOpportunityContacts(ListAccess):
    """The part of `ListStore` that is about Opportunities."""

    def opportunity_contacts(
        self, tenant: TenantId, ids: Iterable[SugarId]
    ) -> dict[SugarId, OpportunityContacts]:
        """The Contacts known to lead to these Opportunities."""
        wanted = list(ids)
        found = self._lists_found(_CONTACTS, lambda i: _opportunity_pk(tenant, i), wanted)
        none = {i: OpportunityContacts(tenant, i) for i in wanted}
        return none | {i: _contacts_of(tenant, i, item) for i, item in found}

    def link_contacts(
        self,
        known: OpportunityContacts,
        add: Iterable[SugarId] = (),
        remove: Iterable[SugarId] = (),
    ) -> OpportunityContacts:
        """Make Contacts lead to an Opportunity, or no longer; the stored row. Raises `Conflict`."""
        removed = frozenset(remove)
        added = frozenset(add) - removed
        if len(added | removed) > MOST_CONTACTS:
            raise ValueError(f"at most {MOST_CONTACTS} Contacts at once")
        table = self._tables.lists
        after = replace(
            known, contact_ids=(known.contact_ids | added) - removed, version=known.version + 1
        )
        links = [
            {"Update": {"TableName": table, **_link_update(known, contact_id, how)}}
            for how, contact_ids in (("ADD", added), ("DELETE", removed))
            for contact_id in sorted(contact_ids)
        ]
        if self._dynamo.transact([put_versioned(table, _contacts_item(after)), *links]):
            raise Conflict(CHANGED, mend="Try again.")
        return after

    def opportunities_of(
        self, tenant: TenantId, contact_ids: Iterable[SugarId]
    ) -> Mapping[SugarId, frozenset[SugarId]]:
        """The Opportunities that these Contacts lead to."""
        found = self._lists_found(_OPPORTUNITIES, lambda i: _contact_pk(tenant, i), contact_ids)
        ids = {i: frozenset(map(SugarId, _text_set(item, "opportunities"))) for i, item in found}
        return {i: some for i, some in ids.items() if some}


def _opportunity_pk(tenant: TenantId, opportunity_id: SugarId) -> str:
    """The partition of an Opportunity's Contacts."""
    return record_pk(tenant, RecordKey(Module.OPPORTUNITIES, opportunity_id))


def _contact_pk(tenant: TenantId, contact_id: SugarId) -> str:
    """The partition of a Contact's Opportunities."""
    return record_pk(tenant, RecordKey(Module.CONTACTS, contact_id))


def _contacts_item(row: OpportunityContacts) -> Item:
    """An Opportunity's Contacts. `row` has the version after this write."""
    return {
        **key_of(_opportunity_pk(row.tenant, row.opportunity_id), _CONTACTS),
        "v": _V,
        "version": {"N": str(row.version)},
        "contacts": {"S": joined(row.contact_ids)},
    }


def _contacts_of(tenant: TenantId, opportunity_id: SugarId, item: Item) -> OpportunityContacts:
    """What `contacts_item` wrote."""
    ids = frozenset(map(SugarId, json.loads(item["contacts"]["S"])))
    return OpportunityContacts(tenant, opportunity_id, ids, int(item["version"]["N"]))


def _link_update(known: OpportunityContacts, contact_id: SugarId, how: str) -> Mapping[str, Any]:
    """The update that puts (ADD) an Opportunity among a Contact's, or takes it out (DELETE)."""
    return {
        "Key": key_of(_contact_pk(known.tenant, contact_id), _OPPORTUNITIES),
        "UpdateExpression": f"SET v = if_not_exists(v, :v) {how} opportunities :o",
        "ExpressionAttributeValues": {":v": _V, ":o": {"SS": [known.opportunity_id]}},
    }


def _text_set(item: Item, name: str) -> list[str]:
    """The texts of a set; none where all were taken out of it."""
    return list(item[name]["SS"]) if name in item else []
