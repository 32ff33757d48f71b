"""Look first (C10): what a step would do in Sugar for the people who are in its campaign now."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from funnel.domain.campaigns.campaign_looks import CAMPAIGN_LOOK, PAGE, LookLine, WouldBe, look_line
from funnel.domain.campaigns.campaigns import (
    Campaign,
    CampaignId,
    ChangeOwner,
    ScheduleTask,
    StepId,
    SyncWithSugar,
)
from funnel.domain.campaigns.enrolments import PARTS, UNDER_WAY, Enrolment, EnrolmentState
from funnel.domain.connecting.connections import Connection
from funnel.domain.csv_files import write_csv
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import JobId, Module, PersonId, SugarId, TenantId, WrittenModule
from funnel.domain.pushing.push_ids import intent_id, person_record_id
from funnel.domain.pushing.pushes import GENERATIONS, PushIntent, Wish
from funnel.domain.pushing.related import related_record_id
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import Job, JobStatus
from funnel.ports.crm import Crm
from funnel.ports.listing import Listing
from funnel.ports.sync_messages import DoJob
from funnel.usecases.app import App
from funnel.usecases.campaigns.keep_campaigns import campaign_of
from funnel.usecases.connecting.connection import connection_of, refuse_if_paused, sugar
from funnel.usecases.jobs.request_job import request_job
from funnel.usecases.living import living
from funnel.usecases.pushing.look_ahead import LookAhead
from funnel.usecases.pushing.plan_push import Planner
from funnel.usecases.pushing.sync_plan import owner_wish_of, task_wish_of, wish_of

SugarAction = SyncWithSugar | ChangeOwner | ScheduleTask

COLUMNS = (
    "name", "email", "would", "object", "id", "why", "field", "before", "after", "account", "task",
)  # fmt: skip
PAGES_A_FILE = 50
_PEOPLE = (Module.CONTACTS, Module.LEADS)


def request_campaign_look(
    app: App, tenant: TenantId, campaign_id: CampaignId, step: StepId, at: StepId, by: str
) -> Job:
    """Have it worked out what this step would do for all who are in the campaign, or stand `at` a step.

    The campaign is taken as it is saved. Raises `NotFound`, `ConnectionPaused`, and `InputInvalid` for
    a step that does nothing in Sugar.
    """
    campaign = campaign_of(app, tenant, campaign_id)
    refuse_if_paused(connection_of(app, tenant))
    _action(campaign, step)
    if at and at not in campaign.steps:
        raise InputInvalid("There is no such step.", field="at")
    arguments = {"campaign_id": campaign_id, "step": step, "at": at}
    return request_job(app, tenant, CAMPAIGN_LOOK, by, arguments)


def look_at_campaign(app: App, job: Job, seconds_left: Callable[[], float]) -> Job:
    """Go on with it page by page; queued again, out of time. Nothing is written to Sugar.

    Each page is a file of its own, so that a page that is looked at again takes the place of itself,
    and no more of them than one is in memory.
    """
    connection = connection_of(app, job.tenant)
    with sugar(app, connection) as crm:
        work = _Look(app, crm, connection, job)
        while True:
            job = app.sync.save_job(work.page(job))
            if job.result["ended"]:
                return job
            if seconds_left() <= 0:
                app.queue.send(DoJob(job.tenant, JobId(job.job_id)))
                return job


def look_page(app: App, job: Job, number: int) -> list[Mapping[str, object]]:
    """One page of it, from 0 on. Raises `NotFound`."""
    if not 0 <= number < _number(job, "pages"):
        raise NotFound("There is no such page.")
    told = json.loads(app.files.get(job.tenant, _page_name(job, number)))
    assert isinstance(told, list)
    return told


class _Look:
    """One worker's work on one look."""

    def __init__(self, app: App, crm: Crm, connection: Connection, job: Job) -> None:
        self._app = app
        self._connection = connection
        told = {name: str(value) for name, value in job.arguments.items()}
        self._campaign = campaign_of(app, job.tenant, CampaignId(told["campaign_id"]))
        self._action = _action(self._campaign, StepId(told["step"]))
        self._at = StepId(told["at"])
        self._ahead = LookAhead(crm)
        self._planner = Planner(app, self._ahead, connection)
        fields = self._planner.read_fields
        self._fields = {module: fields(module) for module in _PEOPLE}

    def page(self, job: Job) -> Job:
        """The job with one page more, or one file more once all are there."""
        result = dict(job.result) or {
            "pages": 0, "looked": 0, "cursor": "", "read": False, "counts": {}, "tasks": 0,
            "files": [], "ended": False, "of": self._expected(),
        }  # fmt: skip
        after = replace(job, result=result, started_at=job.started_at or self._app.clock.now())
        if result["read"]:
            return self._file(after)
        listing = self._people(str(result["cursor"]))
        lines = [self._line(one, job) for one in self._fetched(listing.items, job)]
        if lines:
            name = _page_name(job, _number(after, "pages"))
            data = json.dumps([_plain(one) for one in lines]).encode()
            self._app.files.put(job.tenant, name, data, "application/json")
            result["pages"] = _number(after, "pages") + 1
        counts = Counter(result["counts"] if isinstance(result["counts"], Mapping) else {})
        counts.update(one.would.value for one in lines)
        result["counts"] = dict(counts)
        result["tasks"] = _number(after, "tasks") + sum(one.task for one in lines)
        result["looked"] = _number(after, "looked") + len(lines)
        result["cursor"], result["read"] = listing.cursor, not listing.cursor
        return replace(after, result=result)

    def _file(self, job: Job) -> Job:
        """A CSV file of some pages; in the end the job is done."""
        result = dict(job.result)
        files = list(result["files"]) if isinstance(result["files"], list) else []
        first = len(files) * PAGES_A_FILE
        numbers = range(first, min(first + PAGES_A_FILE, _number(job, "pages")))
        rows: list[Sequence[str]] = []
        for number in numbers:
            rows += [row for one in look_page(self._app, job, number) for row in _rows(one)]
        if rows or not files:
            name = f"campaign-looks/{job.job_id}-{len(files) + 1}.csv"
            data = write_csv([COLUMNS, *rows]).encode()
            self._app.files.put(job.tenant, name, data, "text/csv; charset=utf-8")
            files.append({"name": name, "rows": len(rows)})
        result["files"] = files
        result["ended"] = len(files) * PAGES_A_FILE >= _number(job, "pages")
        if not result["ended"]:
            return replace(job, result=result)
        now = self._app.clock.now()
        return replace(job, result=result, status=JobStatus.DONE, finished_at=now)

    def _expected(self) -> int:
        numbers = self._app.campaigns.step_numbers(
            self._campaign.tenant, self._campaign.campaign_id
        )
        if self._at:
            return numbers[self._at].walking if self._at in numbers else 0
        return sum(one.walking + one.stuck + one.stopped for one in numbers.values())

    def _people(self, cursor: str) -> Listing[Enrolment]:
        """Some who are under way, and where it goes on; of all parts, or at one step."""
        own = (self._campaign.tenant, self._campaign.campaign_id)
        if self._at:
            walking = EnrolmentState.WALKING
            return self._app.campaigns.enrolments_at(*own, self._at, walking, PAGE, cursor)
        part, _, place = cursor.partition(":")
        number, items = int(part or 0), list[Enrolment]()
        while number < PARTS and len(items) < PAGE:
            page = self._app.campaigns.list_enrolments(*own, number, PAGE - len(items), place)
            items += [one for one in page.items if one.state in UNDER_WAY]
            place = page.cursor
            number += not place
        return Listing(items, f"{number}:{place}" if number < PARTS else "")

    def _fetched(self, walks: Sequence[Enrolment], job: Job) -> list[Person]:
        """Who they are now, with what Sugar knows of them asked at once."""
        tenant = self._campaign.tenant
        ids = list(dict.fromkeys(one.person_id for one in walks if one.person_id))
        found = self._app.records.people(tenant, ids) if ids else {}
        people: dict[PersonId, Person] = {}
        for person_id in ids:
            one = found.get(person_id)
            person = living(self._app, tenant, person_id) if one and one.merged_into else one
            if person is not None and not person.erased:
                people[person.person_id] = person
        self._ahead.fetch(people.values(), self._fields, self._made(people, job))
        return list(people.values())

    def _made(
        self, people: Mapping[PersonId, Person], job: Job
    ) -> dict[WrittenModule, list[SugarId]]:
        """The ids that what is made would be given."""
        connection_id = self._connection.connection_id
        made: dict[WrittenModule, list[SugarId]] = {}
        if isinstance(self._action, SyncWithSugar):
            module = self._action.plan.module
            made[module] = [
                person_record_id(connection_id, module, person_id, number)
                for person_id in people
                for number in range(GENERATIONS)
            ]
        tasks = WrittenModule.TASKS
        made[tasks] = [related_record_id(connection_id, tasks, _key(job, one)) for one in people]
        return made

    def _line(self, person: Person, job: Job) -> LookLine:
        now = self._app.clock.now()
        key = _key(job, person.person_id)
        intent = PushIntent(
            tenant=job.tenant,
            intent_id=intent_id(self._connection.connection_id, key),
            connection_id=self._connection.connection_id,
            person_id=person.person_id,
            key=key,
            wish=self._wish(person, now),
            asked_by=job.requested_by,
            asked_at=now,
            changed_at=now,
        )
        return look_line(person, self._planner.plan(person, intent))

    def _wish(self, person: Person, now: datetime) -> Wish:
        app, tenant, zone = self._app, self._campaign.tenant, self._campaign.timezone
        match self._action:
            case SyncWithSugar(plan):
                return wish_of(app, tenant, plan, person, now, zone, "")
            case ChangeOwner(owner):
                return owner_wish_of(app, tenant, owner, person, "")
            case ScheduleTask(task):
                return task_wish_of(app, tenant, task, now, zone, "")


def _key(job: Job, person_id: PersonId) -> str:
    return f"look {job.job_id} {person_id}"


def _action(campaign: Campaign, step: StepId) -> SugarAction:
    found = campaign.steps.get(step)
    if found is None or not isinstance(found.action, SyncWithSugar | ChangeOwner | ScheduleTask):
        raise InputInvalid("Choose a step that does something in Sugar.", field="step")
    return found.action


def _page_name(job: Job, number: int) -> str:
    return f"campaign-looks/{job.job_id}-{number}.json"


def _number(job: Job, name: str) -> int:
    return int(str(job.result.get(name, 0)))


def _plain(line: LookLine) -> dict[str, object]:
    """Without what is empty, as plain data."""
    return {name: value for name, value in asdict(line).items() if value not in ("", None, {})}


def _rows(line: Mapping[str, object]) -> list[Sequence[str]]:
    """A row for each field that would be sent, one for a person of whom nothing would be."""

    def text(name: str) -> str:
        return str(line.get(name) or "")

    start = [text(name) for name in ("name", "email", "would", "module", "sugar_id", "why")]
    end = [text("account"), "yes" if line.get("task") else ""]
    fields, before = line.get("fields"), line.get("before")
    sent = fields if isinstance(fields, Mapping) else {}
    held = before if isinstance(before, Mapping) else {}
    if not sent or line["would"] not in (WouldBe.CREATE, WouldBe.CHANGE):
        return [[*start, text("field"), "", text("value"), *end]]
    rows: list[Sequence[str]] = []
    for name, value in sent.items():
        told = ["" if one is None else str(one) for one in (held.get(name), value)]
        rows.append([*start, name, *told, *end])
    return rows
