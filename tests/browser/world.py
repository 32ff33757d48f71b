"""Four companies to look at, made through the domain's own types.

`full` is in step and has errors, `running` is in its first sync, `refused` has an old password,
`empty` has not begun.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache

from funnel.domain.connecting.connections import Connection, Pause, PauseReason, QuietHours
from funnel.domain.crm import Condition, Dialect, Endpoint, FieldDef, Operator
from funnel.domain.ids import PULLED_MODULES, ConnectionId, JobId, Module, RunId, TenantId
from funnel.domain.mapping.fields import CustomField, FieldList, FieldType, Subject
from funnel.domain.mapping.mapping import STANDARD_MAPPINGS
from funnel.domain.signing_in.tenants import Role, Tenant
from funnel.domain.sync.runs import (
    Job,
    JobStatus,
    ModuleRun,
    ModuleStatus,
    Note,
    Run,
    RunKind,
    RunStatus,
)
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import change_connection, connection_of
from funnel.usecases.mapping.mapping_jobs import FIELD_LIST, MAPPING_PREVIEW
from funnel.usecases.signing_in.sign_in import create_link, use_link
from funnel.usecases.work.handle_message import handle_message
from tests.browser.api_keys import fill_api_keys
from tests.browser.broadcasts import fill_broadcasts
from tests.browser.campaigns import fill_campaign_look, fill_campaigns
from tests.browser.changes import fill_changes
from tests.browser.companies import fill_companies
from tests.browser.emails import fill_emails
from tests.browser.forms import fill_forms
from tests.browser.lists import fill_lists
from tests.browser.mails import fill_mail
from tests.browser.people_jobs import fill_people_jobs
from tests.browser.previews import fill_previews
from tests.browser.pushes import fill_pushes
from tests.browser.records import fill
from tests.browser.score_push import fill_scores
from tests.browser.scoring import fill_scoring
from tests.browser.segments import fill_segments
from tests.browser.target_lists import fill_target_lists
from tests.browser.tracking import fill_activities, fill_tracking
from tests.fakes.files import MemoryFiles
from tests.fakes.mailer import MemoryMailer, PlainCleaner
from tests.fakes.snapshot import copier
from tests.fakes.store import MemoryStore
from tests.fakes.system import FakeClock, FakeIds, MemoryQueue, MemorySecrets

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
FULL, RUNNING, REFUSED, EMPTY = (TenantId(n) for n in ("full", "running", "refused", "empty"))

SUITE = Endpoint(
    url="https://crm.nordwind.example/service/v4_1/soap.php",
    site_url="https://crm.nordwind.example",
    dialect=Dialect.V4_1,
    version="6.5.25",
    edition="CE",
    product="SuiteCRM",
    warnings=(
        "The connection to this Sugar is not encrypted: passwords and records can be read on the way.",
    ),
    own_version="7.14.6",
)
SUGAR_5 = Endpoint(
    url="http://sugar.lindqvist.example/soap.php",
    site_url="http://sugar.lindqvist.example",
    dialect=Dialect.SOAP_5,
    version="5.2.0k",
    edition="PRO",
    product="SugarCRM",
    warnings=("The address is plain http: the password travels unprotected.",),
    cannot=("Leads and Contacts cannot be added to Target Lists through this endpoint.",),
)


@dataclass
class World:
    """The app over fakes, and what tests turn."""

    app: App
    store: MemoryStore
    clock: FakeClock
    queue: MemoryQueue
    secrets: MemorySecrets
    files: MemoryFiles

    def token(self, tenant: TenantId, role: Role = Role.ADMIN) -> str:
        """A session's token, got by a one-use link."""
        name = "Ada Brandt" if role is Role.ADMIN else "Mo Sandberg"
        return use_link(self.app, create_link(self.app, tenant, role, name)).token

    def save_run(self, tenant: TenantId, **changes: object) -> Run:
        """Change the open run as a worker would."""
        run = self.store.open_run(tenant)
        assert run is not None
        return self.store.save_run(replace(run, **changes))  # type: ignore[arg-type]

    def deliver(self) -> None:
        """Do whatever waits, as workers would."""
        for _ in range(400):
            message = self.queue.pop_next()
            if message is None:
                return
            handle_message(self.app, message, "w", lambda: 60.0)

    def finish_job(self, job_id: str, tenant: TenantId, **changes: object) -> None:
        """Change a job as a worker would."""
        job = self.store.job(tenant, JobId(job_id))
        assert job is not None
        self.store.save_job(replace(job, finished_at=self.clock.now(), **changes))  # type: ignore[arg-type]


def make_world() -> World:
    """All four companies, apart from those of any other test."""
    return _copier()()


@cache
def _copier() -> Callable[[], World]:
    return copier(_made())


def _made() -> World:
    store, clock, secrets = MemoryStore(), FakeClock(NOW), MemorySecrets()
    queue, files = MemoryQueue(clock), MemoryFiles()
    app = App.over(
        store,
        secrets=secrets,
        files=files,
        queue=queue,
        clock=clock,
        ids=FakeIds(),
        mailer=MemoryMailer(),
        cleaner=PlainCleaner(),
    )
    world = World(app, store, clock, queue, secrets, files)
    for tenant, name in (
        (FULL, "Nordwind Logistik"),
        (RUNNING, "Nordwind Logistik"),
        (REFUSED, "Lindqvist & Söner"),
        (EMPTY, "Ótta ehf."),
    ):
        store.create_tenant(Tenant(tenant, name, NOW - timedelta(days=40)))
    _full(world)
    _running(world)
    _refused(world)
    fill_tracking(world.store, FULL, NOW)
    fill_scores(world.store, connection_of(app, FULL), NOW)
    fill_pushes(world.store, FULL, NOW)
    fill_scoring(app, (FULL, RUNNING, REFUSED), NOW)
    fill_activities(world.app, FULL, NOW)
    fill_segments(world.store, FULL, RUNNING, NOW)
    fill_companies(world.app, FULL, NOW)
    fill_people_jobs(store, files, FULL, NOW)
    fill_changes(world.store, world.store.connections, NOW)
    fill_mail(store, FULL, NOW)
    fill_emails(store, FULL, NOW)
    fill_broadcasts(store, FULL, NOW)
    fill_forms(store, FULL, NOW)
    fill_campaigns(store, FULL, NOW)
    fill_campaign_look(store, files, FULL, NOW)
    fill_previews(world.store, world.store.connections, NOW)
    fill_api_keys(world.store, FULL, NOW)
    return world


def preflight_result(*, ok: bool = True) -> dict[str, object]:
    """What a pre-flight finds, in the form of a job's result."""
    no = "no" if not ok else "yes"
    rights = [
        {"module": "Accounts", "read": "yes", "write": "yes", "note": ""},
        {"module": "Campaigns", "read": "yes", "write": "yes", "note": ""},
        {"module": "Contacts", "read": "yes", "write": "yes", "note": ""},
        {"module": "Leads", "read": "yes", "write": no, "note": ""},
        {"module": "ProspectLists", "read": "yes", "write": "yes", "note": ""},
        {
            "module": "Tasks",
            "read": "yes",
            "write": "unknown",
            "note": "Known once one is written.",
        },
        {"module": "Users", "read": "yes", "write": "unknown", "note": "Only read is needed."},
        {"module": "Opportunities", "read": no, "write": "unknown", "note": "Only read is needed."},
    ]
    missing = ["The user may not read Opportunities."]
    return {
        "endpoint": {
            "url": SUITE.url,
            "site_url": SUITE.site_url,
            "dialect": "v4_1",
            "version": SUITE.version,
            "edition": SUITE.edition,
            "product": SUITE.product,
            "warnings": list(SUITE.warnings),
            "cannot": [],
        },
        "signed_in": {"user_id": "seed_admin", "is_admin": ok},
        "rights": rights,
        "without_score": [] if ok else ["Leads", "Contacts"],
        "counts": {
            "Users": 12,
            "Accounts": 812,
            "Leads": 3204,
            "Contacts": 1876,
            "Opportunities": 402,
        },
        "clock_skew": 38,
        "missing": [] if ok else missing,
        "ok": ok,
    }


def connection(tenant: TenantId, endpoint: Endpoint = SUITE) -> Connection:
    """A connection that is in step."""
    until = NOW - timedelta(minutes=17)
    return Connection(
        tenant=tenant,
        connection_id=ConnectionId("3f2a9c51-0c6d-4a54-8d9e-6a2f0f7a1b22"),
        endpoint=endpoint,
        user_name="funnel",
        secret_ref=f"secret/{tenant}",
        credential_version=1,
        created_at=NOW - timedelta(days=31),
        quiet_hours=QuietHours(time(22), time(5, 30)),
        conditions={
            Module.LEADS: (
                Condition("lead_source", Operator.IS_NOT, ("Partner", "Employee")),
                Condition("status", Operator.IS_NOT, ("Dead",)),
            )
        },
        synced_until={m: until - timedelta(seconds=40 * i) for i, m in enumerate(PULLED_MODULES)},
        synced_at=dict.fromkeys(PULLED_MODULES, until),
    )


SUGAR_TYPES = {"status": "enum", "lead_source": "enum", "phone_work": "phone", "website": "url"}
LEAD_FIELDS = FieldList(
    Module.LEADS,
    (
        *(
            FieldDef(one.sugar_field, SUGAR_TYPES.get(one.sugar_field, "varchar"), label)
            for one in STANDARD_MAPPINGS[Module.LEADS]
            if (label := one.sugar_field.replace("_", " ").capitalize())
        ),
        FieldDef("region_c", "enum", "Region", options={"n": "North", "s": "South"}),
        FieldDef("annual_budget_c", "currency", "Annual budget"),
        FieldDef("newsletter_c", "bool", "Newsletter"),
    ),
    NOW - timedelta(hours=2),
)


def _mapping(world: World) -> None:
    """Fields of one's own, and a preview of a mapping into one."""
    region = CustomField("custom_region", "Region", FieldType.CHOICE, Subject.PERSON)
    turnover = CustomField("custom_turnover", "Turnover", FieldType.MONEY, Subject.PERSON)
    change_connection(world.app, FULL, lambda c: replace(c, custom_fields=(region, turnover)))
    world.store.save_field_list(FULL, LEAD_FIELDS)
    wanted = [
        {"sugar_field": s, "field": f, "rule": r, "flow": "both"}
        for s, f, r in (
            ("phone_work", "phone_work", "newest wins"),
            ("region_c", "custom_region", "Sugar wins"),
            ("old_c", "title", "Sugar unless blank"),
        )
    ]
    names = ("Anneliese Bergmann", "Jonas Weiß", "Zoë Dubois")
    result = {
        "module": "Leads",
        "records": [
            {
                "sugar_id": f"l{n}",
                "name": name,
                "changes": [{"field": "custom_region", "before": None, "after": "n"}][n % 3 :],
            }
            for n, name in enumerate(names)
        ],
        "fields": [
            {"sugar_field": "phone_work", "field": "phone_work", "filled": 3, "example": "+49 1"},
            {"sugar_field": "region_c", "field": "custom_region", "filled": 1, "example": "n"},
            {"sugar_field": "old_c", "field": "title", "filled": 0, "example": None},
        ],
        "missing": ["old_c"],
        "unreadable": [],
    }
    for name, kind, status, told in (
        ("preview", MAPPING_PREVIEW, JobStatus.DONE, result),
        ("reading", FIELD_LIST, JobStatus.RUNNING, {}),
    ):
        arguments = {"module": "Leads", "mappings": wanted}
        world.store.save_job(Job(FULL, name, kind, "Ada Brandt", NOW, arguments, status, told))


def _full(world: World) -> None:
    world.store.save_connection(connection(FULL))
    _mapping(world)
    fill(world.store, FULL, NOW)
    fill_target_lists(world.store, FULL, NOW)
    fill_lists(world.store, FULL, NOW)
    for index, (kind, status, rows, changed, held, minutes) in enumerate(
        (
            (RunKind.HOURLY, RunStatus.DONE, 14, 9, 0, 17),
            (RunKind.MANUAL, RunStatus.DONE, 3, 3, 1, 51),
            (RunKind.HOURLY, RunStatus.FAILED, 0, 0, 0, 77),
            (RunKind.HOURLY, RunStatus.DONE, 31, 22, 0, 137),
            (RunKind.FULL, RunStatus.CANCELLED, 2140, 0, 0, 60 * 26),
            (RunKind.INITIAL, RunStatus.DONE, 6306, 6306, 11, 60 * 24 * 31),
        )
    ):
        began = NOW - timedelta(minutes=minutes)
        note = None
        if status is RunStatus.FAILED:
            note = Note("SugarUnavailable", "“crm.nordwind.example” did not answer in time.")
        seconds = 4 + rows / 90
        part = ModuleRun(
            Module.LEADS, ModuleStatus.DONE, rows=rows, expected=rows, changed=changed, held=held,
            requests=5 + rows // 400, deleted=rows // 12,
        )  # fmt: skip
        run = Run(
            FULL,
            ConnectionId("c"),
            RunId(f"run-{index}"),
            kind,
            "Ada Brandt" if kind in (RunKind.MANUAL, RunKind.FULL) else "",
            began,
            (part,),
            status=status,
            finished_at=began + timedelta(seconds=seconds),
            note=note,
        )
        world.store.create_run(replace(run, status=RunStatus.RUNNING), [])
        world.store.save_run(replace(run, version=1))


def _running(world: World) -> None:
    fresh = replace(connection(RUNNING), synced_until={}, synced_at={}, conditions={})
    world.store.save_connection(fresh)
    parts = (
        ModuleRun(Module.USERS, ModuleStatus.DONE, expected=12, rows=12, changed=12, requests=2),
        ModuleRun(Module.ACCOUNTS, ModuleStatus.DONE, expected=812, rows=812, changed=801, held=11),
        ModuleRun(Module.LEADS, ModuleStatus.READING, expected=3204, rows=1400, changed=1400),
        ModuleRun(Module.CONTACTS, ModuleStatus.WAITING, expected=1876),
        ModuleRun(Module.OPPORTUNITIES, ModuleStatus.WAITING, expected=402),
    )
    started = NOW - timedelta(seconds=24)
    run = Run(
        RUNNING, ConnectionId("c"), RunId("first"), RunKind.INITIAL, "Ada Brandt", started, parts
    )
    world.store.create_run(run, [])
    for name, status, result in (
        ("test-passed", JobStatus.DONE, preflight_result()),
        ("test-missing", JobStatus.DONE, preflight_result(ok=False)),
        ("test-running", JobStatus.RUNNING, {}),
        ("test-failed", JobStatus.FAILED, {}),
    ):
        note = Note(
            "SignInRefused",
            "Sugar refused this user name or password.",
            "Sign in to Sugar with both in a browser; if that works, type them again here.",
        )
        arguments = {"url": "crm.nordwind.example", "user_name": "funnel", "secret_ref": name}
        failed = status is JobStatus.FAILED
        for tenant in (RUNNING, EMPTY):
            job = Job(
                tenant, name, "preflight", "Ada Brandt", NOW, arguments, status, result,
                note if failed else None,
            )  # fmt: skip
            world.store.save_job(job)


def _refused(world: World) -> None:
    old = connection(REFUSED, SUGAR_5)
    since = NOW - timedelta(hours=3)
    pause = Pause(PauseReason.SIGN_IN_REFUSED, since)
    world.store.save_connection(replace(old, pause=pause, user_name="anna.lindqvist"))
