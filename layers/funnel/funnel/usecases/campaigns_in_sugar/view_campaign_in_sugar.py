"""A campaign in Sugar as people see it: how it stands there, and what a look at its steps found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from funnel.domain.campaigns.campaign_looks import CAMPAIGN_LOOK, WouldBe
from funnel.domain.campaigns.campaigns import (
    Campaign,
    CampaignId,
    CampaignState,
    ChangeOwner,
    ScheduleTask,
    StepId,
    SyncWithSugar,
)
from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar, made_anew
from funnel.domain.connecting.connections import Connection
from funnel.domain.connecting.sugar_links import list_url
from funnel.domain.errors import NotFound
from funnel.domain.ids import JobId, RecordKey, SugarId, TenantId
from funnel.domain.sync.runs import Job, JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.campaigns_in_sugar.change_in_sugar import campaign_in_sugar
from funnel.usecases.campaigns_in_sugar.look_at_campaign import look_page
from funnel.usecases.connecting.connect import job_of
from funnel.usecases.jobs.view_export import LINK_SECONDS, ExportedFile
from funnel.usecases.view_common import Sugar

MOST_WAITING = 100
"""People who wait to be put on the list, or taken off it, that are counted."""

IN_SUGAR_ACTIONS = (SyncWithSugar, ChangeOwner, ScheduleTask)


class CampaignSyncState(StrEnum):
    """How a campaign stands towards Sugar; each waits for what comes before it."""

    OFF = "off"
    """It is not to be synced."""
    NO_SUGAR = "no sugar"
    IMPOSSIBLE = "impossible"
    """This way into Sugar cannot put Leads and Contacts on Target Lists."""
    NOT_STARTED = "not started"
    PAUSED = "paused"
    READ_ONLY = "read only"
    HINDERED = "hindered"
    """Something stands in the way: `code`, `field` and `value` say what."""
    WAITS = "waits"
    """It is made within a minute or two."""
    IN_STEP = "in step"


@dataclass(frozen=True, slots=True)
class CampaignInSugarView:
    """How it stands. `members` are the people of the campaign on the Target List, `waiting` those of
    whom something is to be done there, 100 at most. `can_make_anew` where it was deleted in Sugar.
    `steps` are those that do something in Sugar.
    """

    state: CampaignSyncState
    campaign_url: str
    list_url: str
    members: int
    waiting: int
    compared_at: datetime | None
    code: str
    field: str
    value: str
    can_make_anew: bool
    steps: tuple[StepId, ...]


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One person of a look; `url` leads to the Lead or Contact that is there."""

    person_id: str
    name: str
    email: str
    would: WouldBe
    why: str
    module: str
    url: str
    fields: Mapping[str, object]
    before: Mapping[str, object]
    account: str
    task: bool
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class CampaignLookView:
    """A look as it stands: of `of` people `looked` were looked at. Nothing was written.

    `page` of `pages` has the people; all of them are in the files too, whose addresses are good for
    ten minutes.
    """

    job_id: str
    step: StepId
    at: StepId
    status: JobStatus
    requested_by: str
    created_at: datetime
    looked: int
    of: int
    counts: Mapping[WouldBe, int]
    tasks: int
    page: int
    pages: int
    people: tuple[LookedAt, ...]
    files: tuple[ExportedFile, ...]
    note: Note | None


def campaign_in_sugar_view(app: App, campaign: Campaign) -> CampaignInSugarView:
    """How the campaign stands in Sugar now."""
    tenant = campaign.tenant
    connection = app.sync.connection(tenant)
    one = campaign_in_sugar(app, tenant, campaign.campaign_id)
    state = _state(campaign, connection, one)
    mine = one is not None and connection is not None
    there = one if mine and one and one.connection_id == _id(connection) else None
    obstacle = there.obstacle if there and state is CampaignSyncState.HINDERED else None
    waiting = app.campaigns_in_sugar.members_due(tenant, campaign.campaign_id, MOST_WAITING)
    return CampaignInSugarView(
        state=state,
        campaign_url=_campaign_url(app, there),
        list_url=_list_url(connection, there),
        members=there.members if there else 0,
        waiting=len(waiting.items) if there and there.active else 0,
        compared_at=there.compared_at if there else None,
        code=obstacle.code if obstacle else "",
        field=obstacle.field if obstacle else "",
        value=obstacle.value if obstacle else "",
        can_make_anew=there is not None and made_anew(there) != there,
        steps=tuple(
            step_id
            for step_id, step in campaign.steps.items()
            if isinstance(step.action, IN_SUGAR_ACTIONS)
        ),
    )


def campaign_look_view(
    app: App, tenant: TenantId, campaign_id: CampaignId, job_id: JobId, page: int = 0
) -> CampaignLookView:
    """A page of a look. Raises `NotFound`, also once it is forgotten."""
    job = job_of(app, tenant, job_id)
    if job.kind != CAMPAIGN_LOOK or job.arguments["campaign_id"] != campaign_id:
        raise NotFound("There is no such look, or it is too old.")
    result = job.result
    pages = _number(result, "pages")
    page = max(0, min(page, pages - 1))
    counts, files = result.get("counts"), result.get("files")
    sugar = Sugar(app, tenant)
    return CampaignLookView(
        job_id=job.job_id,
        step=StepId(str(job.arguments["step"])),
        at=StepId(str(job.arguments["at"])),
        status=job.status,
        requested_by=job.requested_by,
        created_at=job.created_at,
        looked=_number(result, "looked"),
        of=max(_number(result, "of"), _number(result, "looked")),
        counts={
            one: int(str(counts.get(one.value, 0))) if isinstance(counts, Mapping) else 0
            for one in WouldBe
        },
        tasks=_number(result, "tasks"),
        page=page,
        pages=pages,
        people=_people(app, job, page, sugar) if pages else (),
        files=_files(app, job, files if isinstance(files, list) else []),
        note=job.note,
    )


def _state(
    campaign: Campaign, connection: Connection | None, one: CampaignInSugar | None
) -> CampaignSyncState:
    if not campaign.sugar.active:
        return CampaignSyncState.OFF
    if connection is None:
        return CampaignSyncState.NO_SUGAR
    if not connection.endpoint.dialect.fills_target_lists:
        return CampaignSyncState.IMPOSSIBLE
    if campaign.state is CampaignState.DRAFT:
        return CampaignSyncState.NOT_STARTED
    if connection.pause is not None:
        return CampaignSyncState.PAUSED
    if connection.read_only:
        return CampaignSyncState.READ_ONLY
    if one is None or one.connection_id != connection.connection_id or not one.active:
        return CampaignSyncState.WAITS
    if one.obstacle is not None:
        return CampaignSyncState.HINDERED
    return CampaignSyncState.IN_STEP if one.is_there else CampaignSyncState.WAITS


def _id(connection: Connection | None) -> str:
    return connection.connection_id if connection else ""


def _campaign_url(app: App, one: CampaignInSugar | None) -> str:
    if one is None or not one.told:
        return ""
    return Sugar(app, one.tenant).url(one.record)


def _list_url(connection: Connection | None, one: CampaignInSugar | None) -> str:
    if connection is None or one is None or not one.list_told:
        return ""
    return list_url(connection.endpoint, one.list_id)


def _people(app: App, job: Job, page: int, sugar: Sugar) -> tuple[LookedAt, ...]:
    return tuple(_looked_at(one, sugar) for one in look_page(app, job, page))


def _looked_at(one: Mapping[str, object], sugar: Sugar) -> LookedAt:
    def text(name: str) -> str:
        return str(one.get(name) or "")

    fields, before = one.get("fields"), one.get("before")
    sugar_id = SugarId(text("sugar_id"))
    key = RecordKey.parse(f"{text('module')}/{sugar_id}") if sugar_id else None
    return LookedAt(
        person_id=text("person_id"),
        name=text("name"),
        email=text("email"),
        would=WouldBe(text("would")),
        why=text("why"),
        module=text("module"),
        url=sugar.url(key) if key else "",
        fields=fields if isinstance(fields, Mapping) else {},
        before=before if isinstance(before, Mapping) else {},
        account=text("account"),
        task=bool(one.get("task")),
        field=text("field"),
        value=text("value"),
    )


def _files(app: App, job: Job, found: list[Mapping[str, object]]) -> tuple[ExportedFile, ...]:
    return tuple(
        ExportedFile(
            app.files.link(
                job.tenant, str(one["name"]), f"campaign-look-{number}.csv", LINK_SECONDS
            ),
            int(str(one["rows"])),
        )
        for number, one in enumerate(found, 1)
    )


def _number(result: Mapping[str, object], name: str) -> int:
    return int(str(result.get(name, 0)))
