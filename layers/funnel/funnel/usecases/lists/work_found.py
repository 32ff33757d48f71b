"""Count everybody whom a search finds, and put them on a list made by hand, step by step."""

from collections.abc import Mapping
from dataclasses import replace

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.app import App
from funnel.usecases.lists.change_list import list_in_use
from funnel.usecases.lists.keep_lists import put_on_list
from funnel.usecases.people.find_people import look
from funnel.usecases.people.people_filter import PeopleFilter

FOUND, PUT_FOUND = "people found", "people put on a list"

MOST_FOUND = 100_000
"""People whom one search may put on a list."""

_COUNTED_AT_ONCE, _COUNTED_PAGES = 500, 10
_PUT_AT_ONCE = 200
"""People of one step: some seconds' worth."""


def people_of(job: Job) -> int:
    """How many people it has counted, or put on, so far."""
    return int(str(job.result.get("people", 0)))


def filter_in(job: Job) -> PeopleFilter:
    """Whom the job is about."""
    kept = job.arguments["filter"]
    assert isinstance(kept, Mapping)
    return PeopleFilter.of(kept)


class FoundWork:
    """A count as one worker does it. It ends at one more than can be put on a list."""

    def __init__(self, app: App, job: Job) -> None:
        self._app = app
        self._wanted = filter_in(job)

    def step(self, job: Job) -> Job:
        """The next few thousand."""
        people, cursor = people_of(job), str(job.result.get("cursor", ""))
        for _ in range(_COUNTED_PAGES):
            seen = look(self._app, job.tenant, self._wanted, cursor, _COUNTED_AT_ONCE)
            people, cursor = people + len(seen.people), seen.cursor
            if not cursor or people > MOST_FOUND:
                break
        over = not cursor or people > MOST_FOUND
        return _after(self._app, job, min(people, MOST_FOUND + 1), cursor, over=over)


class PutFoundWork:
    """Putting them on as one worker does it. Who is on the list stays, so that a step may be repeated."""

    def __init__(self, app: App, job: Job) -> None:
        self._app = app
        self._wanted = filter_in(job)
        self._list_id = ListId(str(job.arguments["list"]))

    def step(self, job: Job) -> Job:
        """The next of them. Raises `InputInvalid` once the list is retired, and for too many."""
        list_in_use(self._app, job.tenant, self._list_id)
        done, cursor = people_of(job), str(job.result.get("cursor", ""))
        seen = look(self._app, job.tenant, self._wanted, cursor, _PUT_AT_ONCE)
        if done + len(seen.people) > MOST_FOUND:
            raise too_many()
        ids = [one.person_id for one in seen.people]
        put_on_list(self._app, job.tenant, self._list_id, ids)
        return _after(self._app, job, done + len(ids), seen.cursor, over=not seen.cursor)


def _after(app: App, job: Job, people: int, cursor: str, *, over: bool) -> Job:
    status = JobStatus.DONE if over else JobStatus.RUNNING
    result = {"people": people, "cursor": "" if over else cursor}
    started_at = job.started_at or app.clock.now()
    return replace(job, status=status, result=result, started_at=started_at)


def too_many() -> InputInvalid:
    """What is said of a search that finds more."""
    return InputInvalid(
        f"A search puts {MOST_FOUND:,} people on a list at most.",
        mend="Narrow it down, by owner or score for instance, and put the rest on after it.",
    )
