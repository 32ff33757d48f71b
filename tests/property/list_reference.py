"""Which auto lists there must be, and who must be on them, worked out from all rows at once.

Written apart from the product's own rules, in the plainest way.
"""

from collections import defaultdict

from funnel.domain.ids import Module, PersonId, RecordKey
from funnel.domain.lists.lists import ListKind, ListStatus, person_of_member
from funnel.domain.sync.records import Person, State, SugarRecord
from tests.fakes.store import MemoryStore
from tests.fakes.world import TENANT

SOURCES = {
    "account_type": [(Module.ACCOUNTS, "account_type")],
    "account_industry": [(Module.ACCOUNTS, "industry")],
    "sales_stage": [(Module.OPPORTUNITIES, "sales_stage")],
    "lead_status": [(Module.LEADS, "status")],
    "lead_source": [(Module.LEADS, "lead_source"), (Module.CONTACTS, "lead_source")],
}


def expected(store: MemoryStore, fields: set[str]) -> dict[tuple[str, str], set[PersonId]]:
    """Who has which value, by field and folded value; values that nobody has are absent."""
    rows = [row for (tenant, _), row in store.rows.items() if tenant == TENANT]
    live = [
        r for r in rows if isinstance(r, SugarRecord) and r.state in (State.SYNCED, State.STALE)
    ]
    holders = {link.key: p.person_id for p in rows if isinstance(p, Person) for link in p.links}
    found: dict[tuple[str, str], set[PersonId]] = defaultdict(set)
    for record in live:
        people = _people_of(record, live, holders)
        for field, sources in SOURCES.items():
            for module, name in sources:
                value = str(record.fields.get(name) or "").strip().casefold()
                if field in fields and record.key.module is module and value and people:
                    found[field, value] |= people
    return dict(found)


def _people_of(
    record: SugarRecord, live: list[SugarRecord], holders: dict[RecordKey, PersonId]
) -> set[PersonId]:
    """Whose value this record's is."""
    contacts = [r for r in live if r.key.module is Module.CONTACTS]
    match record.key.module:
        case Module.ACCOUNTS:
            mine = [c for c in contacts if c.parent_id == record.key.sugar_id]
        case Module.OPPORTUNITIES:
            mine = [c for c in contacts if c.key.sugar_id in record.contact_ids]
        case _:
            mine = [record]
    return {holders[r.key] for r in mine if r.key in holders}


def check_lists(store: MemoryStore) -> None:
    """Every list is what the rules say, with its count and status; raises `AssertionError`."""
    wanted = expected(store, set(store.list_settings(TENANT).fields))
    lists = [one for one in store.list_lists(TENANT, "", 10_000).items if one.kind is ListKind.AUTO]
    found = {}
    for one in lists:
        members = {
            person_of_member(m.key) for m in store.members(TENANT, one.list_id, 10_000).items
        }
        key = (one.field, one.value.casefold())
        assert key not in found, f"two lists of {key}"
        assert one.members == len(members), f"{one.name} counts {one.members} of {len(members)}"
        assert (one.status is ListStatus.ACTIVE) == bool(members), f"{one.name} is {one.status}"
        found[key] = members
    assert {k: v for k, v in found.items() if v} == wanted
