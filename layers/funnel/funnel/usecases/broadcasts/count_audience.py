"""Count whom a broadcast would go to, as a job: who gets it, who does not and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from funnel.domain.broadcasts.broadcasts import Broadcast, LeftOut, OverCap, Place
from funnel.domain.errors import NotSettled
from funnel.domain.ids import ListId
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.app import App
from funnel.usecases.broadcasts.audience import Audience
from funnel.usecases.broadcasts.audience_verdicts import verdicts
from funnel.usecases.lists.settled_lists import still_worked_out

COUNT = "audience count"
_PAGES = 5
"""Pages of members that one step looks through, some seconds' worth."""


@dataclass(frozen=True, slots=True)
class AudienceCount:
    """Whom a broadcast would go to: `will_get` people, of whom `put_off` get it once the cap lets them.

    `listed` are the members that were looked at; `twice` were met before, `minus` are on a list that
    is left aside, `gone` stand for nobody, and `left` are left out, by reason.
    """

    will_get: int = 0
    put_off: int = 0
    listed: int = 0
    twice: int = 0
    minus: int = 0
    gone: int = 0
    left: Mapping[str, int] = field(default_factory=dict)


def new_count(app: App, broadcast: Broadcast, by: str) -> Job:
    """The job that counts whom the broadcast would go to, as it is planned now."""
    plan = broadcast.plan
    arguments = {
        "broadcast_id": broadcast.broadcast_id,
        "edition": broadcast.edition,
        "lists": list(plan.lists),
        "minus": list(plan.minus),
        "over_cap": plan.over_cap.value,
        "names": dict(broadcast.list_names),
    }
    return Job(broadcast.tenant, app.ids.new_id(), COUNT, by, app.clock.now(), arguments)


def counted_so_far(job: Job) -> AudienceCount:
    """What a job has counted."""
    kept = job.result.get("counted")
    return AudienceCount(**kept) if isinstance(kept, dict) else AudienceCount()


class CountWork:
    """A count as one worker does it."""

    def __init__(self, app: App, job: Job) -> None:
        self._app = app
        self._tenant = job.tenant
        lists, minus = (_ids(job.arguments[name]) for name in ("lists", "minus"))
        self._audience = Audience(app, job.tenant, lists, minus, _names(job))
        self._over_cap = OverCap(str(job.arguments["over_cap"]))

    def step(self, job: Job) -> Job:
        """The next pages. Repeated it counts the same ones again, in place of themselves.

        Raises `NotSettled` while one of the lists is being worked out: nothing counts before. What was
        counted by then is counted anew.
        """
        waits_for = self._audience.waits_for()
        if waits_for and job.result:
            return replace(job, status=JobStatus.QUEUED, result={})
        if waits_for:
            mend = "Count again when it is."
            raise NotSettled(still_worked_out(waits_for), mend=mend)
        counted = counted_so_far(job)
        place: Place | None = _place(job)
        for _ in range(_PAGES):
            if place is None:
                break
            counted, place = self._page(counted, place)
        result = {
            "counted": {
                name: getattr(counted, name) for name in AudienceCount.__dataclass_fields__
            },
            "list_at": place.list_at if place else 0,
            "cursor": place.cursor if place else "",
        }
        status = JobStatus.RUNNING if place else JobStatus.DONE
        started_at = job.started_at or self._app.clock.now()
        return replace(job, status=status, result=result, started_at=started_at)

    def _page(self, counted: AudienceCount, place: Place) -> tuple[AudienceCount, Place | None]:
        page = self._audience.page(place)
        settings = self._app.mails.mail_settings(self._tenant)
        found = verdicts(self._app, self._tenant, settings, page.people, self._over_cap).values()
        left = Counter(counted.left)
        left.update(one.left.value for one in found if one.left)
        going = [one for one in found if one.left is None]
        return (
            AudienceCount(
                counted.will_get + len(going),
                counted.put_off + sum(one.wait_until is not None for one in going),
                counted.listed + len(page.people) + page.twice + page.minus + page.gone,
                counted.twice + page.twice,
                counted.minus + page.minus,
                counted.gone + page.gone,
                {why.value: left[why.value] for why in LeftOut if left[why.value]},
            ),
            page.place,
        )


def _place(job: Job) -> Place:
    at, cursor = job.result.get("list_at", 0), job.result.get("cursor", "")
    return Place(int(str(at)), str(cursor))


def _names(job: Job) -> dict[ListId, str]:
    found = job.arguments.get("names")
    return (
        {ListId(str(i)): str(name) for i, name in found.items()} if isinstance(found, dict) else {}
    )


def _ids(found: object) -> list[ListId]:
    assert isinstance(found, list)
    return [ListId(str(one)) for one in found]
