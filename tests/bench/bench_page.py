"""From the bytes of a page to rows in DynamoDB: ours, a floor by hand, and zeep with `Model.save`.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench.bench_page`.

All take the same reply with 500 new Leads of 60 fields to the same canned endpoint. The floor does
it in one function that knows there is nothing to compare, to refuse, to merge or to try again; its
requests are held against ours, item by item, before anything is measured.
"""

import hashlib
import io
import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from html import unescape
from typing import Any

from botocore.config import Config
from botocore.session import get_session
from lxml import etree

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.dynamodb.models import PersonRow, RecordRow, bound
from funnel.adapters.dynamodb.requests import Item
from funnel.adapters.dynamodb.rows import list_text, person_list_pk, record_list_pk
from funnel.adapters.dynamodb.tables import email_pk, person_pk, record_pk, shard
from funnel.adapters.sugar_soap.reader import read_list
from funnel.adapters.sugar_soap.rows import RowBuilder
from funnel.domain.crm import FieldDef, Page
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId, derived_id
from funnel.domain.mapping.mapping import STANDARD_MAPPINGS
from funnel.usecases.sync.store_page import PageStore
from local.sugar.soap.wsdl import ENCODING_SCHEMA, wsdl
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb
from tests.bench.leads_page import FIELDS, LEADS, field_defs, page
from tests.bench.measuring import Target, in_turn, medians, table, targets
from tests.fakes.system import START, FakeClock, MemoryQueue

ROUNDS, CHUNK = 9, 64 * 1024
OURS, FLOOR, LOOP = "ours: `read_list`, `PageStore`", "floor, by hand", "zeep and `Model.save`"
NOW = START.isoformat()
Way = Callable[[str], object]


def ours(body: bytes, known: dict[str, FieldDef], store: DynamoStore) -> Way:
    """The product's path."""
    clock = FakeClock()

    def take(tenant: str) -> None:
        builder = RowBuilder(Module.LEADS, known, tuple(known))
        chunks = (body[at : at + CHUNK] for at in range(0, len(body), CHUNK))
        read_list(chunks, builder.add, method="get_entry_list", cap=2**21)
        pages = PageStore(store, clock, TenantId(tenant), {}, _nothing, MemoryQueue(clock))
        done = pages.store(Page(builder.rows, clock.now(), clock.now()))
        assert done.changed == LEADS

    return take


def _nothing(module: Module, keys: list[RecordKey]) -> Page:
    raise AssertionError(f"{keys} of {module} were missed")


def floor(body: bytes, known: dict[str, FieldDef], client: Any) -> Way:
    """The same requests with the same items, in the least code that makes them."""
    types = {name: field.type for name, field in known.items()}

    def take(tenant: str) -> None:
        rows: list[dict[str, Any]] = []
        for _, element in etree.iterparse(io.BytesIO(body), events=("end",), tag="name_value_list"):
            row: dict[str, Any] = {}
            for item in element:
                name, text = item[0].text, item[1].text
                row[name] = _typed(types[name], unescape(text)) if text else None
            rows.append(row)
            element.clear()
        keys = [record_pk(TenantId(tenant), _key(row)) for row in rows]
        _read(client, TABLES.records, keys, "record")
        client.query(
            TableName=TABLES.people,
            ConsistentRead=True,
            KeyConditionExpression="pk = :p AND begins_with(sk, :s)",
            ExpressionAttributeValues={":p": {"S": f"{tenant}#erased"}, ":s": {"S": "mark#"}},
            Limit=100_000,
        )
        emails = [email_pk(TenantId(tenant), row["email1"].lower()) for row in rows]
        _read(client, TABLES.people, emails, "claim")
        writes = [_writes(TenantId(tenant), row) for row in rows]
        for at in range(0, LEADS, 33):
            some = [action for row in writes[at : at + 33] for action in row]
            client.transact_write_items(TransactItems=some)

    return take


def _read(client: Any, table_name: str, pks: list[str], sk: str) -> None:
    for at in range(0, len(pks), 100):
        keys = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk in pks[at : at + 100]]
        asked = {table_name: {"Keys": keys, "ConsistentRead": True}}
        client.batch_get_item(RequestItems=asked)


def _key(row: dict[str, Any]) -> RecordKey:
    return RecordKey(Module.LEADS, SugarId(row["id"]))


def _writes(tenant: TenantId, row: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    key, sugar_id, owner = _key(row), row["id"], row["assigned_user_id"]
    person = PersonId(derived_id("person", tenant, "Leads", sugar_id, ""))
    name, email = f"{row['first_name']} {row['last_name']}", row["email1"].lower()
    fields = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    mapped = STANDARD_MAPPINGS[Module.LEADS]
    known = {m.field: v for m in mapped if (v := row[m.sugar_field]) is not None}
    values = json.dumps(
        {n: known[n] for n in sorted(known)}, ensure_ascii=False, separators=(",", ":")
    )
    links = [["Leads", sugar_id, name, owner, email, "", person, False]]
    record_item = {
        "pk": {"S": record_pk(tenant, key)},
        "sk": {"S": "record"},
        "v": {"N": "1"},
        "version": {"N": "1"},
        "state": {"S": "synced"},
        "fields": {"S": fields},
        "began": {"S": NOW},
        "ended": {"S": NOW},
        "generation": {"N": "0"},
        "first_seen": {"S": NOW},
        "name": {"S": name},
        "digest": {"S": hashlib.blake2b(fields.encode(), digest_size=16).hexdigest()},
        "modified": {"S": row["date_modified"].replace("Z", "+00:00")},
        "owner": {"S": owner},
        "person": {"S": person},
        "home": {"S": person},
        "list_pk": {"S": record_list_pk(tenant, Module.LEADS, shard(sugar_id))},
        "list_sk": {"S": list_text(name, sugar_id)},
    }
    person_item = {
        "pk": {"S": person_pk(tenant, person)},
        "sk": {"S": "person"},
        "v": {"N": "1"},
        "version": {"N": "1"},
        "fields": {"S": values},
        "created_at": {"S": NOW},
        "changed_at": {"S": NOW},
        "name": {"S": name},
        "agreed": {"S": values},
        "links": {"S": json.dumps(links, ensure_ascii=False, separators=(",", ":"))},
        "emails": {"S": json.dumps([email])},
        "words": {"S": _words(name, row["account_name"], email, owner)},
        "list_pk": {"S": person_list_pk(tenant, shard(person))},
        "list_sk": {"S": list_text(name, person)},
    }
    new = "attribute_not_exists(pk)"
    return (
        {"Put": {"TableName": TABLES.records, "Item": record_item, "ConditionExpression": new}},
        {"Put": {"TableName": TABLES.people, "Item": person_item, "ConditionExpression": new}},
        {
            "Update": {
                "TableName": TABLES.people,
                "Key": {"pk": {"S": email_pk(tenant, email)}, "sk": {"S": "claim"}},
                "UpdateExpression": "SET person = :p, v = :v REMOVE expires_at ADD version :one",
                "ConditionExpression": "attribute_not_exists(person)",
                "ExpressionAttributeValues": {
                    ":v": {"N": "1"},
                    ":one": {"N": "1"},
                    ":p": {"S": person},
                },
            }
        },
    )


def _words(name: str, company: str, email: str, owner: str) -> str:
    """What a person is found by."""
    inner = company.partition("'")[2].replace("<", "")
    words = f" {name} {company} {inner}".casefold() + f" {email} {email.partition('@')[2]}"
    return f"{words}\x1fm:any\x1fm:Leads\x1fo:{owner}\x1f"


def _typed(kind: str, text: str) -> object:
    if kind == "bool":
        return text == "1"
    if kind == "int":
        return int(text)
    if kind == "datetime":
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        return moment.isoformat()[:19] + "Z"
    return text


class _Shelf:
    """Gives zeep its two files, and no network."""

    def load(self, location: str) -> bytes:
        return (ENCODING_SCHEMA if "encoding" in location else WSDL).encode()


class _Reply:
    """A reply in the form zeep expects."""

    status_code, encoding = 200, "utf-8"
    headers = {"Content-Type": "text/xml"}  # noqa: RUF012 - read only

    def __init__(self, content: bytes) -> None:
        self.content = content


WSDL = wsdl("v4_1", "http://sugar.example/service/v4_1/soap.php")


def loop(body: bytes, client: Any) -> Way:
    """zeep for the reply, one `Model.save` for each row."""
    import zeep

    make_client: Any = zeep.Client
    soap = make_client("http://sugar.example/service/v4_1/soap.php?wsdl", transport=_Shelf())
    binding = soap.service._binding
    records = bound(RecordRow, TABLES.records, client)
    people = bound(PersonRow, TABLES.people, client)

    def take(tenant: str) -> None:
        answer = binding.process_reply(soap, binding.get("get_entry_list"), _Reply(body))
        for entry in answer.entry_list:
            row = {
                pair.name: unescape(pair.value) if pair.value else None for pair in _pairs(entry)
            }
            record, person, claim = (_attributes(a) for a in _writes(TenantId(tenant), row))
            records(**record).save(records.pk.does_not_exist())
            people(**person).save(people.pk.does_not_exist())
            people(**claim).save(people.person.does_not_exist())
        assert len(answer.entry_list) == LEADS

    return take


def _pairs(entry: Any) -> Iterable[Any]:
    return entry.name_value_list  # type: ignore[no-any-return]


def _attributes(action: dict[str, Any]) -> dict[str, Any]:
    """What a model is made from: plain values by name."""
    part = action.get("Put") or action["Update"]
    item: Item = part.get("Item") or {
        **part["Key"],
        "person": part["ExpressionAttributeValues"][":p"],
        "version": {"N": "1"},
    }
    return {name: int(value["N"]) if "N" in value else value["S"] for name, value in item.items()}


def _same_requests(body: bytes, known: dict[str, FieldDef]) -> None:
    """Raise `AssertionError` where the floor asks for anything else than we do."""
    with CannedDynamoDb() as one, CannedDynamoDb() as other:
        mine, theirs = one.client(), plain_client(other)
        by_us = asked(ours(body, known, DynamoStore(TABLES, mine)), mine)
        assert by_us == asked(floor(body, known, theirs), theirs)


def asked(way: Way, client: Any) -> tuple[int, list[str]]:
    """The requests a way makes and all that they name, as text; digests are each way's own."""
    named: list[object] = []
    requests = 0

    def keep(params: dict[str, Any], **_: object) -> None:
        nonlocal requests
        requests += 1
        for table_name, wanted in params.get("RequestItems", {}).items():
            named.extend((table_name, key) for key in wanted["Keys"])
        for action in json.loads(json.dumps(params.get("TransactItems", ()))):
            item = action.get("Put", {}).get("Item", {})
            item.pop("digest", None)
            if "fields" in item:
                item["fields"] = json.loads(item["fields"]["S"])
            named.append(action)

    event = "provide-client-params.dynamodb.*"
    client.meta.events.register(event, keep)
    way("acme")
    client.meta.events.unregister(event, keep)
    return requests, sorted(json.dumps(one, sort_keys=True) for one in named)


def plain_client(canned: CannedDynamoDb) -> Any:
    """botocore's client as anybody would make it, spared its checks as ours is."""
    config = Config(parameter_validation=False)
    return get_session().create_client("dynamodb", config=config, **canned.address)


def _each_anew(way: Way, name: str) -> Callable[[int], object]:
    """A round of its own tenant each, so that all Leads are new."""
    return lambda number: way(f"{name[:4]}-{number}")


def measure() -> tuple[str, list[Target]]:
    """The tables, and what was to be reached."""
    known = field_defs()
    assert len(known) == FIELDS
    body = page(known)
    _same_requests(body, known)
    with CannedDynamoDb() as canned:
        plain = plain_client(canned)
        ways = {
            OURS: ours(body, known, DynamoStore(TABLES, canned.client())),
            FLOOR: floor(body, known, plain),
            LOOP: loop(body, plain),
        }
        costs = medians(in_turn({name: _each_anew(ways[name], name) for name in ways}, ROUNDS))
    share = 100 * costs[FLOOR] / costs[OURS]
    times = costs[LOOP] / costs[OURS]
    rows = [
        (name, f"{1e6 * cost / LEADS:,.0f}", f"{LEADS / cost:,.0f}") for name, cost in costs.items()
    ]
    found = [
        Target("page to stored, of the floor's speed", share, 70, " %", at_least=True),
        Target("times the speed of zeep and `Model.save`", times, 8, " x", at_least=True),
    ]
    return table(["page to stored", "CPU µs a Lead", "Leads a second of CPU"], rows), found


if __name__ == "__main__":
    text, reached = measure()
    print(f"{text}\n\n{targets(reached)}")
    sys.exit(not all(one.met for one in reached))
