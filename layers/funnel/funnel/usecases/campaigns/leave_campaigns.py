"""Leave nothing in campaigns of people who are erased, but for the numbers of steps."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from funnel.domain.campaigns.enrolments import (
    Change,
    Enrolment,
    EnrolmentId,
    EnrolmentState,
    Turn,
    unnamed,
)
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.usecases.app import App

_TRIES = 12
_AT_ONCE = 50


def leave_campaigns(app: App, tenant: TenantId, people: Iterable[PersonId]) -> int:
    """Take the names off all their walks, and forget that they ever came; how many walks.

    A walk that is somebody else's by now stays that one's. May be repeated. Raises `StoreBusy` when others keep changing the same.
    """
    gone = frozenset(people)
    return sum(
        _leave(app, turn, gone)
        for person_id in sorted(gone)
        for turn in app.campaigns.turns_of(tenant, person_id)
    )


def _leave(app: App, turn: Turn, gone: AbstractSet[PersonId]) -> int:
    """The turn goes last: it leads to the rest."""
    done = 0
    for start in range(0, len(turn.enrolments), _AT_ONCE):
        done += _unname(app, turn, turn.enrolments[start : start + _AT_ONCE], gone)
    app.campaigns.forget_turn(turn)
    return done


def _unname(app: App, turn: Turn, ids: Iterable[EnrolmentId], gone: AbstractSet[PersonId]) -> int:
    own, done = (turn.tenant, turn.campaign_id), 0
    for _ in range(_TRIES):
        found = app.campaigns.enrolments(*own, ids).values()
        now = app.clock.now()
        after = [(one, _without(one, gone, now)) for one in found]
        changes = [Change(one, then) for one, then in after if then != one]
        if not changes:
            return done
        done += sum(app.campaigns.write_enrolments(turn.tenant, changes))
    raise StoreBusy("Others keep changing the same enrolments.")


def _without(one: Enrolment, gone: AbstractSet[PersonId], now: datetime) -> Enrolment:
    """The walk with nothing of those who are gone."""
    if one.state is EnrolmentState.ERASED:
        return one
    if one.person_id in gone:
        return unnamed(one, now)
    return replace(one, origin=one.person_id) if one.origin in gone else one
