"""Say of an activity who did it, after it was written; points follow."""

from dataclasses import replace
from datetime import datetime

from funnel.domain.errors import NotFound, StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.activities import Activity, Signal, SubjectId
from funnel.usecases.app import App
from funnel.usecases.scoring.score_families import load_family
from funnel.usecases.segments.follow_scores import lists_follow, touches_lists
from funnel.usecases.tracking.record_activities import catch_up

_TRIES = 12


def relabel(
    app: App,
    tenant: TenantId,
    subject: SubjectId,
    activity_id: str,
    at: datetime,
    signal: Signal,
    why: str,
    by: str,
) -> Activity:
    """Give it this label, and give or take back its points in the same transaction; as it is then.

    `by` is the marketer who says so, "" for ourselves: who then do not overrule a marketer. May be
    repeated. Raises `NotFound`, and `StoreBusy` when others keep writing for the same person.
    """
    for _ in range(_TRIES):
        family, moved = load_family(app, tenant, subject)
        before = app.activities.activity(tenant, subject, activity_id, at)
        if before is None:
            raise NotFound("There is no such activity.")
        after = replace(before, signal=signal, why=why, by=by)
        if after == before or (before.by and not by):
            catch_up(app, family, moved, repeated=True)
            return before
        change = family.with_activities([after], app.clock.now(), lost=[before])
        if app.activities.write(tenant, [change])[0].written:
            catch_up(app, family, moved, repeated=False)
            if touches_lists(family.rules, [after], scored=change.score is not None):
                lists_follow(app, family.rules, [PersonId(family.root.subject)])
            return replace(after, version=before.version + 1)
    raise StoreBusy("Others keep changing the same score.")
