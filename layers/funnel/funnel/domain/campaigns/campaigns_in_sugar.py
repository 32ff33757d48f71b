"""A campaign in Sugar: its Campaign and Target List there, and who we have put on the list.

Told in `docs/push.md`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from funnel.domain.campaigns.campaigns import Campaign, CampaignId, CampaignState
from funnel.domain.ids import (
    ConnectionId,
    Module,
    PersonId,
    RecordKey,
    SugarId,
    TenantId,
    WrittenModule,
    derived_id,
)
from funnel.domain.pushing.pushes import Obstacle
from funnel.domain.sync.records import Direction, Person, SyncError
from funnel.domain.sync.runs import Note
from funnel.domain.vision.alerts import local

DELETED, LIST_DELETED = "CampaignDeleted", "TargetListDeleted"
REFUSED, IMPOSSIBLE, NOT_TAKEN = "CampaignRefused", "CampaignImpossible", "CampaignNotTaken"
MEMBER_NOT_TAKEN = "CampaignMemberNotTaken"
UNEXPECTED, UNCLEAR = "CampaignUnexpected", "CampaignUnclear"
HEAD_CODES = frozenset({DELETED, LIST_DELETED, REFUSED, IMPOSSIBLE, NOT_TAKEN, UNEXPECTED, UNCLEAR})
CODES = HEAD_CODES | {MEMBER_NOT_TAKEN}

COMPARED_EVERY = timedelta(days=1)
MEMBER_MODULES = (Module.CONTACTS, Module.LEADS)
"""Whose records we put on a Target List."""

MEMBERS_AT_ONCE = 200
"""Of one module: what one request puts on a list, or takes off it."""

_STATUS: Mapping[CampaignState, str] = {
    CampaignState.DRAFT: "Planning",
    CampaignState.RUNNING: "Active",
    CampaignState.PAUSED: "Inactive",
    CampaignState.ENDED: "Complete",
}
"""Ours to the keys of Sugar's dropdown."""

_ABOUT = (
    "Run by Funnel, which keeps name, status, dates and this text as they are there, "
    "and puts the people in the campaign on its Target List."
)
_ABOUT_LIST = "The people in a campaign of Funnel, which puts them on this list and takes them off."

Texts = Mapping[str, str]
"""Fields by Sugar's names, as text."""


@dataclass(frozen=True, slots=True)
class CampaignInSugar:
    """How one campaign stands towards the Sugar of `connection_id`; there once it was to be synced.

    `told` and `list_told` are what Sugar last held of ours in its Campaign and its Target List, read
    back; empty while there is none. `linked` says that the Campaign uses the list. `made` counts how
    often each was made once more because somebody asked for it. Over REST, where a server may give ids
    of its own, `own_id` and `own_list_id` are those, and `creating` is what was about to be made: should
    it not be there then, nobody can tell whether it is there under another. `members` is how many of the people
    we have put on the list. `compared_at` is when all members were last compared, `cursor` how far
    that has come (`<part>:<place>`). With an `obstacle` nothing is done until somebody mends it;
    `failed` is the record under which it is in the error report.
    """

    tenant: TenantId
    campaign_id: CampaignId
    connection_id: ConnectionId
    active: bool = True
    told: Texts = field(default_factory=dict)
    list_told: Texts = field(default_factory=dict)
    linked: bool = False
    made: int = 0
    list_made: int = 0
    own_id: SugarId = SugarId("")
    own_list_id: SugarId = SugarId("")
    creating: tuple[WrittenModule, ...] = ()
    members: int = 0
    compared_at: datetime | None = None
    cursor: str = ""
    obstacle: Obstacle | None = None
    note: Note | None = None
    failed: RecordKey | None = None
    version: int = 0

    @property
    def sugar_id(self) -> SugarId:
        """The Campaign in Sugar."""
        return self.own_id or self._id(WrittenModule.CAMPAIGNS, self.made)

    @property
    def list_id(self) -> SugarId:
        """Its Target List there."""
        return self.own_list_id or self._id(WrittenModule.TARGET_LISTS, self.list_made)

    @property
    def record(self) -> RecordKey:
        """Under which it is in the error report."""
        return RecordKey(Module.CAMPAIGNS, self.sugar_id)

    @property
    def is_there(self) -> bool:
        """Whether all of it was there when it was last looked at, so that people can be put on the list."""
        return bool(self.told and self.list_told and self.linked and self.obstacle is None)

    @property
    def error_id(self) -> str:
        """Its row in the error report; it has one at most."""
        return derived_id("error", "campaign", self.connection_id, self.campaign_id)

    def _id(self, module: WrittenModule, made: int) -> SugarId:
        return SugarId(derived_id("sugar", self.connection_id, module, self.campaign_id, str(made)))


@dataclass(frozen=True, slots=True)
class SugarMember:
    """A person of a campaign, and whom of its records we have put on the Target List.

    `due_at` is from when on that is to be looked at; None while it is as it should be. `adding` is
    kept before Sugar is told, so that our own doing never passes for somebody else's; `on_list` was
    read back. `ours` is False for one that somebody in Sugar had put on it: it is never taken off.
    `failed` is the record that Sugar did not take, with a row in the error report.
    """

    tenant: TenantId
    campaign_id: CampaignId
    person_id: PersonId
    connection_id: ConnectionId
    due_at: datetime | None = None
    adding: RecordKey | None = None
    on_list: RecordKey | None = None
    ours: bool = True
    failed: RecordKey | None = None
    version: int = 0

    @property
    def error_id(self) -> str:
        """Its row in the error report."""
        return derived_id(
            "error", "campaign member", self.connection_id, self.campaign_id, self.person_id
        )


def facing(one: CampaignInSugar, connection_id: ConnectionId) -> CampaignInSugar:
    """Towards the Sugar of this connection: another one holds nothing of ours yet."""
    if one.connection_id == connection_id:
        return one
    anew = CampaignInSugar(one.tenant, one.campaign_id, connection_id, one.active)
    return replace(anew, version=one.version)


def member_facing(one: SugarMember, connection_id: ConnectionId) -> SugarMember:
    """As `facing`."""
    if one.connection_id == connection_id:
        return one
    anew = SugarMember(one.tenant, one.campaign_id, one.person_id, connection_id)
    return replace(anew, due_at=one.due_at, version=one.version)


def campaign_fields(campaign: Campaign) -> dict[str, str]:
    """What Sugar's Campaign is to hold of ours; days by the campaign's time zone."""
    began = _day(campaign.started_at, campaign.timezone)
    ended = campaign.changed_at if campaign.state is CampaignState.ENDED else None
    return {
        "name": campaign.name,
        "status": _STATUS[campaign.state],
        "start_date": began,
        "end_date": _day(ended, campaign.timezone),
        "content": _ABOUT,
    }


def list_fields(campaign: Campaign) -> dict[str, str]:
    """What its Target List is to hold of ours."""
    return {"name": campaign.name, "description": _ABOUT_LIST}


def changed(wanted: Texts, told: Texts) -> dict[str, str]:
    """What Sugar is to be told: what is other than it was told last. Its people's edits stay."""
    return {name: text for name, text in wanted.items() if told.get(name) != text}


def member_of(person: Person | None) -> RecordKey | None:
    """Which record of a person is put on the list: the first, a Contact before a Lead; None for none."""
    if person is None:
        return None
    links = (link for link in person.links if link.key.module in MEMBER_MODULES and not link.apart)
    return next((link.key for link in links), None)


def is_settled(one: SugarMember, wanted: RecordKey | None) -> bool:
    """Whether nothing is to be done for the person."""
    return one.on_list == wanted and one.adding is None


def is_compared(one: CampaignInSugar, campaign: Campaign, now: datetime) -> bool:
    """Whether all members were compared within a day; of one that has ended, since it has."""
    if one.compared_at is not None and campaign.state is CampaignState.ENDED and not one.cursor:
        return one.compared_at >= campaign.changed_at
    return not one.cursor and one.compared_at is not None and now - one.compared_at < COMPARED_EVERY


def made_anew(one: CampaignInSugar) -> CampaignInSugar:
    """With what was deleted in Sugar, or may not be there, to be made once more, under free ids."""
    if one.obstacle is None or one.obstacle.code not in (DELETED, LIST_DELETED, UNCLEAR):
        return one
    if one.obstacle.code == UNCLEAR:
        return replace(one, creating=())
    whole = one.obstacle.code == DELETED
    return replace(
        one,
        made=one.made + whole,
        told={} if whole else one.told,
        own_id=SugarId("") if whole else one.own_id,
        own_list_id=one.own_list_id if whole else SugarId(""),
        list_made=one.list_made + (not whole),
        list_told=one.list_told if whole else {},
        linked=False,
        compared_at=None,
        cursor="",
    )


def head_error(
    one: CampaignInSugar, name: str, obstacle: Obstacle, before: Iterable[SyncError], now: datetime
) -> SyncError:
    """The row about the campaign itself; one that is there keeps its time."""
    return _error(one.tenant, one.error_id, one.record, name, obstacle, before, now)


def member_error(
    one: SugarMember,
    record: RecordKey,
    name: str,
    campaign: str,
    before: Iterable[SyncError],
    now: datetime,
) -> SyncError:
    """The row about a person's record that did not get on the list, or off it."""
    obstacle = Obstacle(MEMBER_NOT_TAKEN, "prospect_lists", campaign)
    return _error(one.tenant, one.error_id, record, name, obstacle, before, now)


def _error(
    tenant: TenantId,
    error_id: str,
    record: RecordKey,
    name: str,
    obstacle: Obstacle,
    before: Iterable[SyncError],
    now: datetime,
) -> SyncError:
    seen = [error.first_seen for error in before if error.error_id == error_id]
    return SyncError(
        tenant=tenant,
        error_id=error_id,
        direction=Direction.PUSH,
        record=record,
        name=name,
        field=obstacle.field,
        value=obstacle.value[:200],
        code=obstacle.code,
        root=record,
        root_name=name,
        first_seen=min(seen, default=now),
        last_seen=now,
    )


def _day(at: datetime | None, timezone: str) -> str:
    day: date | None = local(at, timezone).date() if at else None
    return day.isoformat() if day else ""
