"""Storing a page of Leads: CPU of ours, of the least it can cost, and of `Model.save` in a loop.

Run by `make bench`, or as `PYTHONPATH=layers/funnel python -m tests.bench.bench_store`.

All write the same rows to the same canned endpoint: for each Lead its record with 60 fields, its
person and the claim on its address. The floor sends the same requests with ready-made items through
the same client. Each is measured in turn, round after round, and the medians are compared.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.dynamodb.models import PersonRow, RecordRow, bound
from funnel.domain.crm import Value
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId, derived_id
from funnel.domain.sync.records import Claim, Link, Person, ReadStamp, State, SugarRecord, Unit
from tests.bench.canned_dynamodb import TABLES, CannedDynamoDb

LEADS, FIELDS, ROUNDS, SAVE_ROUNDS = 500, 60, 9, 3
TENANT = TenantId("acme")
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
VALUES: tuple[Value, ...] = (
    "M'Gee <Müller>",
    "A longer text about this record, with a second half that says little",
    None,
    "Web Site",
    True,
    42,
    "2026-11-24T10:42:07Z",
    "2026-12-31",
    "50000.00",
    "",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU of one way, in microseconds a Lead."""

    name: str
    micros: float


def lead_unit(number: int) -> Unit:
    """All rows of a Lead that is new."""
    sugar_id = SugarId(derived_id("lead", str(number)))
    person_id = PersonId(derived_id("person", str(number)))
    name, email = f"Ada Lovelace {number}", f"ada.{number}@example.test"
    fields: dict[str, Value] = {
        "last_name": name,
        "email1": email,
        **{f"field_{at}_c": VALUES[at % len(VALUES)] for at in range(FIELDS - 2)},
    }
    key = RecordKey(Module.LEADS, sugar_id)
    owner = SugarId("seed_jim_id")
    record = SugarRecord(
        tenant=TENANT,
        key=key,
        state=State.SYNCED,
        fields=fields,
        stamp=ReadStamp(NOW, NOW, NOW),
        digest="0123456789abcdef0123456789abcdef",
        name=name,
        first_seen=NOW,
        owner_id=owner,
        person_id=person_id,
        home_id=person_id,
    )
    known = {"last_name": name, "email": email, "title": "Engineer", "phone": "+49 30 1234567"}
    person = Person(
        tenant=TENANT,
        person_id=person_id,
        fields=known,
        created_at=NOW,
        changed_at=NOW,
        agreed=known,
        links=(Link(key, name, owner, email, home_id=person_id),),
        emails=(email,),
        name=name,
    )
    return Unit(records=[record], people=[person], claims=[Claim(TENANT, email, person_id)])


def captured(work: Callable[[Any], object], client: Any, operation: str) -> list[dict[str, Any]]:
    """What a piece of work asks the client, request by request."""
    requests: list[dict[str, Any]] = []

    def keep(params: dict[str, Any], **_: object) -> None:
        requests.append(dict(params))

    event = f"provide-client-params.dynamodb.{operation}"
    client.meta.events.register(event, keep)
    work(client)
    client.meta.events.unregister(event, keep)
    return requests


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU of this process, all threads."""
    began = time.process_time()
    work()
    return time.process_time() - began


def compared(ways: Sequence[tuple[str, Callable[[], object]]], rounds: int) -> list[Cost]:
    """The median CPU of each way, all measured in turn."""
    spent: dict[str, list[float]] = {name: [] for name, _ in ways}
    for _ in range(rounds + 1):
        for name, work in ways:
            spent[name].append(cpu(work))
    return [
        Cost(name, statistics.median(seconds[1:]) / LEADS * 1e6) for name, seconds in spent.items()
    ]


def measure() -> tuple[list[Cost], list[Cost], Cost]:
    """Writing and reading (ours, then the floor), and saving row by row."""
    units = [lead_unit(number) for number in range(LEADS)]
    keys = [row.key for unit in units for row in unit.records]
    with CannedDynamoDb() as canned:
        client = canned.client()
        store = DynamoStore(TABLES, client)
        writes = captured(lambda _: store.commit(TENANT, units), client, "TransactWriteItems")
        reads = captured(lambda _: store.records(TENANT, keys), client, "BatchGetItem")
        assert len(store.records(TENANT, keys)) == LEADS

        def write_floor() -> None:
            for request in writes:
                client.transact_write_items(**request)

        def read_floor() -> None:
            for request in reads:
                client.batch_get_item(**request)

        written = compared(
            [("ours", lambda: store.commit(TENANT, units)), ("floor", write_floor)], ROUNDS
        )
        read = compared(
            [("ours", lambda: store.records(TENANT, keys)), ("floor", read_floor)], ROUNDS
        )
        saves = saver(writes, client)
        saved = compared([("Model.save", saves)], SAVE_ROUNDS)[0]
    return written, read, saved


def saver(writes: Sequence[dict[str, Any]], client: Any) -> Callable[[], None]:
    """Writes the same rows through PynamoDB models, one by one, with their conditions."""
    models = {
        TABLES.records: bound(RecordRow, TABLES.records, client),
        TABLES.people: bound(PersonRow, TABLES.people, client),
    }
    rows: list[tuple[Any, dict[str, Any]]] = []
    for request in writes:
        for action in request["TransactItems"]:
            part = action.get("Put") or action["Update"]
            item = part.get("Item") or {**part["Key"], "person": {"S": "p" * 36}}
            model = models[part["TableName"]]
            instance = model()
            instance.deserialize(item)
            rows.append((model, instance.attribute_values))

    def save() -> None:
        for model, values in rows:
            model(**values).save(model.pk.does_not_exist())

    return save


def report(written: Sequence[Cost], read: Sequence[Cost], saved: Cost) -> str:
    """The figures as a table."""
    ours, floor = written
    share, read_share = floor.micros / ours.micros, read[1].micros / read[0].micros
    rows = [
        (f"Storing {LEADS} new Leads (record, person, claim)", "CPU µs a Lead", ""),
        ("---", "---:", "---"),
        ("ours (`commit`)", f"{ours.micros:.0f}", f"{share:.0%} of the floor's speed"),
        ("floor: the same requests, items ready-made", f"{floor.micros:.0f}", ""),
        ("`Model.save`, row by row", f"{saved.micros:.0f}", f"{saved.micros / ours.micros:.1f} x"),
        ("ours, reading them back (`records`)", f"{read[0].micros:.0f}", f"{read_share:.0%}"),
        ("floor: the same reading requests", f"{read[1].micros:.0f}", ""),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    print(report(*measure()))
