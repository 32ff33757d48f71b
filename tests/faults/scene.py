"""A world whose ports can die at any call, and the way AWS brings work back."""

from dataclasses import dataclass, field, replace

from funnel.domain.crm import Credentials, Endpoint
from funnel.domain.ids import Module, SugarId
from funnel.domain.sync.runs import RunKind
from funnel.ports.crm import Crm, Hooks
from funnel.ports.messages import Message
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.sync.watch_runs import watch_runs
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.fakes.sugar import ModelConnector, ModelSugar
from tests.fakes.world import TENANT, World
from tests.faults.dying import again


@made_once
def company() -> World:
    """A small company, connected."""
    world = World(page_size=4)
    world.sugar.seconds_a_call = 6
    fill(world.sugar)
    world.sugar.put(Module.LEADS, "only", last_name="Only", email1="only@x.test")
    world.connect()
    return world


@dataclass
class Scene:
    """One world, one plan of when to die, and how often anything was delivered again."""

    plan: Plan
    world: World = field(default_factory=company)
    redelivered: int = 0

    def __post_init__(self) -> None:
        app = self.world.app
        self.mortal = replace(
            app,
            records=faulty(app.records, self.plan, "records"),
            lists=faulty(app.lists, self.plan, "lists"),
            pushes=faulty(app.pushes, self.plan, "pushes"),
            erasures=faulty(app.erasures, self.plan, "erasures"),
            redos=faulty(app.redos, self.plan, "redos"),
            sites=faulty(app.sites, self.plan, "sites"),
            visitors=faulty(app.visitors, self.plan, "visitors"),
            activities=faulty(app.activities, self.plan, "activities"),
            batches=faulty(app.batches, self.plan, "batches"),
            prospects=faulty(app.prospects, self.plan, "prospects"),
            score_marks=faulty(app.score_marks, self.plan, "score_marks"),
            scoring=faulty(app.scoring, self.plan, "scoring"),
            sync=faulty(app.sync, self.plan, "sync"),
            campaigns_in_sugar=faulty(app.campaigns_in_sugar, self.plan, "campaigns_in_sugar"),
            secrets=faulty(app.secrets, self.plan, "secrets"),
            files=faulty(app.files, self.plan, "files"),
            queue=faulty(app.queue, self.plan, "queue"),
            crm=MortalConnector(self.world.sugar, self.plan),
        )

    def sync(self, kind: RunKind) -> None:
        """A run asked for by a person, who asks again if nothing comes of it."""
        try:
            start_run(self.mortal, TENANT, kind)
        except Crash:
            self.plan.revived = True
            start_run(self.mortal, TENANT, kind)
        self.drain()

    def drain(self) -> None:
        """Deliver messages until all is quiet and the watch finds nothing more to ring for."""
        for _ in range(400):
            message = self.world.queue.pop_next()
            if message is not None:
                self.deliver(message)
                continue
            if self.world.store.open_run(TENANT) is None:
                return
            self.world.clock.advance(300)
            watch_runs(self.world.app)
        raise AssertionError("It never comes to rest.")

    def deliver(self, message: Message) -> None:
        """Until it is done with; the worker is another one each time."""
        worker = self.world.ids.new_id
        again(
            self.plan,
            lambda: handle_message(self.mortal, message, worker(), lambda: 600.0),
            self._wait,
        )

    def _wait(self) -> None:
        self.redelivered += 1
        self.world.clock.advance(30)


@dataclass
class MortalConnector:
    """Opens a Sugar whose calls fail as planned."""

    sugar: ModelSugar
    plan: Plan

    def detect(self, url: str) -> Endpoint:
        return ModelConnector(self.sugar).detect(url)

    def open(self, endpoint: Endpoint, credentials: Credentials, hooks: Hooks | None = None) -> Crm:
        return faulty(
            ModelConnector(self.sugar).open(endpoint, credentials, hooks), self.plan, "crm"
        )


def fill(sugar: ModelSugar) -> None:
    """A little of everything: people under one address, conversions, what is held back and why."""
    sugar.put(Module.USERS, "u0", user_name="anna", last_name="Ott", status="Active")
    sugar.put(Module.USERS, "u1", user_name="ben", last_name="Rau", status="Inactive")
    sugar.put(Module.ACCOUNTS, "a0", name="Acme", assigned_user_id="u0", industry="Energy")
    sugar.put(Module.ACCOUNTS, "a1", name="Nobody's", assigned_user_id="")
    sugar.put(Module.ACCOUNTS, "a2", name="Ben's", assigned_user_id="u1")
    for i in range(14):
        email = f"p{i % 6}@x.test" if i % 5 else None
        status = ("New", "Dead")[i % 2]
        sugar.put(Module.LEADS, f"l{i:02}", last_name=f"L{i}", email1=email, status=status)
    for i in range(6):
        sugar.put(
            Module.CONTACTS, f"c{i}", last_name=f"C{i}", email1=f"p{i}@x.test",
            account_id=f"a{i % 4}" if i % 4 != 3 else "",
        )  # fmt: skip
    sugar.put(Module.LEADS, "l00", converted=True, contact_id="c0")
    for i in range(3):
        record = sugar.put(
            Module.OPPORTUNITIES, f"o{i}", name=f"O{i}", account_id=f"a{i}", sales_stage="Open"
        )
        record.contact_ids = (SugarId(f"c{i}"),)


def change(sugar: ModelSugar) -> None:
    """What an hour brings: addresses that part and meet, a mended account, deletions."""
    sugar.put(Module.LEADS, "l01", email1="p2@x.test")
    sugar.put(Module.LEADS, "l02", email1="new@x.test", status="Converted")
    sugar.put(Module.CONTACTS, "c3", email1="p4@x.test")
    sugar.put(Module.ACCOUNTS, "a0", industry="Media")
    sugar.put(Module.ACCOUNTS, "a1", assigned_user_id="u0")
    deal = sugar.put(Module.OPPORTUNITIES, "o0", sales_stage="Closed")
    deal.contact_ids = (SugarId("c3"), SugarId("c4"))
    sugar.put(Module.USERS, "u1", status="Active")
    sugar.delete(Module.LEADS, "l07")
    sugar.delete(Module.CONTACTS, "c4")
    sugar.change_address(Module.LEADS, "l08", "p0@x.test")
    sugar.put(Module.LEADS, "l11", email2="only@x.test")
    sugar.delete(Module.LEADS, "only")


@made_once
def synced() -> World:
    """The company after its first sync."""
    scene = Scene(Plan())
    scene.sync(RunKind.INITIAL)
    return scene.world


@made_once
def moved() -> World:
    """The company an hour after its first sync, and with what the hour brought."""
    world = synced()
    world.clock.advance(3_600)
    change(world.sugar)
    return world


def dying(plan: Plan, at: int) -> Plan:
    """The same plan, counted anew from here."""
    plan.calls.clear()
    plan.at = at
    return plan
