"""Have Sugar hold a campaign: its Campaign there, its Target List, and that the one uses the other."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from funnel.domain.campaigns.campaigns import Campaign
from funnel.domain.campaigns.campaigns_in_sugar import (
    DELETED,
    IMPOSSIBLE,
    LIST_DELETED,
    NOT_TAKEN,
    REFUSED,
    UNCLEAR,
    CampaignInSugar,
    campaign_fields,
    changed,
    list_fields,
)
from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Held, Value
from funnel.domain.errors import (
    FunnelError,
    IdNotKept,
    MethodMissing,
    ModuleMissing,
    NoRight,
    Permanent,
    SugarBusy,
)
from funnel.domain.ids import SugarId, WrittenModule
from funnel.domain.pushing.push_fields import is_ours
from funnel.domain.pushing.pushes import Obstacle
from funnel.ports.crm import Crm
from funnel.usecases.app import App
from funnel.usecases.campaigns_in_sugar.change_in_sugar import change_in_sugar
from funnel.usecases.pushing.push_lease import STOP

_OF_A_NEW_CAMPAIGN: Mapping[str, Value] = {"campaign_type": "Email"}
_OF_A_NEW_LIST: Mapping[str, Value] = {"list_type": "default"}


class Hindered(Exception):
    """What stands in the way of a campaign as a whole."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.code)
        self.obstacle = obstacle


class NotNow(Exception):
    """Sugar may not be written to any more; it waits."""


def sync_campaign(
    app: App,
    crm: Crm,
    connection: Connection,
    one: CampaignInSugar,
    campaign: Campaign,
    may_write: Callable[[], bool],
) -> CampaignInSugar:
    """Make or change what Sugar does not hold as we last told it; nothing is asked where it does.

    Each is made once, under an id fixed before: whatever the answer was, it counts whether it is
    there. Only what has changed here is written, so that what people in Sugar changed stays. Raises
    `Hindered`, `NotNow`, `Transient` errors, and what says no to all of Sugar.
    """
    wanted, of_list = campaign_fields(campaign), list_fields(campaign)
    if one.linked and not changed(wanted, one.told) and not changed(of_list, one.list_told):
        return one
    if not connection.endpoint.dialect.fills_target_lists:
        raise Hindered(Obstacle(IMPOSSIBLE, value=connection.endpoint.dialect.value))
    keeper = _Keeper(app, crm, connection, one, may_write)
    tenant, campaign_id = one.tenant, one.campaign_id
    told = keeper.keep(
        WrittenModule.TARGET_LISTS, one.list_id, of_list, one.list_told, _OF_A_NEW_LIST
    )
    if told != one.list_told:
        one = change_in_sugar(
            app, tenant, campaign_id, lambda it: replace(it, list_told=told, creating=())
        )
    told = keeper.keep(WrittenModule.CAMPAIGNS, one.sugar_id, wanted, one.told, _OF_A_NEW_CAMPAIGN)
    if told != one.told:
        one = change_in_sugar(
            app, tenant, campaign_id, lambda it: replace(it, told=told, creating=())
        )
    if not one.linked:
        keeper.link(one)
        one = change_in_sugar(app, tenant, campaign_id, lambda it: replace(it, linked=True))
    return one


def check_there(crm: Crm, one: CampaignInSugar) -> None:
    """Look whether both are still there. Raises `Hindered`."""
    _check(crm.held(WrittenModule.TARGET_LISTS, [one.list_id], ()).get(one.list_id), LIST_DELETED)
    _check(crm.held(WrittenModule.CAMPAIGNS, [one.sugar_id], ()).get(one.sugar_id), DELETED)


def obstacle_of(error: FunnelError) -> Obstacle:
    """Why Sugar said no to the campaign as a whole."""
    code = IMPOSSIBLE if isinstance(error, MethodMissing) else REFUSED
    return Obstacle(code, value=error.text)


def tried(write: Callable[[], None]) -> FunnelError | None:
    """What was raised, for when nothing is there: no answer proves that nothing was written.

    Raises what may pass, and what says nothing of this write.
    """
    try:
        write()
    except STOP:
        raise
    except Permanent as error:
        return error
    return None


class _Keeper:
    """Keeps records of ours as they are to be."""

    def __init__(
        self,
        app: App,
        crm: Crm,
        connection: Connection,
        one: CampaignInSugar,
        may_write: Callable[[], bool],
    ) -> None:
        self._app = app
        self._one = one
        self._crm = crm
        self._connection = connection
        self._may_write = may_write

    def keep(
        self,
        module: WrittenModule,
        sugar_id: SugarId,
        wanted: Mapping[str, str],
        told: Mapping[str, str],
        of_a_new_one: Mapping[str, Value],
    ) -> Mapping[str, str]:
        """Create or change it; what it was told, once that was read back."""
        change = changed(wanted, told)
        if not change:
            return told
        gone = LIST_DELETED if module is WrittenModule.TARGET_LISTS else DELETED
        held = self._held(module, sugar_id, wanted)
        problem: FunnelError | None = None
        if held is None:
            if told:
                # It was there, and Sugar has removed even its deleted row.
                raise Hindered(Obstacle(gone, "deleted"))
            self._ask_leave()
            fields = {**of_a_new_one, **change, **self._owner()}
            problem = self._created(module, sugar_id, fields)
            if isinstance(problem, IdNotKept) and problem.sugar_id:
                sugar_id = SugarId(problem.sugar_id)
        elif not held.deleted and _missing(change, held):
            self._ask_leave()
            problem = tried(lambda: self._crm.update(module, {sugar_id: dict(change)}))
        else:
            _check(held, gone)
            return dict(wanted)
        held = self._held(module, sugar_id, wanted)
        if held is None:
            raise Hindered(obstacle_of(problem) if problem else Obstacle(NOT_TAKEN, "id"))
        _check(held, gone)
        missing = _missing(change, held)
        if missing and problem is not None:
            raise Hindered(obstacle_of(problem))
        if missing:
            raise Hindered(Obstacle(NOT_TAKEN, missing[0], change[missing[0]]))
        return dict(wanted)

    def link(self, one: CampaignInSugar) -> None:
        """Have the Campaign use the list."""
        if one.list_id in self._crm.related(one.sugar_id):
            return
        self._ask_leave()
        problem = tried(lambda: self._crm.relate(one.sugar_id, one.list_id))
        if one.list_id not in self._crm.related(one.sugar_id):
            check_there(self._crm, one)
            raise Hindered(
                obstacle_of(problem) if problem else Obstacle(NOT_TAKEN, "prospectlists")
            )

    def _created(
        self, module: WrittenModule, sugar_id: SugarId, fields: Mapping[str, Value]
    ) -> FunnelError | None:
        """Create it; what was raised, which proves nothing.

        Over REST it is kept first that this is tried: where it is not found afterwards, it may be
        there under an id of Sugar's own, and only a person may have it tried once more.
        """
        if not self._connection.endpoint.dialect.is_rest:
            return tried(lambda: self._crm.create(module, sugar_id, fields))
        if module in self._one.creating:
            raise Hindered(Obstacle(UNCLEAR, value=module.value))
        self._note(creating=(*self._one.creating, module))
        try:
            problem = tried(lambda: self._crm.create(module, sugar_id, fields))
        except SugarBusy:
            self._note(creating=())
            raise
        if isinstance(problem, IdNotKept) and problem.sugar_id:
            name = "own_id" if module is WrittenModule.CAMPAIGNS else "own_list_id"
            self._note(**{name: SugarId(problem.sugar_id)})
        elif isinstance(problem, NoRight | ModuleMissing):
            self._note(creating=())
        return problem

    def _note(self, **changes: object) -> None:
        self._one = change_in_sugar(
            self._app,
            self._one.tenant,
            self._one.campaign_id,
            lambda it: replace(it, **changes),  # type: ignore[arg-type]
        )

    def _held(
        self, module: WrittenModule, sugar_id: SugarId, fields: Mapping[str, str]
    ) -> Held | None:
        return self._crm.held(module, [sugar_id], tuple(fields)).get(sugar_id)

    def _ask_leave(self) -> None:
        if not self._may_write():
            raise NotNow

    def _owner(self) -> dict[str, Value]:
        owner = self._connection.user_id
        return {"assigned_user_id": owner} if owner else {}


def _check(held: Held | None, code: str) -> None:
    if held is None or held.deleted:
        raise Hindered(Obstacle(code, "deleted"))


def _missing(wanted: Mapping[str, str], held: Held) -> list[str]:
    """Fields that Sugar does not hold as they are to be, be it cut."""
    return [name for name, text in wanted.items() if not is_ours(text, held.fields.get(name, ""))]
