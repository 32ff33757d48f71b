"""What there is that a campaign may name, for its checks; and what they find."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from funnel.domain.campaigns.campaign_checks import Known, Problem, problems, waits_for_newcomers
from funnel.domain.campaigns.campaigns import (
    Branch,
    Campaign,
    ChangeList,
    ChangeOwner,
    Comes,
    ScheduleTask,
    SendEmail,
    Step,
    StepId,
    SyncWithSugar,
)
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import ListId
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList
from funnel.domain.mail.senders import why_unfit
from funnel.domain.problems import all_wrong
from funnel.domain.segments.rule_json import read_rule, rule_to_json
from funnel.domain.segments.segments import Group, ListTest
from funnel.usecases.app import App
from funnel.usecases.forms.open_form import open_form
from funnel.usecases.lists.settled_lists import Settling, is_nobodys
from funnel.usecases.pushing.sync_plan import (
    checked_owner_change,
    checked_plan,
    checked_task,
)
from funnel.usecases.segments.named_in_rule import refuse_what_is_not_there
from funnel.usecases.segments.segment_fields import segment_fields

NO_SUGAR = "No Sugar is connected."


def problems_of(app: App, campaign: Campaign) -> tuple[Problem, ...]:
    """All that keeps a campaign from being started."""
    return problems(campaign, known_of(app, campaign))


def known_of(app: App, campaign: Campaign) -> Known:
    """What the checks of a campaign have to know."""
    tenant = campaign.tenant
    named = {one for one in _lists_named(campaign) if one}
    lists = app.lists.lists(tenant, sorted(named)).values() if named else ()
    by_hand = {o.list_id for o in lists if o.kind is ListKind.MANUAL}
    sends = any(isinstance(step.action, SendEmail) for step in campaign.steps.values())
    settings = app.mails.mail_settings(tenant) if sends else None
    return Known(
        emails={head.email_id: "" for head in app.emails.emails(tenant)} if sends else {},
        # An auto list is retired while nobody is on it, and comes back by itself.
        lists={
            o.list_id for o in lists if o.kind is ListKind.AUTO or o.status is ListStatus.ACTIVE
        },
        by_hand={
            o.list_id for o in lists if o.list_id in by_hand and o.status is ListStatus.ACTIVE
        },
        unsettled=_unsettled(app, campaign, lists),
        forms=tuple(_forms(app, campaign)) if campaign.start.comes is Comes.FORM else (),
        plans=_plans(app, campaign),
        rules=_rules(app, campaign),
        mail=why_unfit(settings, settings.from_address) if settings else "",
    )


def _unsettled(app: App, campaign: Campaign, lists: Iterable[PeopleList]) -> dict[ListId, str]:
    """Looked up only where it matters."""
    if not waits_for_newcomers(campaign):
        return {}
    own = [one for one in lists if one.list_id == campaign.start.list_id]
    return {one.list_id: one.name for one in Settling(app, campaign.tenant).unsettled(own)}


def _lists_named(campaign: Campaign) -> Iterator[ListId]:
    yield campaign.start.list_id
    for step in campaign.steps.values():
        match step.action:
            case ChangeList(list_id):
                yield list_id
            case Branch(segment=segment):
                yield segment


def _forms(app: App, campaign: Campaign) -> Iterator[str]:
    """The form it starts from, where it takes what is sent to it; what started may go on without."""
    form_id = campaign.start.form_id
    if campaign.started_at is not None:
        yield form_id
        return
    with suppress(NotFound):
        _, site = open_form(app, form_id)
        if site.tenant == campaign.tenant:
            yield form_id


def _rules(app: App, campaign: Campaign) -> dict[StepId, tuple[str, ...]]:
    """All that is wrong with the rules that branches ask."""
    found: dict[StepId, tuple[str, ...]] = {}
    asked = [s for s in campaign.steps.values() if isinstance(s.action, Branch)]
    for step in asked:
        rule = step.action.rule if isinstance(step.action, Branch) else Group()
        if not rule.parts:
            continue
        if wrong := tuple(_wrong_with(app, campaign, rule)):
            found[step.step_id] = wrong
    return found


def _wrong_with(app: App, campaign: Campaign, rule: Group) -> Iterator[str]:
    read = read_rule(rule_to_json(rule), segment_fields(app, campaign.tenant))
    asked = {test.list_id for test in read.tests.values() if isinstance(test, ListTest)}
    known = app.lists.lists(campaign.tenant, sorted(asked)) if asked else {}
    if len(known) < len(asked) or any(map(is_nobodys, known.values())):
        yield "A list that it asks for is not there."
    named = {path: one for path, one in read.tests.items() if not isinstance(one, ListTest)}
    before = rule if campaign.started_at is not None else None
    with read.wrong.found():
        refuse_what_is_not_there(app, campaign.tenant, named, before)
    try:
        read.wrong.raise_all()
    except InputInvalid as error:
        yield from dict.fromkeys(one.text for one in all_wrong(error))


def _plans(app: App, campaign: Campaign) -> dict[StepId, str]:
    """What is wrong with what steps plan for Sugar."""
    found: dict[StepId, str] = {}
    for step in campaign.steps.values():
        check = _check_of(app, campaign, step)
        if check is None:
            continue
        if app.sync.connection(campaign.tenant) is None:
            found[step.step_id] = NO_SUGAR
            continue
        try:
            check()
        except InputInvalid as error:
            found[step.step_id] = error.text
    return found


def _check_of(app: App, campaign: Campaign, step: Step) -> Callable[[], object] | None:
    tenant = campaign.tenant
    match step.action:
        case SyncWithSugar(plan):
            return lambda: checked_plan(app, tenant, plan)
        case ChangeOwner(owner):
            return lambda: checked_owner_change(app, tenant, owner)
        case ScheduleTask(task):
            return lambda: checked_task(task)
    return None
