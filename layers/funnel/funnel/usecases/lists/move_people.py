"""Write moves of people between lists, and have follow what depends on who is on them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.lists.lists import Move
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE, ask_rescore
from funnel.usecases.bells.notice import lists_noticed, notice_joined, notice_left


def move_people(app: App, tenant: TenantId, moves: Sequence[Move]) -> list[bool]:
    """Write these moves; which were written. Scores follow by overlays, and campaigns are told.

    Both are asked for first, should we die in between, and once more when it is written.
    """
    changing = [one for one in moves if one.joined or one.left]
    _tell(app, tenant, changing, early=True)
    ask_rescore(app.queue, tenant, _overlaid(app, tenant, changing), delay=SHOULD_WE_DIE)
    done = app.lists.move(tenant, moves, app.clock.now())
    written = [one for one, here in zip(moves, done, strict=True) if here and one in changing]
    # Asked anew: an overlay may have been added meanwhile.
    ask_rescore(app.queue, tenant, _overlaid(app, tenant, written))
    _tell(app, tenant, written, early=False)
    return done


def _overlaid(app: App, tenant: TenantId, moves: Iterable[Move]) -> list[PersonId]:
    """Whose score these change, by an overlay of a segment they come into or leave."""
    moved = [(one, {*one.joined, *one.left}) for one in moves]
    if not moved or not app.lists.list_settings(tenant).segments:
        return []
    overlaid = app.scoring.scoring_rules(tenant).overlaid
    return [one.before.person_id for one, lists in moved if lists & overlaid]


def _tell(app: App, tenant: TenantId, moves: Iterable[Move], *, early: bool) -> None:
    moves = list(moves)
    noticed = lists_noticed(app, tenant) if moves else frozenset()
    if not noticed:
        return
    joined: dict[ListId, list[PersonId]] = defaultdict(list)
    left: dict[ListId, list[PersonId]] = defaultdict(list)
    for one in moves:
        for list_id in noticed.intersection(one.joined):
            joined[list_id].append(one.before.person_id)
        for list_id in noticed.intersection(one.left):
            left[list_id].append(one.before.person_id)
    for list_id, people in joined.items():
        notice_joined(app, tenant, list_id, people, early=early)
    for list_id, people in left.items():
        notice_left(app, tenant, list_id, people, early=early)
