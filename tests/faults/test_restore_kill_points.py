"""A restore takes back neither an erasure nor an opt-out nor a revocation, wherever it dies."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from funnel.domain.connecting.signing import known
from funnel.domain.consent.consent import Mark
from funnel.domain.errors import MailRefused, NotFound
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.mail.mails import MailState, Word
from funnel.domain.people.redos import Redo
from funnel.domain.signing_in.sugar_users import role_of
from funnel.domain.signing_in.tenants import Role, SugarUser
from funnel.domain.sync.runs import RunKind
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.delivery.take_word import take_word
from funnel.usecases.living import holder_of
from funnel.usecases.signing_in.api_keys import list_keys
from funnel.usecases.signing_in.operate import operate
from funnel.usecases.tracking.accept_sight import tracked
from scripts.restore import Refused, Restore
from scripts.restoring.deployment import PEOPLE, Deployment
from scripts.restoring.rules import rules
from scripts.restoring.tables import Copier
from scripts.restoring.wanted import CarriedOver
from tests.contract.storage.servers import NAMES
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.restored_company import GONE, LONE, REP, Company, mail_of
from tests.unit.scripts.restoring.aws import STOPPED, THEN, Stack
from tests.unit.scripts.restoring.conftest import in_memory
from tests.unit.scripts.restoring.rows import items_of, rows_of, table

pytestmark = pytest.mark.feature("G7")
Rows = dict[str, list[dict[str, Any]]]
TABLES = {logical: f"funnel-{name}" for logical, name in NAMES.items()}
NUMBERS = count(1)
CARRIED = (
    "2 Users with fewer rights, 1 addresses that bounce, 1 alerts switched off, 1 connections as they "
    "are reached, signed and paused, 2 erasures, 1 mails that went out, 3 opt-outs, 1 revoked API keys, "
    "1 sites that follow less"
)


@dataclass
class Scene:
    """The company on its tables, and what these held at the moment and when all was stopped."""

    session: Any
    company: Company
    then: Rows
    now: Rows
    said: list[str] = field(default_factory=list)

    def restored_beside(self, name: str, beside: str) -> None:
        """As AWS does in some minutes."""
        filled(self.session.client("dynamodb"), beside, self.then[name])


class Mortal:
    """A client that dies at one of the changes it is asked for."""

    def __init__(self, client: Any, plan: Plan) -> None:
        self._client, self._plan = client, plan

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if name not in ("batch_write_item", "put_item", "delete_item", "invoke"):
            return found

        def change(**wish: Any) -> Any:
            is_last = self._plan.count(name)
            if is_last:
                self._plan.fail(Moment.BEFORE)
            reply = found(**wish)
            if is_last:
                self._plan.fail(Moment.AFTER)
            return reply

        return change


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    """Made once: each test but the last has tables of its own."""
    with pytest.MonkeyPatch.context() as patch, in_memory() as session:
        # One part at a time, so that each run is the same.
        patch.setattr("scripts.restoring.tables.SEGMENTS", 1)
        client, company = session.client("dynamodb"), Company("funnel-")
        then = {name: items_of(client, name) for name in TABLES.values()}
        company.since()
        now = {name: items_of(client, name) for name in TABLES.values()}
        yield Scene(session, company, then, now)


def filled(client: Any, name: str, rows: list[dict[str, Any]]) -> str:
    """A new table with these rows."""
    table(client, name)
    for start in range(0, len(rows), 25):
        puts = [{"PutRequest": {"Item": one}} for one in rows[start : start + 25]]
        client.batch_write_item(RequestItems={name: puts})
    return name


@dataclass
class Copying:
    """One table of the company beside what it was, apart from all others."""

    scene: Scene
    logical: str

    def __post_init__(self) -> None:
        self.client = self.scene.session.client("dynamodb")
        number, name = next(NUMBERS), TABLES[self.logical]
        self.source = filled(self.client, f"then-{number}", self.scene.then[name])
        self.target = filled(self.client, f"now-{number}", self.scene.now[name])
        is_people = self.logical == PEOPLE
        self.people = self.target if is_people else filled(self.client, f"people-{number}", [])
        self.kept: list[str] = []
        self.told: dict[str, Any] = {}

    def copy(self, plan: Plan) -> None:
        """Copy it, by a client that may die."""
        client = Mortal(self.client, plan)
        carried = CarriedOver()

        def leave(redos: Sequence[Redo]) -> None:
            Deployment("funnel", _Session(client)).leave(self.people, redos)

        rule = rules(client, self.target)[self.logical]
        keep = lambda _, row: self.kept.append(repr(sorted(row.items())))  # noqa: E731
        Copier(client, self.source, self.target, keep, rule, leave, carried).copy()
        self.told = carried.by_tenant

    def outcome(self) -> list[Any]:
        """The rows, what is left to be done again, what was kept and what is told."""
        rows = (rows_of(self.client, self.target), rows_of(self.client, self.people))
        return [*rows, set(self.kept), self.told]


@dataclass
class _Session:
    dynamodb: Any

    def client(self, _: str) -> Any:
        return self.dynamodb


RULED = ("TenantsTable", "SyncTable", "PeopleTable", "RecordsTable", "MarketingTable", "MailTable")


@pytest.mark.parametrize("logical", RULED)
def test_a_copy_that_dies_at_any_write_carries_over_the_same(scene: Scene, logical: str) -> None:
    whole = Copying(scene, logical)
    plan = Plan()
    whole.copy(plan)
    assert whole.told
    for moment in Moment:
        for at in kill_points(plan.calls):
            one, dying = Copying(scene, logical), Plan(at, moment)
            with pytest.raises(Crash):
                one.copy(dying)
            one.copy(Plan())
            assert one.outcome() == whole.outcome(), (at, moment)
    whole.copy(again := Plan())
    assert not {"put_item", "delete_item"} & set(again.calls)


def test_a_restore_undoes_what_it_should_and_nothing_that_it_may_not(
    scene: Scene, tmp_path: Path
) -> None:
    company, world, said = scene.company, scene.company.world, scene.said
    store, app = company.store, company.app
    aws = Stack(scene.session, TABLES, scene.restored_beside, lambda wish: answered(company, wish))
    real = aws.dynamodb
    waiting: list[Any] = []

    def workers(_: float) -> None:
        """Who is not stopped works on; the other messages wait."""
        while (message := world.queue.pop_next()) is not None:
            is_ours = isinstance(message, DoPeopleJob) and "PeopleFunction" not in aws.stopped
            world.handle(message) if is_ours else waiting.append(message)

    def by(client: Any) -> Restore:
        """On another machine, or in another terminal."""
        aws.dynamodb, aws.listed = client, False
        return Restore(Deployment("funnel", aws), THEN, said.append, tmp_path, workers)

    steps = by(real)
    sent, calls = len(world.mailer.sent), len(world.sugar.calls)
    steps.begin()
    for at in count(1):
        plan = Plan(at, Moment.AFTER if at % 2 else Moment.BEFORE)
        with suppress(Crash):
            by(Mortal(real, plan)).copy()
        steps = by(real)
        if not plan.happened:
            break
        with pytest.raises(Refused):
            steps.go_on()
    assert at > 5
    said.clear()
    steps.copy()
    assert aws.stopped == STOPPED
    with pytest.raises(Refused, match="who was erased since is there again"):
        steps.go_on()
    steps.redo()
    assert aws.stopped == {"PushFunction", "MailFunction"}
    assert (len(world.mailer.sent), len(world.sugar.calls)) == (sent, calls)
    steps.go_on()
    told = "\n".join(said)
    assert [one for one in (*GONE, "@", "Ann", "Ben", "Dora") if one in told] == []
    assert [line for line in said if "carried over" in line or "again, " in line] == [
        f"tenant acme: carried over: {CARRIED}",
        "tenant lone: carried over: 1 erasures, 1 opt-outs",
        "tenant acme: 3 people erased again, 4 addresses looked at anew",
        "tenant lone: 1 people erased again, 1 addresses looked at anew",
    ]
    everything = company.text(real)
    assert [one for one in GONE if one in everything or f"{one.lower()}@" in everything] == []

    # What people asked for stands.
    for name, tenant, mark in [
        ("Ann", TENANT, Mark.OPT_OUT),
        ("Dora", TENANT, Mark.OPT_OUT),
        ("New", TENANT, Mark.OPT_OUT),
        ("Lia", LONE, Mark.OPT_OUT),
        ("Ben", TENANT, Mark.INVALID),
    ]:
        email = f"{name.lower()}@x.test"
        consent = store.consents(tenant, [email])[email]
        assert consent.flag(mark).value, name
        assert store.claims(tenant, [email])[email].consent, name
    reason = store.consents(TENANT, ["ann@x.test"])["ann@x.test"].opt_out.source
    assert reason is not None
    assert reason.reason == "by phone"
    with pytest.raises(MailRefused, match="opted out"):
        company.mail("Ann", key="later")
    proofs = {t: [one.by for one in store.erasures(t, 9).items] for t in (TENANT, LONE)}
    assert proofs == {TENANT: ["Ann"] * 3, LONE: ["Ann"]}

    # Who made or changed something is undone, as a restore is for.
    assert holder_of(app, TENANT, "new@x.test") is holder_of(app, TENANT, "oops@x.test") is None

    # Nobody comes in who may no more.
    assert {one.name: one.state for one in list_keys(app, TENANT)} == {
        "leaked": "revoked",
        "good": "good",
    }
    now = world.clock.now()
    assert store.session("signed-out", now) is None
    assert store.session("signed-in", now) is not None
    assert store.use_link("used", now) is None
    keys = [RecordKey(Module.USERS, SugarId(one)) for one in ("u0", "u1")]
    users = store.records(TENANT, keys)
    role = [role_of(SugarUser(k.sugar_id, None, now), users[k]) for k in keys]
    assert role == [Role.MARKETER, None]
    connection = connection_of(app, TENANT)
    assert connection.read_only
    assert connection.pause is not None
    assert connection.pause.by == "Ann"
    assert known(connection.signing_keys, company.second_key, now) is not None
    first = next(one for one in connection.signing_keys if one.kid == company.first_key)
    assert first.ends_at is not None
    assert world.secrets.get(TENANT, connection.secret_ref)
    assert store.alerts(TENANT, REP).settings.on == ()
    found = store.site(company.site.key)
    assert found is not None
    assert not found.active
    assert [one.active for one in store.sites(TENANT)] == [False]

    # Mail that went out stays, once; mail that waited waits.
    mail = store.mail(TENANT, mail_of("Dora", "since"))
    assert mail is not None
    assert mail.state is MailState.SENT
    assert tracked(app, mail.token).mail_id == mail.mail_id
    take_word(app, TENANT, Word(mail.mail_id, now, False))
    assert not store.consents(TENANT, ["dora@x.test"])["dora@x.test"].opt_out.value
    cleo = store.mail(TENANT, mail_of("Cleo"))
    assert cleo is not None
    assert cleo.state is MailState.QUEUED
    company.send()
    assert len(world.mailer.sent) == sent

    # And Sugar, which still has one of them, brings nobody back.
    world.change(pause=None, read_only=False, held_since=None)
    for message in waiting:
        world.handle(message)
    world.drain()
    world.clock.advance(3_600)
    world.sync(RunKind.FULL)
    everything = company.text(real)
    assert [one for one in GONE if one in everything or f"{one.lower()}@" in everything] == []


def answered(company: Company, wish: dict[str, Any]) -> dict[str, Any]:
    """As the operator's function answers."""
    try:
        return operate(company.app, "", wish)
    except NotFound as error:
        return {"error": {"code": error.code, "text": error.text, "mend": error.mend}}
