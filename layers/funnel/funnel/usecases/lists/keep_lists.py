"""Lists made by hand: make one, put people on it and take them off."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from funnel.domain.errors import Conflict, InputInvalid, NotFound, StoreBusy
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.lists.lists import ListKind, ListStatus, Move, PeopleList, manual_list_id
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE, ask_people
from funnel.usecases.lists.list_people import list_people
from funnel.usecases.lists.move_people import move_people
from funnel.usecases.load_segments import definitions

LONGEST_NAME = 120
LONGEST_DESCRIPTION = 500
_AT_ONCE = 100
_TRIES = 12


def make_list(
    app: App, tenant: TenantId, key: str, name: str, by: str, description: str = ""
) -> PeopleList:
    """Make a list by hand; made already under this key, it stays as it is. Raises `InputInvalid`."""
    list_id, now = manual_list_id(tenant, key), app.clock.now()
    wanted = PeopleList(
        tenant=tenant,
        list_id=list_id,
        kind=ListKind.MANUAL,
        name=checked_name(name),
        created_at=now,
        changed_at=now,
        description=checked_description(description),
        by=by,
    )
    try:
        return app.lists.save_list(wanted)
    except Conflict:
        return manual_list(app, tenant, list_id)


def rename_list(
    app: App, tenant: TenantId, list_id: ListId, name: str, description: str | None = None
) -> PeopleList:
    """Call it otherwise; None leaves the description. Raises `NotFound`, `InputInvalid`, `Conflict`."""
    before = manual_list(app, tenant, list_id)
    about = before.description if description is None else checked_description(description)
    after = replace(before, name=checked_name(name), description=about)
    return before if after == before else app.lists.save_list(after)


def retire_list(app: App, tenant: TenantId, list_id: ListId, *, retired: bool) -> PeopleList:
    """Put it out of use, or back; its members stay. Raises `NotFound` and `Conflict`."""
    before = manual_list(app, tenant, list_id)
    status = ListStatus.RETIRED if retired else ListStatus.ACTIVE
    if before.status is status:
        return before
    at = app.clock.now() if retired else None
    return app.lists.save_list(replace(before, status=status, retired_at=at))


def manual_list(app: App, tenant: TenantId, list_id: ListId) -> PeopleList:
    """The list made by hand. Raises `NotFound`, for a list of another kind too."""
    found = app.lists.lists(tenant, [list_id]).get(list_id)
    if found is None or found.kind is not ListKind.MANUAL:
        raise NotFound("There is no such list that people are put on by hand.")
    return found


def put_on_list(app: App, tenant: TenantId, list_id: ListId, people: Iterable[PersonId]) -> int:
    """Put these on a list made by hand; how many came onto it. Who is on it stays so.

    Who was merged is put on it as whom it was merged into; who is not here is left out. May be
    repeated. Raises `NotFound`, and `StoreBusy` when others keep changing the same.
    """
    manual_list(app, tenant, list_id)
    return _each(app, tenant, list_id, people, on=True)


def take_off_list(app: App, tenant: TenantId, list_id: ListId, people: Iterable[PersonId]) -> int:
    """Take these off a list made by hand; how many left it. As `put_on_list`."""
    manual_list(app, tenant, list_id)
    return _each(app, tenant, list_id, people, on=False)


def checked_name(name: str) -> str:
    """A list's name without needless space. Raises `InputInvalid`."""
    name = " ".join(name.split())
    if not name:
        raise InputInvalid("Give the list a name.", field="name")
    if len(name) > LONGEST_NAME:
        raise InputInvalid(f"A name has at most {LONGEST_NAME} characters.", field="name")
    return name


def checked_description(text: str) -> str:
    """What a list is for. Raises `InputInvalid`."""
    text = text.strip()
    if len(text) > LONGEST_DESCRIPTION:
        raise InputInvalid(f"At most {LONGEST_DESCRIPTION} characters.", field="description")
    return text


def _each(
    app: App, tenant: TenantId, list_id: ListId, people: Iterable[PersonId], *, on: bool
) -> int:
    ids, moved = list(dict.fromkeys(people)), 0
    for start in range(0, len(ids), _AT_ONCE):
        moved += _some(app, tenant, list_id, ids[start : start + _AT_ONCE], on=on)
    return moved


def _some(app: App, tenant: TenantId, list_id: ListId, ids: Sequence[PersonId], *, on: bool) -> int:
    asked = list_id in definitions(app, tenant).evaluator.lists
    todo, moved = set(ids), 0
    for _ in range(_TRIES):
        if not todo:
            break
        living = _living(app, tenant, todo)
        if asked:
            # Asked for first: should we die in between, their segments follow all the same.
            ask_people(app.queue, tenant, living, delay=SHOULD_WE_DIE)
        moves = _moves(app, tenant, list_id, living, on=on)
        done = move_people(app, tenant, moves)
        here = [m for m, written in zip(moves, done, strict=True) if written]
        moved += sum(list_id in {*m.joined, *m.left} for m in here)
        # Who was merged meanwhile is looked at once more, as whom it was merged into.
        merged = set(living) - set(_living(app, tenant, living))
        list_people(app, tenant, merged | (set(living) if asked else set()))
        late = {m.before.person_id for m, ok in zip(moves, done, strict=True) if not ok}
        todo = late | (merged if not on else set())
    if todo:
        raise StoreBusy(f"Others kept changing the lists of {len(todo)} people.")
    return moved


def _moves(
    app: App,
    tenant: TenantId,
    list_id: ListId,
    people: dict[PersonId, Person],
    *,
    on: bool,
) -> list[Move]:
    """Of whom it is to be changed, and of those they absorbed where they are taken off."""
    standings = app.lists.standings(tenant, sorted(people))
    this = frozenset({list_id})
    moves = []
    if not on:
        absorbed = {i for one in standings.values() for i in one.absorbed} - set(people)
        standings |= app.lists.standings(tenant, sorted(absorbed)) if absorbed else {}
    for person_id, one in standings.items():
        by_hand = one.by_hand | this if on else one.by_hand - this
        shown = person_id in people and people[person_id].is_listed
        lists = one.lists | this if on and shown else one.lists if on else one.lists - this
        move = Move(one, lists, by_hand=by_hand, recheck_at=one.recheck_at)
        if not move.changes_nothing:
            moves.append(move)
    return moves


def _living(app: App, tenant: TenantId, ids: Iterable[PersonId]) -> dict[PersonId, Person]:
    """These, or whom they were merged into; those who are not here, or were erased, are left out."""
    found: dict[PersonId, Person] = {}
    todo = set(ids)
    seen: set[PersonId] = set()
    while todo:
        seen |= todo
        some = app.records.people(tenant, sorted(todo))
        found |= {i: p for i, p in some.items() if not p.merged_into and not p.erased}
        todo = {p.merged_into for p in some.values() if p.merged_into} - seen
    return found
