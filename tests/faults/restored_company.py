"""Two tenants on real tables: what they had at a moment, and what people asked for since."""

from datetime import timedelta
from typing import Any, cast

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.dynamodb.store import dynamodb_client
from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.consent.consent import Mark
from funnel.domain.crm import Credentials
from funnel.domain.forms.forms import Form
from funnel.domain.ids import Module, PersonId, SugarId, TenantId
from funnel.domain.mail.mails import MailDraft, MailId, Word, mail_id_of
from funnel.domain.signing_in.tenants import Role, Session, SignInLink, Tenant
from funnel.domain.sync.runs import RunKind
from funnel.domain.tracking.sites import Site
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.connecting.connect import use_new_password
from funnel.usecases.connecting.signing_keys import new_signing_key
from funnel.usecases.consent.change_consent import Said, set_mark, unsubscribe
from funnel.usecases.delivery.take_word import take_word
from funnel.usecases.erasing.erase_person import new_erasure
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.living import holder_of, living
from funnel.usecases.mail.send_mail import request_mail
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.signing_in.api_keys import KeyWish, make_key, revoke_key
from funnel.usecases.tracking.keep_sites import SiteChanges, add_site, change_site
from funnel.usecases.vision.change_alerts import change_alerts
from tests.contract.storage import servers
from tests.fakes.store import MemoryStore
from tests.fakes.world import TENANT, World
from tests.unit.usecases.mail.mailing import settle_sender

LONE = TenantId("lone")
"""A tenant that never connected a Sugar."""

REP = SugarId("u0")
GONE = ("Zed", "Zyx", "Lou", "Pending")
"""Who is erased since, by names that stand in nobody else's rows."""

KEPT = ("Ann", "Ben", "Cleo", "Dora")


class Company:
    """What is there at the moment; `since` is what happens after it."""

    def __init__(self, prefix: str) -> None:
        client = dynamodb_client(region_name="eu-central-1")
        self.tables = servers.create_tables(client, prefix)
        self.store = DynamoStore(self.tables, client)
        self.world = World(store=cast("MemoryStore", self.store))
        self.app = self.world.app
        for tenant in (TENANT, LONE):
            self.store.create_tenant(Tenant(tenant, tenant.title(), self.world.clock.now()))
        self._connected()
        for name in ("Zed", "Pending", *KEPT):
            self.person(TENANT, name)
        for name in ("Lou", "Lia"):
            self.person(LONE, name)
        self.keys = {name: self._key(name) for name in ("leaked", "good")}
        self.session("signed-out")
        self._link("used")
        self.site = add_site(self.app, TENANT, "Shop", ["shop.test"], "Ann")
        settle_sender(self.world)
        for name in ("Ann", "Ben"):
            self.mail(name)
        self.world.drain()
        self.mail("Cleo", wait=timedelta(days=1))

    def _connected(self) -> None:
        world = self.world
        world.sugar.put(Module.USERS, "u0", user_name="anna", status="Active", is_admin=True)
        world.sugar.put(Module.USERS, "u1", user_name="ben", status="Active")
        world.sugar.put(Module.LEADS, "l1", last_name="Zyx", email1="zyx@x.test")
        world.sugar.put(Module.LEADS, "l2", last_name="Other", email1="other@x.test")
        world.connect()
        world.change(read_only=False)
        world.sync(RunKind.INITIAL)
        change_alerts(self.app, TENANT, REP, on=["visit"], threshold=9, hour=8, zone="UTC")
        self.first_key = new_signing_key(self.app, TENANT, "https://f.test").kid

    def since(self) -> None:
        """What people ask for after the moment, and what a bad day does."""
        world, app = self.world, self.app
        world.clock.advance(3_600)
        self.person(TENANT, "New")
        unsubscribe(app, TENANT, self.who("New"), "new@x.test", Said("Ann"))
        unsubscribe(app, TENANT, self.who("Ann"), "ann@x.test", Said("Ann", "by phone"))
        unsubscribe(app, LONE, self.who("Lia", LONE), "lia@x.test", Said("Ann"))
        set_mark(
            app, living_one(self, "Ben"), "ben@x.test", Mark.INVALID, True, Said("a bounced mail")
        )
        self.mail("Dora", key="since")
        world.drain()
        take_word(app, TENANT, Word(mail_of("Dora", "since"), world.clock.now(), True))
        for name, tenant in (("Zed", TENANT), ("Lou", LONE)):
            self.erase(name, tenant)
        job = new_erasure(app, TENANT, self.lead(), "zyx@x.test", "Ann")
        ask_for(app, job)
        world.drain()
        revoke_key(app, TENANT, self.keys["leaked"], "Ann")
        self.keys["since"] = self._key("since")
        self.store.end_session("signed-out")
        self.session("signed-in")
        self.store.use_link("used", world.clock.now())
        self._secrets()
        world.sugar.put(Module.USERS, "u0", is_admin=False)
        world.sugar.put(Module.USERS, "u1", status="Inactive")
        world.clock.advance(3_600)
        world.sync()
        world.change(read_only=True, pause=Pause(PauseReason.ADMIN, world.clock.now(), "Ann"))
        change_alerts(app, TENANT, REP, on=[], threshold=9, hour=8, zone="UTC")
        change_site(app, TENANT, self.site.key, SiteChanges(active=False))
        self.world.drain()
        # Asked for when all is stopped, and not begun.
        self.erase("Pending", TENANT, drain=False)
        self.person(TENANT, "Oops")

    def _secrets(self) -> None:
        self.second_key = new_signing_key(self.app, TENANT, "https://f.test").kid
        new = Credentials("api", self.world.sugar.password, "https://crm.example.test")
        use_new_password(self.app, TENANT, self.world.secrets.put(TENANT, "sugar-2", new))

    def erase(self, name: str, tenant: TenantId, *, drain: bool = True) -> None:
        """As an admin asks for it."""
        email = f"{name.lower()}@x.test"
        ask_for(self.app, new_erasure(self.app, tenant, self.who(name, tenant), email, "Ann"))
        if drain:
            self.world.drain()

    def person(self, tenant: TenantId, name: str) -> None:
        """Somebody made here."""
        new = NewPerson({"last_name": name}, f"{name.lower()}@x.test", "Ann")
        create_person(self.app, tenant, new, name)

    def who(self, name: str, tenant: TenantId = TENANT) -> PersonId:
        """Whose address is of this name."""
        found = holder_of(self.app, tenant, f"{name.lower()}@x.test")
        assert found is not None, name
        return found.person_id

    def lead(self) -> PersonId:
        """Who came from Sugar."""
        return self.who("Zyx")

    def mail(self, name: str, key: str = "", wait: timedelta = timedelta(0)) -> None:
        """Ask for a mail."""
        draft = MailDraft(
            f"{key}{name}",
            self.who(name),
            f"{name.lower()}@x.test",
            "News",
            "<p>News</p>",
            not_before=self.world.clock.now() + wait,
        )
        request_mail(self.app, TENANT, draft)

    def send(self) -> None:
        """Have what is due sent."""
        self.world.queue.send(SendMails(TENANT))
        self.world.drain()

    def session(self, token_hash: str) -> None:
        """Somebody is signed in."""
        now = self.world.clock.now()
        ends = now + timedelta(hours=12)
        self.store.put_session(Session(TENANT, token_hash, Role.ADMIN, "Ann", now, ends))

    def _link(self, token_hash: str) -> None:
        ends = self.world.clock.now() + timedelta(days=1)
        self.store.put_link(SignInLink(TENANT, token_hash, Role.ADMIN, "Ann", ends))

    def _key(self, name: str) -> str:
        return make_key(self.app, TENANT, KeyWish(name, ("people:read",)), "Ann").key.key_id

    def text(self, client: Any) -> str:
        """All that its tables hold, but for queues and jobs."""
        found = []
        for name in vars_of(self.tables):
            for page in client.get_paginator("scan").paginate(TableName=name):
                found += [repr(one) for one in page["Items"] if "#job#" not in one["pk"]["S"]]
        return "\n".join(found)


def living_one(company: Company, name: str) -> Any:
    """A person as it stands."""
    return living(company.app, TENANT, company.who(name))


def mail_of(name: str, key: str = "") -> MailId:
    """The mail that was asked for so."""
    return mail_id_of(TENANT, f"{key}{name}")


def vars_of(tables: Any) -> list[str]:
    """The names of the tables."""
    return [getattr(tables, one) for one in type(tables).__dataclass_fields__]


__all__ = ["GONE", "KEPT", "LONE", "Company", "Form", "Site"]
