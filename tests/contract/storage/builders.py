"""Rows to store, whole or with the fewest words."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from funnel.domain.connecting.connections import (
    Connection,
    FieldsSeen,
    Pause,
    PauseReason,
    QuietHours,
)
from funnel.domain.crm import Condition, Dialect, Endpoint, FieldDef, Operator, Window
from funnel.domain.ids import (
    ConnectionId,
    Module,
    PersonId,
    RecordKey,
    RunId,
    SugarId,
    TenantId,
)
from funnel.domain.mapping.fields import CustomField, FieldType, Subject
from funnel.domain.mapping.mapping import FieldMapping, Flow, Rule
from funnel.domain.sync.records import (
    Direction,
    Edit,
    FieldChange,
    HistoryEntry,
    Link,
    Person,
    ReadStamp,
    State,
    SugarRecord,
    SyncError,
)
from funnel.domain.sync.runs import ModuleRun, ModuleStatus, Note, Run, RunKind, RunWindow

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
STAMP = ReadStamp(NOW - timedelta(days=1), NOW, NOW + timedelta(milliseconds=250), 3)
UNICODE = "Zoë Łukasz Größe 株式会社 Ωmega 🦊 “quoted” & <b>"


def key(module: Module, sugar_id: str) -> RecordKey:
    """A record's key."""
    return RecordKey(module, SugarId(sugar_id))


def record(
    tenant: TenantId,
    sugar_id: str,
    name: str = "Ada Lovelace",
    module: Module = Module.LEADS,
    **more: Any,
) -> SugarRecord:
    """A record in use."""
    values: dict[str, Any] = {
        "tenant": tenant,
        "key": key(module, sugar_id),
        "state": State.SYNCED,
        "fields": {"last_name": name},
        "stamp": STAMP,
        "digest": "d1",
        "name": name,
        "first_seen": NOW,
    }
    return SugarRecord(**{**values, **more})


def whole_record(tenant: TenantId, sugar_id: str) -> SugarRecord:
    """A record with something in every attribute."""
    return record(
        tenant,
        sugar_id,
        UNICODE,
        Module.OPPORTUNITIES,
        state=State.STALE,
        fields={
            "name": UNICODE,
            "amount": "50000.00",
            "probability": 0,
            "ratio": 0.1,
            "private": False,
            "empty": "",
            "nothing": None,
            "lines": "one\r\ntwo\ttab \\ \" '",
            "big": 12345678901234567890,
        },
        owner_id=SugarId("u1"),
        parent_id=SugarId("a1"),
        contact_ids=(SugarId("c1"), SugarId("c2")),
        person_id=PersonId("p1"),
        home_id=PersonId("p0"),
        apart=True,
        out_of_date_since=NOW,
        errors=("e1", "e2"),
        root=key(Module.ACCOUNTS, "a1"),
    )


def person(tenant: TenantId, person_id: str, name: str = "Ada Lovelace", **more: Any) -> Person:
    """A person with one link."""
    lead = key(Module.LEADS, f"lead of {person_id}")
    values: dict[str, Any] = {
        "tenant": tenant,
        "person_id": PersonId(person_id),
        "fields": {"last_name": name},
        "created_at": NOW,
        "changed_at": NOW,
        "links": (Link(lead, name, SugarId("u1"), f"{person_id}@example.test"),),
        "name": name,
    }
    return Person(**{**values, **more})


def whole_person(tenant: TenantId, person_id: str) -> Person:
    """A person with something in every attribute."""
    contact = key(Module.CONTACTS, "c1")
    links = (
        Link(contact, UNICODE, SugarId(""), "z@example.test", SugarId(""), PersonId("p9"), True),
        Link(key(Module.LEADS, "l1"), "", SugarId("u1"), "", SugarId("c1")),
    )
    return person(
        tenant,
        person_id,
        UNICODE,
        fields={"last_name": UNICODE, "age": 3, "nothing": None},
        agreed={"last_name": "before", "empty": ""},
        edited={"last_name": Edit(NOW, UNICODE)},
        links=links,
        emails=("z@example.test", "ü@exämple.test"),
        absorbed=(PersonId("p7"), PersonId("p8")),
        shared=True,
        made_by=UNICODE,
        took_in=(PersonId("p7"), PersonId("p8")),
        formerly=(key(Module.LEADS, "l 9/ü"),),
        had=("e0@x.test",),
    )


def error(tenant: TenantId, of: RecordKey, error_id: str = "e1", **more: Any) -> SyncError:
    """An open error whose root is the record itself."""
    values: dict[str, Any] = {
        "tenant": tenant,
        "error_id": error_id,
        "direction": Direction.PULL,
        "record": of,
        "name": UNICODE,
        "field": "assigned_user_id",
        "value": "",
        "code": "OwnerMissing",
        "root": of,
        "root_name": "",
        "first_seen": NOW,
        "last_seen": NOW + timedelta(seconds=1),
    }
    return SyncError(**{**values, **more})


def entry(tenant: TenantId, subject: str, minutes: int, **more: Any) -> HistoryEntry:
    """Something that happened so many minutes after NOW."""
    values: dict[str, Any] = {
        "tenant": tenant,
        "subject": subject,
        "at": NOW + timedelta(minutes=minutes),
        "entry_id": f"h{minutes}",
        "kind": "changed",
        "side": "Sugar",
        "changes": (FieldChange("title", None, "", "read from Sugar"),),
    }
    return HistoryEntry(**{**values, **more})


def connection(tenant: TenantId, **more: Any) -> Connection:
    """A connection with something in every attribute."""
    endpoint = Endpoint(
        "https://crm.example.test/service/v4_1/soap.php",
        "https://crm.example.test",
        Dialect.V4_1,
        "6.5.26",
        "CE",
        "SugarCRM",
        warnings=("plain http",),
    )
    values: dict[str, Any] = {
        "tenant": tenant,
        "connection_id": ConnectionId("00000001-0000-4000-8000-000000000001"),
        "endpoint": endpoint,
        "user_name": "api",
        "secret_ref": "funnel/test/x",
        "credential_version": 2,
        "created_at": NOW,
        "read_only": False,
        "pause": Pause(PauseReason.ADMIN, NOW, "Zoë"),
        "quiet_hours": QuietHours(time(22, 30), time(6)),
        "modules": (Module.USERS, Module.LEADS),
        "conditions": {Module.LEADS: (Condition("status", Operator.IS, ("New", "")),)},
        "mappings": {
            Module.LEADS: (
                FieldMapping("a_c", "custom_a", FieldType.CHOICE, Rule.NEWEST, Flow.FROM_SUGAR),
            )
        },
        "custom_fields": (CustomField("custom_a", UNICODE, FieldType.CHOICE, Subject.PERSON),),
        "generations": {Module.LEADS: 4},
        "synced_until": {Module.LEADS: NOW},
        "synced_at": {},
        "page_sizes": {Module.LEADS: 250},
        "requests_per_second": 2.5,
        "clock_skew": -1.25,
        "failures": 1,
        "open_until": NOW,
        "missing_fields": {Module.LEADS: ("title",)},
        "swept_at": {Module.LEADS: NOW},
        "links_read_at": {Module.CONTACTS: NOW},
        "errors_looked_at": NOW,
        "score_fields_seen": {
            Module.LEADS: FieldsSeen(NOW, ("a_c", "b_c"), (FieldDef("a_c", "int", "a_c"),))
        },
    }
    return Connection(**{**values, **more})


def run(tenant: TenantId, run_id: str = "r1", minutes: int = 0, **more: Any) -> Run:
    """A run that was just started."""
    values: dict[str, Any] = {
        "tenant": tenant,
        "connection_id": ConnectionId("c"),
        "run_id": RunId(run_id),
        "kind": RunKind.HOURLY,
        "requested_by": "",
        "started_at": NOW + timedelta(minutes=minutes),
        "modules": (
            ModuleRun(Module.LEADS, ModuleStatus.READING, NOW, 12, note=Note("X", "text")),
            ModuleRun(Module.USERS),
        ),
        "server_time": NOW,
        "lease_owner": "worker",
        "lease_until": NOW + timedelta(minutes=minutes + 5),
        "worked_seconds": 1.5,
        "waits_since": NOW,
        "next_try": NOW + timedelta(minutes=2),
    }
    return Run(**{**values, **more})


def window(window_id: str, module: Module = Module.LEADS, **more: Any) -> RunWindow:
    """A window of a day."""
    return RunWindow(module, window_id, Window(NOW - timedelta(days=1), NOW), **more)


def stored(row: Any) -> Any:
    """The row as it is after one write."""
    return replace(row, version=row.version + 1)
