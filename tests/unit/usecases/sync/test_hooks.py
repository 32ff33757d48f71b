"""Webhooks of Sugar: who may send them, what they lead to, and that nothing named is lost."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.connecting.signing import Signed
from funnel.domain.crm import Condition, Operator
from funnel.domain.errors import InputInvalid, NotSignedIn, SugarUnavailable, TooLarge
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId, TenantId
from funnel.domain.sync.records import State
from funnel.ports.sync_messages import Heal, ReadNamed
from funnel.usecases.connecting.signing_keys import hooks_view, new_signing_key
from funnel.usecases.sync.read_named import read_named
from tests.fakes.world import TENANT, World
from tests.rights.holding import at_door
from tests.unit.usecases.sync.hooks import CONNECTION, Sender, named
from tests.unit.usecases.sync.runs import all_kinds_synced

LEAD = RecordKey(Module.LEADS, SugarId("l01"))


@pytest.fixture
def world() -> World:
    made = all_kinds_synced()
    made.clock.advance(600)
    return made


@pytest.fixture
def sender(world: World) -> Sender:
    return Sender(world)


def field(world: World, key: RecordKey, name: str) -> object:
    """A field of a record as it is here."""
    return world.store.records(TENANT, [key])[key].fields.get(name)


def marks(world: World) -> list[str]:
    """What is marked."""
    return [str(m.key) for m in world.store.marked(TENANT, CONNECTION, 999).items]


def test_what_is_named_is_read_within_seconds(world: World, sender: Sender) -> None:
    world.sugar.put(Module.LEADS, "l01", title="Captain")
    began = world.clock.now()
    assert sender.send("Leads/l01") == 1
    world.drain()
    assert field(world, LEAD, "title") == "Captain"
    assert world.clock.now() - began < timedelta(seconds=10)
    assert marks(world) == []


def test_deleted_new_and_vanished_records_are_as_in_sugar(world: World, sender: Sender) -> None:
    world.sugar.delete(Module.LEADS, "l02")
    world.sugar.put(Module.LEADS, "new", last_name="New")
    del world.sugar.tables[Module.LEADS][SugarId("l03")]
    sender.send("Leads/l02", "Leads/new", "Leads/l03", "Leads/never")
    world.drain()
    keys = {i: RecordKey(Module.LEADS, SugarId(i)) for i in ("l02", "new", "l03", "never")}
    stored = world.store.records(TENANT, keys.values())
    assert stored[keys["l02"]].state is State.DELETED
    assert stored[keys["new"]].state is State.SYNCED
    assert stored[keys["l03"]].state is State.STALE
    assert keys["never"] not in stored


def test_thousands_in_a_burst_fold_into_few_readings(world: World, sender: Sender) -> None:
    calls = len(world.sugar.calls)
    for i in range(1_000):
        world.sugar.put(Module.LEADS, f"b{i % 300}", last_name=f"B{i}")
        sender.send(f"Leads/b{i % 300}", ahead=i % 250)
    assert len([d for d in world.queue.waiting if isinstance(d.message, ReadNamed)]) == 1
    world.drain()
    read = [c for c in world.sugar.calls[calls:] if c.startswith("by_ids")]
    assert len(read) == 2
    last = RecordKey(Module.LEADS, SugarId("b99"))
    assert field(world, last, "last_name") == "B999"


def test_a_record_outside_the_filter_does_not_slip_in(world: World, sender: Sender) -> None:
    world.change(conditions={Module.LEADS: (Condition("lead_source", Operator.IS, ("Fair",)),)})
    world.sugar.put(Module.LEADS, "in", last_name="In", lead_source="Fair")
    world.sugar.put(Module.LEADS, "out", last_name="Out", lead_source="Web")
    world.sugar.put(Module.LEADS, "l01", title="Known already")
    sender.send("Leads/in", "Leads/out", "Leads/l01")
    world.drain()
    found = world.store.records(
        TENANT, [RecordKey(Module.LEADS, SugarId(i)) for i in ("in", "out", "l01")]
    )
    assert {k.sugar_id for k in found} == {"in", "l01"}
    assert field(world, LEAD, "title") == "Known already"


def test_what_waited_for_a_named_record_follows(world: World, sender: Sender) -> None:
    opportunity = RecordKey(Module.OPPORTUNITIES, SugarId("o1"))
    assert world.store.records(TENANT, [opportunity])[opportunity].state is State.HELD
    world.sugar.put(Module.ACCOUNTS, "a1", assigned_user_id="u0")
    sender.send("Accounts/a1")
    world.drain()
    assert world.store.records(TENANT, [opportunity])[opportunity].state is State.SYNCED


def test_our_own_users_changes_and_modules_that_are_not_pulled_ring_for_nothing(
    world: World, sender: Sender
) -> None:
    world.change(user_id=SugarId("me"), modules=(Module.LEADS,))
    assert sender.send("Leads/l01", by="me") == 0
    assert sender.send("Opportunities/o1", by="ann") == 0
    assert len(world.queue) == 0
    assert sender.send("Leads/l01", by="ann", ahead=1) == 1


def test_a_record_named_again_while_it_is_read_is_read_again(world: World, sender: Sender) -> None:
    world.sugar.put(Module.LEADS, "l01", title="First")
    sender.send("Leads/l01")

    def meanwhile(name: str) -> None:
        if name == "by_ids Leads":
            world.sugar.before_call = lambda _name: None
            world.clock.advance(1)
            at_door("hooks", sender.send)("Leads/l01", ahead=2)

    world.sugar.before_call = meanwhile
    message = world.queue.pop_next()
    assert isinstance(message, ReadNamed)
    world.handle(message)
    assert marks(world) == ["Leads/l01"]
    world.sugar.put(Module.LEADS, "l01", title="Second")
    world.drain()
    assert field(world, LEAD, "title") == "Second"


@pytest.mark.parametrize("why", ["pause", "circuit"])
def test_marks_wait_for_a_connection_that_is_paused_or_left_alone(
    world: World, sender: Sender, why: str
) -> None:
    now = world.clock.now()
    if why == "pause":
        world.change(pause=Pause(PauseReason.ADMIN, now))
    else:
        world.change(open_until=now + timedelta(minutes=30), failures=2)
    world.sugar.put(Module.LEADS, "l01", title="Later")
    sender.send("Leads/l01")
    world.drain()
    assert marks(world) == ["Leads/l01"]
    world.clock.advance(3_600)
    world.change(pause=None)
    world.sync()
    assert marks(world) == []
    assert field(world, LEAD, "title") == "Later"


def test_what_can_pass_is_tried_again_but_not_for_ever(world: World, sender: Sender) -> None:
    def away(_name: str) -> None:
        raise SugarUnavailable("away")

    world.sugar.before_call = away
    sender.send("Leads/l01")
    world.drain()
    assert marks(world) == ["Leads/l01"]
    world.sugar.before_call = lambda _name: None
    sender.send("Leads/l02", ahead=1)
    world.drain()
    assert marks(world) == []


def test_one_worker_reads_at_a_time_and_hands_over_in_time(world: World, sender: Sender) -> None:
    sender.send(*(f"Leads/l{i:02}" for i in range(14)))
    message = world.queue.pop_next()
    assert isinstance(message, ReadNamed)
    now = world.clock.now()
    assert world.store.acquire(TENANT, "named", "other", now, now + timedelta(seconds=60))
    read_named(world.app, message, "me", lambda: 600)
    assert len(marks(world)) == 14
    assert world.queue.pop_next() == message
    world.store.release(TENANT, "named", "other")
    read_named(world.app, message, "me", lambda: 0)
    assert world.queue.pop() == message
    world.handle(message)
    assert marks(world) == []
    assert not [d for d in world.queue.waiting if not isinstance(d.message, Heal)]


def test_a_message_for_a_sugar_that_is_no_longer_connected_does_nothing(
    world: World, sender: Sender
) -> None:
    sender.send("Leads/l01")
    world.queue.pop_next()
    calls = len(world.sugar.calls)
    world.handle(ReadNamed(TENANT, ConnectionId("another")))
    assert len(world.sugar.calls) == calls
    assert marks(world) == ["Leads/l01"]


def test_whatever_is_wrong_with_the_sender_gets_one_answer(world: World, sender: Sender) -> None:
    body = named("Leads/l01")
    good = sender.signed(body)
    old = sender.signed(body, ahead=-301)
    unknown = replace(sender.shown, kid="nobody's")
    tries = [
        (replace(good, signature="0" * 64), TENANT, CONNECTION),
        (Signed("", "", ""), TENANT, CONNECTION),
        (old, TENANT, CONNECTION),
        (sender.signed(body, key=unknown), TENANT, CONNECTION),
        (sender.signed(body, key=replace(unknown, key="x." + "0" * 64)), TENANT, CONNECTION),
        (good, TENANT, ConnectionId("another")),
        (good, TenantId("another"), CONNECTION),
    ]
    told = set()
    for signed, tenant, connection in tries:
        with pytest.raises(NotSignedIn) as refused:
            sender.post(body, signed, tenant, connection)
        told.add((refused.value.text, refused.value.mend))
    assert len(told) == 1
    assert marks(world) == []
    assert sender.post(body, good) == 1


def test_a_signature_works_once(world: World, sender: Sender) -> None:
    body = named("Leads/l01")
    signed = sender.signed(body)
    assert sender.post(body, signed) == 1
    for again in (signed, replace(signed, signature=signed.signature.upper())):
        with pytest.raises(NotSignedIn):
            sender.post(body, again)


def test_a_new_key_works_at_once_and_the_old_one_for_a_day(world: World, sender: Sender) -> None:
    old, new = sender.shown, new_signing_key(world.app, TENANT, "")
    for key in (old, new):
        body = named("Leads/l01")
        assert sender.post(body, sender.signed(body, key=key)) == 1
    world.clock.advance(24 * 3_600)
    body = named("Leads/l02")
    assert sender.post(body, sender.signed(body, key=new)) == 1
    with pytest.raises(NotSignedIn):
        sender.post(body, sender.signed(body, key=old))
    refs = len(world.secrets.refs)
    new_signing_key(world.app, TENANT, "")
    assert len(world.secrets.refs) == refs


def test_no_key_is_in_a_table_or_a_repr(world: World, sender: Sender) -> None:
    kept = repr(vars(world.store)) + repr(sender.shown)
    assert sender.shown.key.partition(".")[2] not in kept
    assert "token-" not in kept


@pytest.mark.parametrize(
    ("body", "field_name"),
    [
        (b"{", ""),
        (b"[]", ""),
        (b'{"records": 5}', "records"),
        (b'{"records": [5]}', "records.0"),
        (b'{"records": [{"module": "Bugs", "id": "1", "event": "saved"}]}', "records.0.module"),
        (b'{"records": [{"module": [], "id": "1", "event": "saved"}]}', "records.0.module"),
        (b'{"records": [{"module": "Leads", "id": "", "event": "saved"}]}', "records.0.id"),
        (b'{"records": [{"module": "Leads", "id": 5, "event": "saved"}]}', "records.0.id"),
        (b'{"records": [{"module": "Leads", "id": "1", "event": "x"}]}', "records.0.event"),
        (b"[" * 60_000, ""),
    ],
)
def test_a_body_that_says_nothing_right_is_told_what_is_wrong(
    world: World, sender: Sender, body: bytes, field_name: str
) -> None:
    with pytest.raises(InputInvalid) as refused:
        sender.post(body, sender.signed(body))
    assert refused.value.field == field_name
    assert marks(world) == []


def test_an_id_that_an_import_made_holds_up_no_other(world: World, sender: Sender) -> None:
    ids = ["l01", "ERP/4711", "{3F25}", "lead 17", "Müller-1", "x" * 65, "l02"]
    records = [{"module": "Leads", "id": one, "event": "saved"} for one in ids]
    body = json.dumps({"records": records}).encode()
    assert sender.post(body, sender.signed(body)) == 2
    assert marks(world) == ["Leads/l01", "Leads/l02"]


def test_too_much_at_once_is_refused(world: World, sender: Sender) -> None:
    long = b" " * (64 * 1024 + 1)
    many = named(*("Leads/1" for _ in range(501)))
    for body in (long, many):
        with pytest.raises(TooLarge):
            sender.post(body, sender.signed(body))


def test_what_came_is_counted_and_shown(world: World, sender: Sender) -> None:
    sender.send("Leads/l01", "Leads/l02")
    with pytest.raises(NotSignedIn):
        sender.post(b"{}", Signed("", "", ""))
    view = hooks_view(world.app, TENANT, "https://funnel.test")
    assert view.address == f"https://funnel.test/sugar/{TENANT}/{CONNECTION}"
    counts = view.counts
    assert (counts.accepted, counts.refused, counts.records) == (1, 1, 2)
    assert counts.last_at == world.clock.now()
    assert [k.kid for k in view.keys] == [sender.shown.kid]
    world.clock.advance(8 * 24 * 3_600)
    assert hooks_view(world.app, TENANT, "").counts.accepted == 0
