"""Work scores out anew, in pages: of some people, or of everybody after the rules were changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from funnel.domain.errors import Conflict
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.lists.lists import person_of_member
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.scoring.scoring import ScoringRules
from funnel.ports.marketing_messages import Rescore
from funnel.usecases.app import App
from funnel.usecases.jobs.try_later import in_pages
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.vision.project_people import project_people

PAGE = 200
"""People that are worked out at once."""

_OVERLAY = "overlay "
"""Begins the cursor of the members of an overlay's segment."""


def work_rescore(app: App, message: Rescore, seconds_left: Callable[[], float]) -> None:
    """Work the message off, page by page; everything may be repeated. As `in_pages`."""
    in_pages(app, message, _page, seconds_left)


def _page(app: App, todo: Rescore) -> Rescore | None:
    """Do the next page; what is left after it."""
    if todo.people:
        _rescore(app, todo.tenant, todo.people[:PAGE])
        rest = todo.people[PAGE:]
        return replace(todo, people=rest) if rest else None
    return todo if _everybody_page(app, todo.tenant, todo.generation) else None


def _everybody_page(app: App, tenant: TenantId, generation: int) -> bool:
    """The next page of everybody; whether there is more to do.

    Nothing is left of a re-score that is finished, or whose rules were changed again.
    """
    rules = app.scoring.scoring_rules(tenant)
    if rules.generation != generation:
        return False
    rescoring = _begun(app, rules)
    if rescoring.finished_at is not None:
        return False
    people, cursor = _people_at(app, rules, rescoring.cursor)
    _rescore(app, tenant, people)
    after = replace(
        rescoring,
        cursor=cursor,
        people=rescoring.people + len(people),
        finished_at=None if cursor else app.clock.now(),
        moved_at=app.clock.now(),
    )
    try:
        app.scoring.save_rescoring(after)
    except Conflict:
        # Who has come further goes on; where the rules were changed, what counts stands there.
        stands = app.scoring.rescoring(tenant)
        return stands is None or stands.people <= rescoring.people
    return bool(cursor)


def _people_at(app: App, rules: ScoringRules, cursor: str) -> tuple[Sequence[PersonId], str]:
    """Who is next, and where it goes on: all who have a tally, then the members of overlaid segments.

    Some of these never did anything, and have a score by the overlay alone.
    """
    if not cursor.startswith(_OVERLAY):
        page = app.activities.scored_people(rules.tenant, PAGE, cursor)
        return page.items, page.cursor or (f"{_OVERLAY}0 " if rules.overlays else "")
    number, _, rest = cursor[len(_OVERLAY) :].partition(" ")
    segment = rules.overlays[int(number)].segment
    members = app.lists.members(rules.tenant, segment, PAGE, rest)
    people = [p for one in members.items if (p := person_of_member(one.key))]
    if members.cursor:
        return people, f"{_OVERLAY}{number} {members.cursor}"
    following = int(number) + 1
    return people, f"{_OVERLAY}{following} " if following < len(rules.overlays) else ""


def _rescore(app: App, tenant: TenantId, people: Sequence[PersonId]) -> None:
    """Their scores, then what the panels show of them."""
    rescore_people(app, tenant, people)
    project_people(app, tenant, people)


def _begun(app: App, rules: ScoringRules) -> Rescoring:
    """How far the re-score by these rules is; begun if it was not. Raises `Conflict`."""
    before = app.scoring.rescoring(rules.tenant)
    if before is not None and before.generation >= rules.generation:
        return before
    return app.scoring.save_rescoring(
        Rescoring(
            tenant=rules.tenant,
            generation=rules.generation,
            asked_by=rules.changed_by,
            started_at=app.clock.now(),
            of=app.activities.count_scored(rules.tenant),
            whole=before.through if before else 0,
            version=before.version if before else 0,
        )
    )
