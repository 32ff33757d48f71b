"""Write what somebody did, what it makes of the score, what the panels show of it, and who waits for it."""

from collections.abc import Sequence

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.activities import Activity, SubjectId
from funnel.usecases.app import App
from funnel.usecases.bells.notice import notice_activity
from funnel.usecases.scoring.rescore import moved_meanwhile
from funnel.usecases.scoring.score_families import Family, load_family
from funnel.usecases.segments.follow_scores import lists_follow, rescore_people, touches_lists
from funnel.usecases.vision.project_people import project_people

_MOST = 50
"""Activities that are written together; a transaction takes 100 rows."""
_TRIES = 12


def record_activities(
    app: App, tenant: TenantId, subject: SubjectId, activities: Sequence[Activity]
) -> None:
    """Write these of one subject, with its tally and the score of the person it belongs to.

    What is here already (same id, same moment) counts nothing, so all of it may be repeated. Raises
    `StoreBusy` when others keep writing for the same person, and `ValueError` for what another
    tenant or subject did.
    """
    if any(one.tenant != tenant or one.subject != subject for one in activities):
        raise ValueError("an activity is of another tenant or subject")
    new = list({one.activity_id: one for one in activities}.values())
    people: set[PersonId] = set()
    for start in range(0, len(new), _MOST):
        people |= _record(app, tenant, subject, new[start : start + _MOST])
    if people:
        project_people(app, tenant, people)
    for person_id in sorted(people):
        notice_activity(app, tenant, person_id, new)


def _record(
    app: App, tenant: TenantId, subject: SubjectId, todo: Sequence[Activity]
) -> set[PersonId]:
    """Whose they are, and whose scores have moved with it."""
    for _ in range(_TRIES):
        family, moved = load_family(app, tenant, subject)
        change = family.with_activities(todo, app.clock.now())
        outcome = app.activities.write(tenant, [change])[0]
        todo = [one for one in todo if one.activity_id not in outcome.here]
        if outcome.written or not todo:
            catch_up(app, family, moved, repeated=not todo)
            if touches_lists(family.rules, todo, scored=change.score is not None):
                lists_follow(app, family.rules, [PersonId(family.root.subject)])
            return moved | ({PersonId(family.root.subject)} if family.is_person else set())
    raise StoreBusy("Others keep changing the same score.")


def catch_up(app: App, family: Family, moved: set[PersonId], *, repeated: bool) -> None:
    """See to what was changed meanwhile: the rules, who was merged with whom, or who is on which list.

    A repeated write is looked at as well: whoever wrote first may have died before this.
    """
    rules = app.scoring.scoring_rules(family.root.tenant)
    changed = rules.generation != family.rules.generation or moved_meanwhile(app, [family])
    if repeated or changed:
        moved = moved | {PersonId(family.root.subject)}
    if moved:
        rescore_people(app, rules.tenant, moved)
