"""Make, change, retire and delete segments; who is in them is worked out in the background."""

from dataclasses import replace

from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList, segment_id
from funnel.domain.problems import Problems
from funnel.domain.segments.rule_json import read_rule, rule_to_json
from funnel.domain.segments.segments import Group
from funnel.domain.stored_size import check_size
from funnel.usecases.app import App
from funnel.usecases.bells.ask_recompute import recompute_everybody
from funnel.usecases.lists.keep_lists import checked_description, checked_name
from funnel.usecases.scoring.count_behaviours import count_behaviours, forget_asking
from funnel.usecases.segments.named_in_rule import refuse_what_is_not_there
from funnel.usecases.segments.segment_fields import segment_fields

MOST_SEGMENTS = 1_000
"""In use at once."""


def add_segment(
    app: App,
    tenant: TenantId,
    key: str,
    name: str,
    rule: object,
    by: str,
    description: str = "",
) -> PeopleList:
    """Make a segment of this rule (`domain/segments/rule_json.py`); made already under this key, it stays so.

    Raises `InputInvalid`, its `field` the path of what is wrong in the rule, and `Conflict`.
    """
    list_id, now = segment_id(tenant, key), app.clock.now()
    if found := app.lists.lists(tenant, [list_id]).get(list_id):
        return found
    blank = PeopleList(
        tenant=tenant,
        list_id=list_id,
        kind=ListKind.SEGMENT,
        name="",
        created_at=now,
        changed_at=now,
        by=by,
    )
    made = changed_segment(app, blank, name, rule, description)
    _refuse_too_many(app, tenant)
    return _put_in_force(app, made, by)


def change_segment(
    app: App,
    tenant: TenantId,
    list_id: ListId,
    by: str,
    *,
    name: str | None = None,
    rule: object = None,
    description: str | None = None,
) -> PeopleList:
    """Change a segment; None leaves that as it is. As `add_segment`, and raises `NotFound`."""
    before = segment_of(app, tenant, list_id)
    after = changed_segment(app, before, name, rule, description)
    if after == before:
        return before
    if after.rule == before.rule or after.status is ListStatus.RETIRED:
        return app.lists.save_list(after)
    return _put_in_force(app, after, by)


def retire_segment(
    app: App, tenant: TenantId, list_id: ListId, by: str, *, retired: bool
) -> PeopleList:
    """Put it out of use: nobody is in it then. Or back. Raises `NotFound`, `InputInvalid` and `Conflict`."""
    before = segment_of(app, tenant, list_id)
    if (before.status is ListStatus.RETIRED) is retired:
        return before
    if not retired:
        _refuse_too_many(app, tenant)
        # What it asks for may have gone meanwhile.
        checked_segment_rule(app, tenant, rule_to_json(before.rule or Group()), before.rule)
        back = replace(before, status=ListStatus.ACTIVE, retired_at=None)
        return _put_in_force(app, back, by)
    return _out_of_force(app, before, by)


def delete_segment(app: App, tenant: TenantId, list_id: ListId, by: str) -> None:
    """Forget it; who is in it leaves it. Raises `NotFound`, and `Conflict` while it has an overlay."""
    before = segment_of(app, tenant, list_id)
    if list_id in app.scoring.scoring_rules(tenant).overlaid:
        raise Conflict("This segment has an overlay.", mend="Delete the overlay first.")
    # Out of force first: should we die in between, nobody is in it all the same.
    if before.status is ListStatus.ACTIVE:
        before = _out_of_force(app, before, by)
    app.lists.delete_list(before)
    forget_asking(app, tenant, list_id, by)


def segment_of(app: App, tenant: TenantId, list_id: ListId) -> PeopleList:
    """The segment. Raises `NotFound`, for a list of another kind too."""
    found = app.lists.lists(tenant, [list_id]).get(list_id)
    if found is None or found.kind is not ListKind.SEGMENT:
        raise NotFound("There is no such segment.", mend="It may have been deleted meanwhile.")
    return found


def rule_before(app: App, tenant: TenantId, list_id: ListId) -> Group | None:
    """The rule that a segment has, which another is to replace; None for a new one, "". Raises `NotFound`."""
    return segment_of(app, tenant, list_id).rule if list_id else None


def checked_segment_rule(
    app: App, tenant: TenantId, data: object, before: Group | None = None
) -> Group:
    """The rule that this says, which may go on naming what the one `before` did.

    Raises `InputInvalid` with all that is wrong, each `field` its path.
    """
    read = read_rule(data, segment_fields(app, tenant))
    with read.wrong.found():
        refuse_what_is_not_there(app, tenant, read.tests, before)
    read.wrong.raise_all()
    mend = "Ask for fewer values, or for a list of these people."
    check_size(read.rule, "This rule", mend, "rule")
    return read.rule


def changed_segment(
    app: App, before: PeopleList, name: str | None, rule: object, description: str | None
) -> PeopleList:
    """What it would be with these; None leaves that as it is. Raises `InputInvalid` with all that is wrong."""
    wrong, after = Problems(), before
    with wrong.found():
        if rule is not None:
            after = replace(after, rule=checked_segment_rule(app, before.tenant, rule, before.rule))
    with wrong.found():
        if name is not None:
            after = replace(after, name=checked_name(name))
    with wrong.found():
        if description is not None:
            after = replace(after, description=checked_description(description))
    wrong.raise_all()
    return after


def _put_in_force(app: App, segment: PeopleList, by: str) -> PeopleList:
    """Save it, with all that its rule asks for counted and everybody looked at."""
    rule = segment.rule or Group()
    count_behaviours(app, segment.tenant, segment.list_id, rule, by)
    return recompute_everybody(app, segment.tenant, by, lambda: app.lists.save_list(segment))


def _out_of_force(app: App, segment: PeopleList, by: str) -> PeopleList:
    retired = replace(segment, status=ListStatus.RETIRED, retired_at=app.clock.now())
    saved = recompute_everybody(app, segment.tenant, by, lambda: app.lists.save_list(retired))
    forget_asking(app, segment.tenant, segment.list_id, by)
    return saved


def _refuse_too_many(app: App, tenant: TenantId) -> None:
    if len(app.lists.segment_rules(tenant).rules) >= MOST_SEGMENTS:
        raise InputInvalid(
            f"There are {MOST_SEGMENTS} segments already, which is all there can be.",
            mend="Retire or delete some that nobody needs.",
        )
