"""Put people on the lists they belong to, and take them off the others: auto lists, segments, lists by hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.lists.auto_lists import AutoValue, ListSettings, list_name, new_list
from funnel.domain.lists.lists import Move, PeopleList
from funnel.usecases.app import App
from funnel.usecases.lists.move_people import move_people
from funnel.usecases.lists.wanted_lists import read_for_lists
from funnel.usecases.load_segments import definitions

_TRIES = 12
_MOST_CHANGES = 40
"""Lists that one move changes at most: it is one transaction."""


def list_people(app: App, tenant: TenantId, people: Iterable[PersonId]) -> int:
    """Bring the lists of these people up to date, but for target lists; how many moves it took.

    Whoever was moved is looked at once more: what changed meanwhile may have been worked out by
    somebody who found nothing to write. Whoever they were merged into has what they were put on by
    hand. Raises `StoreBusy` when others keep changing the same.
    """
    todo = _Todo(set(people))
    moved = tries = 0
    while todo.people:
        if tries >= _TRIES:
            raise StoreBusy(f"Others kept changing the lists of {len(todo.people)} people.")
        todo, written = _pass(app, tenant, todo)
        moved += written
        # One with many lists to change takes some passes, each of which comes closer.
        tries += 0 if todo.comes_closer else 1
    return moved


@dataclass(slots=True)
class _Todo:
    """Who is to be looked at, and who was merged into them of whom they do not know yet."""

    people: set[PersonId]
    adopted: dict[PersonId, set[PersonId]] = field(default_factory=lambda: defaultdict(set))
    comes_closer: bool = False


def _pass(app: App, tenant: TenantId, todo: _Todo) -> tuple[_Todo, int]:
    """One look at these: who has to be looked at again, and how many were moved."""
    ids = sorted(todo.people)
    settings = app.lists.list_settings(tenant)
    known = definitions(app, tenant, settings.segments)
    read = read_for_lists(app, tenant, ids, known, todo.adopted)
    moves: list[Move] = []
    values: dict[ListId, AutoValue] = {}
    after = _Todo(set())
    for person_id in ids:
        wanted = read.wanted(person_id, settings, todo.adopted.get(person_id, ()))
        if wanted.heir:
            adopted = {person_id, *read.standings[person_id].absorbed}
            if not adopted <= todo.adopted.get(wanted.heir, set()):
                after.people.add(wanted.heir)
                after.adopted[wanted.heir] |= adopted
        move = _in_steps(wanted.move)
        if not move.changes_nothing:
            moves.append(move)
            values.update({i: wanted.values[i] for i in move.joined if i in wanted.values})
            after.people.add(person_id)
            after.adopted[person_id] |= todo.adopted.get(person_id, set())
            after.comes_closer = after.comes_closer or move.lists != wanted.move.lists
    if not moves:
        return after, 0
    _make_lists(app, settings, values)
    done = move_people(app, tenant, moves)
    after.comes_closer = after.comes_closer and any(done)
    return after, sum(done)


def _in_steps(move: Move) -> Move:
    """Towards what is wanted, by as many lists as can be changed at once."""
    changes = [*move.joined, *move.left]
    if len(changes) <= _MOST_CHANGES:
        return move
    return replace(move, lists=move.before.lists ^ frozenset(changes[:_MOST_CHANGES]))


def _make_lists(app: App, settings: ListSettings, values: Mapping[ListId, AutoValue]) -> None:
    """Make the lists that are not here yet, named as their values are called by then."""
    if not values:
        return
    missing = set(values) - set(app.lists.lists(settings.tenant, values))
    for list_id in sorted(missing):
        made = new_list(settings.tenant, values[list_id], settings.labels, app.clock.now())
        try:
            made = app.lists.save_list(made)
        except Conflict:
            continue
        _call_as_now(app, made, values[list_id])


def _call_as_now(app: App, made: PeopleList, value: AutoValue) -> None:
    """Labels may have changed while it was made. Raises `StoreBusy`."""
    one: PeopleList | None = made
    for _ in range(_TRIES):
        name = list_name(value, app.lists.list_settings(made.tenant).labels)
        if one is None or name == one.name:
            return
        try:
            app.lists.save_list(replace(one, name=name))
        except Conflict:
            one = app.lists.lists(made.tenant, [made.list_id]).get(made.list_id)
        else:
            return
    raise StoreBusy("Others kept changing the same list.")
