"""Records, people and followers as items: written by hand, because they are many."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from funnel.adapters.dynamodb.requests import Item
from funnel.adapters.dynamodb.tables import followers_pk, person_pk, record_pk, shard
from funnel.domain.crm import Value
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.people.searching import person_text, record_text
from funnel.domain.sync.records import (
    Edit,
    Followers,
    Link,
    Person,
    ReadStamp,
    State,
    SugarRecord,
)
from funnel.domain.text import sort_name

RECORD, FOLLOWERS, PERSON = "record", "followers", "person"
_LISTED = frozenset({State.SYNCED, State.STALE})
_V = {"N": "1"}
_TRUE = {"BOOL": True}
_STATES = {state.value: state for state in State}
_MODULES = {module.value: module for module in Module}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_decode = json.JSONDecoder().decode
_moment = datetime.fromisoformat


def list_text(name: str, row_id: str) -> str:
    """A place in the order of names. No folded name holds the separator, which sorts first."""
    return f"{sort_name(name)}\x1f{row_id}"


def record_list_pk(tenant: TenantId, module: Module, part: int) -> str:
    """One shard of a module's list."""
    return f"{tenant}#{module.value}#{part}"


def parent_pk(tenant: TenantId, parent_id: SugarId, module: Module) -> str:
    """An Account's records of one module, and the Users that report to one."""
    return f"{tenant}#{parent_id}#{module.value}"


def person_list_pk(tenant: TenantId, part: int) -> str:
    """One shard of the list of people."""
    return f"{tenant}#{part}"


def record_item(record: SugarRecord) -> Item:
    """A record, with the version after this write."""
    key, stamp = record.key, record.stamp
    item: Item = {
        "pk": {"S": record_pk(record.tenant, key)},
        "sk": {"S": RECORD},
        "v": _V,
        "version": {"N": str(record.version + 1)},
        "state": {"S": record.state.value},
        "fields": {"S": _encode(dict(record.fields))},
        "began": {"S": stamp.began.isoformat()},
        "ended": {"S": stamp.ended.isoformat()},
        "generation": {"N": str(stamp.generation)},
        "first_seen": {"S": record.first_seen.isoformat()},
    }
    if record.name:
        item["name"] = {"S": record.name}
    if record.digest:
        item["digest"] = {"S": record.digest}
    if stamp.date_modified is not None:
        item["modified"] = {"S": stamp.date_modified.isoformat()}
    if record.owner_id:
        item["owner"] = {"S": record.owner_id}
    if record.parent_id:
        item["parent"] = {"S": record.parent_id}
    if record.contact_ids:
        item["contacts"] = {"S": _encode(record.contact_ids)}
    if record.person_id:
        item["person"] = {"S": record.person_id}
    if record.home_id:
        item["home"] = {"S": record.home_id}
    _add_standing(item, record)
    if record.state in _LISTED:
        _list(item, record)
    return item


def _add_standing(item: Item, record: SugarRecord) -> None:
    """What few records have."""
    if record.apart:
        item["apart"] = _TRUE
    if record.out_of_date_since is not None:
        item["stale_since"] = {"S": record.out_of_date_since.isoformat()}
    if record.errors:
        item["errors"] = {"S": _encode(record.errors)}
    if record.root is not None:
        item["root"] = {"S": str(record.root)}


def _list(item: Item, record: SugarRecord) -> None:
    """Put the item into the indexes by name."""
    module, sugar_id = record.key.module, record.key.sugar_id
    place = {"S": list_text(record.name, sugar_id)}
    item["list_pk"] = {"S": record_list_pk(record.tenant, module, shard(sugar_id))}
    item["list_sk"] = place
    words = record_text(record)
    if words:
        item["words"] = {"S": words}
    if record.parent_id:
        item["parent_pk"] = {"S": parent_pk(record.tenant, record.parent_id, module)}
        item["parent_sk"] = place


def record_of(tenant: TenantId, item: Item, key: RecordKey | None = None) -> SugarRecord:
    """The record that `record_item` wrote; its key is read from the item where it is not known."""
    get = item.get
    return SugarRecord(
        tenant=tenant,
        key=key or key_in(tenant, item),
        state=_STATES[item["state"]["S"]],
        fields=_decode(item["fields"]["S"]),
        stamp=ReadStamp(
            _moment(modified["S"]) if (modified := get("modified")) else None,
            _moment(item["began"]["S"]),
            _moment(item["ended"]["S"]),
            int(item["generation"]["N"]),
        ),
        digest=digest["S"] if (digest := get("digest")) else "",
        name=name["S"] if (name := get("name")) else "",
        first_seen=_moment(item["first_seen"]["S"]),
        owner_id=owner["S"] if (owner := get("owner")) else SugarId(""),
        parent_id=parent["S"] if (parent := get("parent")) else SugarId(""),
        contact_ids=tuple(_decode(ids["S"])) if (ids := get("contacts")) else (),
        person_id=person["S"] if (person := get("person")) else PersonId(""),
        home_id=home["S"] if (home := get("home")) else PersonId(""),
        apart="apart" in item,
        out_of_date_since=_moment(since["S"]) if (since := get("stale_since")) else None,
        errors=tuple(_decode(errors["S"])) if (errors := get("errors")) else (),
        root=parse_key(root["S"]) if (root := get("root")) else None,
        version=int(item["version"]["N"]),
    )


def key_in(tenant: TenantId, item: Item) -> RecordKey:
    """The record that an item is about."""
    return parse_key(item["pk"]["S"][len(tenant) + 1 :])


def parse_key(text: str) -> RecordKey:
    """What `str` made of a key."""
    module, _, sugar_id = text.partition("/")
    return RecordKey(_MODULES[module], SugarId(sugar_id))


def person_item(person: Person) -> Item:
    """A person, with the version after this write."""
    item: Item = {
        "pk": {"S": person_pk(person.tenant, person.person_id)},
        "sk": {"S": PERSON},
        "v": _V,
        "version": {"N": str(person.version + 1)},
        "fields": {"S": _encode(dict(person.fields))},
        "created_at": {"S": person.created_at.isoformat()},
        "changed_at": {"S": person.changed_at.isoformat()},
    }
    if person.name:
        item["name"] = {"S": person.name}
    if person.agreed:
        item["agreed"] = {"S": _encode(dict(person.agreed))}
    if person.edited:
        edited = {name: (one.at.isoformat(), one.by) for name, one in person.edited.items()}
        item["edited"] = {"S": _encode(edited)}
    if person.links:
        item["links"] = {"S": _encode([_link(link) for link in person.links])}
    if person.emails:
        item["emails"] = {"S": _encode(person.emails)}
    if person.merged_into:
        item["merged_into"] = {"S": person.merged_into}
    if person.absorbed:
        item["absorbed"] = {"S": _encode(person.absorbed)}
    _add_what_few_have(item, person)
    if person.is_listed:
        item["words"] = {"S": person_text(person)}
        item["list_pk"] = {"S": person_list_pk(person.tenant, shard(person.person_id))}
        item["list_sk"] = {"S": list_text(person.name, person.person_id)}
    return item


def _add_what_few_have(item: Item, person: Person) -> None:
    if person.shared:
        item["shared"] = _TRUE
    if person.made_by:
        item["made_by"] = {"S": person.made_by}
    if person.took_in:
        item["took_in"] = {"S": _encode(person.took_in)}
    if person.formerly:
        item["formerly"] = {"S": _encode([str(key) for key in person.formerly])}
    if person.had:
        item["had"] = {"S": _encode(person.had)}
    if person.erased:
        item["erased"] = _TRUE


def person_of(tenant: TenantId, item: Item) -> Person:
    """The person that `person_item` wrote."""
    get = item.get
    return Person(
        tenant=tenant,
        person_id=person_id_in(tenant, item),
        fields=_decode(item["fields"]["S"]),
        created_at=_moment(item["created_at"]["S"]),
        changed_at=_moment(item["changed_at"]["S"]),
        agreed=_decode(agreed["S"]) if (agreed := get("agreed")) else {},
        edited=_edits(edited["S"]) if (edited := get("edited")) else {},
        links=tuple([_to_link(row) for row in _decode(links["S"])])
        if (links := get("links"))
        else (),
        emails=tuple(_decode(emails["S"])) if (emails := get("emails")) else (),
        merged_into=merged["S"] if (merged := get("merged_into")) else PersonId(""),
        absorbed=tuple(_decode(ids["S"])) if (ids := get("absorbed")) else (),
        shared="shared" in item,
        name=name["S"] if (name := get("name")) else "",
        made_by=made["S"] if (made := get("made_by")) else "",
        took_in=tuple(_decode(ids["S"])) if (ids := get("took_in")) else (),
        formerly=tuple([parse_key(key) for key in _decode(keys["S"])])
        if (keys := get("formerly"))
        else (),
        had=tuple(_decode(had["S"])) if (had := get("had")) else (),
        erased="erased" in item,
        version=int(item["version"]["N"]),
    )


def person_id_in(tenant: TenantId, item: Item) -> PersonId:
    """The person that an item is about."""
    return PersonId(item["pk"]["S"][len(person_pk(tenant, PersonId(""))) :])


def _edits(text: str) -> dict[str, Edit]:
    return {name: Edit(_moment(at), by) for name, (at, by) in _decode(text).items()}


def _link(link: Link) -> Sequence[Value]:
    key = link.key
    parts = (key.module.value, key.sugar_id, link.name, link.owner_id, link.email)
    return (*parts, link.converted_to, link.home_id, link.apart)


def _to_link(row: Sequence[Any]) -> Link:
    module, sugar_id, *rest = row
    return Link(RecordKey(_MODULES[module], sugar_id), *rest)


def followers_item(followers: Followers) -> Item:
    """A Contact's followers, with the version after this write."""
    return {
        "pk": {"S": followers_pk(followers.tenant, followers.contact_id)},
        "sk": {"S": FOLLOWERS},
        "v": _V,
        "version": {"N": str(followers.version + 1)},
        "leads": {"S": _encode(followers.lead_ids)},
    }


def followers_of(tenant: TenantId, contact_id: SugarId, item: Item) -> Followers:
    """What `followers_item` wrote."""
    leads = tuple(_decode(item["leads"]["S"]))
    return Followers(tenant, contact_id, leads, int(item["version"]["N"]))
