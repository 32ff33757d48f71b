"""Leave nothing in campaigns of people who are erased, but for the numbers of steps."""

from collections.abc import Iterable

from funnel.domain.enrolments import Change, EnrolmentId, EnrolmentState, Turn, unnamed
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.usecases.app import App

_TRIES = 12
_AT_ONCE = 50


def leave_campaigns(app: App, tenant: TenantId, people: Iterable[PersonId]) -> int:
    """Take the names off all their walks, and forget that they ever came; how many walks.

    May be repeated. Raises `StoreBusy` when others keep changing the same.
    """
    return sum(
        _leave(app, turn)
        for person_id in sorted(set(people))
        for turn in app.campaigns.turns_of(tenant, person_id)
    )


def _leave(app: App, turn: Turn) -> int:
    """The turn goes last: it leads to the rest."""
    done = 0
    for start in range(0, len(turn.enrolments), _AT_ONCE):
        done += _unname(app, turn, turn.enrolments[start : start + _AT_ONCE])
    app.campaigns.forget_turn(turn)
    return done


def _unname(app: App, turn: Turn, ids: Iterable[EnrolmentId]) -> int:
    own, done = (turn.tenant, turn.campaign_id), 0
    for _ in range(_TRIES):
        found = app.campaigns.enrolments(*own, ids).values()
        todo = [one for one in found if one.state is not EnrolmentState.ERASED]
        if not todo:
            return done
        now = app.clock.now()
        changes = [Change(one, unnamed(one, now)) for one in todo]
        done += sum(app.campaigns.write_enrolments(turn.tenant, changes))
    raise StoreBusy("Others keep changing the same enrolments.")
