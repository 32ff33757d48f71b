"""Write what somebody did, what it makes of the score, what the panels show of it, and who waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.tallies import NOBODY
from funnel.domain.tracking.activities import Activity, SubjectId
from funnel.usecases.app import App
from funnel.usecases.bells.notice import notice_activity
from funnel.usecases.scoring.rescore import moved_meanwhile
from funnel.usecases.scoring.score_families import Family, load_family
from funnel.usecases.segments.follow_scores import lists_follow, rescore_people, touches_lists
from funnel.usecases.vision.project_people import Newest, project_family, project_people

_MOST = 50
"""Activities that are written together; a transaction takes 100 rows."""
_TRIES = 12


@dataclass(frozen=True, slots=True)
class Written:
    """Activities that are here, and whose scores moved with them.

    `family` is whom they count for, as it was written; None where it has to be read again.
    """

    activities: Sequence[Activity]
    people: frozenset[PersonId]
    family: Family | None


def record_activities(
    app: App, tenant: TenantId, subject: SubjectId, activities: Sequence[Activity]
) -> None:
    """Write these of one subject, with its tally and the score of the person it belongs to.

    What is here already (same id, same moment) counts nothing, so all of it may be repeated. Nothing
    is written under a person who was erased. Raises `StoreBusy` when others keep writing for the
    same person, and `ValueError` for what another tenant or subject did.
    """
    follow_activities(app, tenant, write_activities(app, tenant, subject, activities), {})


def write_activities(
    app: App,
    tenant: TenantId,
    subject: SubjectId,
    activities: Sequence[Activity],
    of: PersonId = NOBODY,
) -> Written:
    """The first part of it: what is stored, to be followed by `follow_activities`.

    `of` is whom the subject belongs to as far as is known.
    """
    if any(one.tenant != tenant or one.subject != subject for one in activities):
        raise ValueError("an activity is of another tenant or subject")
    new = list({one.activity_id: one for one in activities}.values())
    written = Written(new, frozenset(), None)
    for start in range(0, len(new), _MOST):
        people, family = _write(app, tenant, subject, new[start : start + _MOST], of)
        written = Written(new, written.people | people, family)
    return written


def follow_activities(app: App, tenant: TenantId, written: Written, newest: Newest) -> None:
    """The second: what the panels show, and who waits. `newest` was read after it was written."""
    anew = set(written.people)
    if written.family:
        project_family(app, written.family, newest)
        anew.discard(PersonId(written.family.root.subject))
    if anew:
        project_people(app, tenant, anew)
    for person_id in sorted(written.people):
        notice_activity(app, tenant, person_id, written.activities)


def _write(
    app: App, tenant: TenantId, subject: SubjectId, todo: Sequence[Activity], of: PersonId
) -> tuple[set[PersonId], Family | None]:
    """Whose they are, and whose scores have moved with it; the family as it was written."""
    for _ in range(_TRIES):
        family, moved = load_family(app, tenant, subject, of)
        if family.is_erased:
            return moved, None
        change = family.with_activities(todo, app.clock.now())
        outcome = app.activities.write(tenant, [change])[0]
        todo = [one for one in todo if one.activity_id not in outcome.here]
        if outcome.written or not todo:
            moved = catch_up(app, family, moved, repeated=not todo)
            if touches_lists(family.rules, todo, scored=change.score is not None):
                lists_follow(app, family.rules, [PersonId(family.root.subject)])
            root = {PersonId(family.root.subject)} if family.is_person else set()
            stands = outcome.written and not moved
            return moved | root, family.written(change) if stands else None
    raise StoreBusy("Others keep changing the same score.")


def catch_up(app: App, family: Family, moved: set[PersonId], *, repeated: bool) -> set[PersonId]:
    """See to what was changed meanwhile: the rules, who was merged with whom, or who is on which list.

    A repeated write is looked at as well: whoever wrote first may have died before this. Whoever is no
    person has no score. Says whose scores were worked out anew.
    """
    tenant = family.root.tenant
    if family.is_person and (repeated or _is_outdated(app, family)):
        moved = moved | {PersonId(family.root.subject)}
    if moved:
        rescore_people(app, tenant, moved)
    return moved


def _is_outdated(app: App, family: Family) -> bool:
    rules = app.scoring.scoring_rules(family.root.tenant)
    return rules.generation != family.rules.generation or bool(moved_meanwhile(app, [family]))
