"""How many a rule finds, while it is written: at once of the first people, then of everybody as a job."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.segments.rule_json import rule_of, rule_to_json
from funnel.domain.segments.segments import Group
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.app import App
from funnel.usecases.segments.read_facts import THIS, for_one_rule, read_facts
from funnel.usecases.segments.segment_fields import typed_fields

SEGMENT_PREVIEW = "segment preview"
FIRST = 200
"""People looked at before the first answer."""

_PAGE = 500
_MEMBERS = 20


def new_preview(app: App, tenant: TenantId, rule: Group, by: str) -> Job:
    """The job that counts whom this rule finds, with the first people counted already.

    It may have ended with that. The rule is one that was checked (`checked_segment_rule`).
    """
    arguments = {"rule": rule_to_json(rule)}
    job = Job(tenant, app.ids.new_id(), SEGMENT_PREVIEW, by, app.clock.now(), arguments)
    return _looked_on(app, job, rule, FIRST)


class PreviewSegmentWork:
    """A preview as one worker does it."""

    def __init__(self, app: App, job: Job) -> None:
        self._app = app
        self._rule = rule_of(job.arguments["rule"], typed_fields(app, job.tenant))

    def step(self, job: Job) -> Job:
        """The next page of people. Repeated it counts the same."""
        return _looked_on(self._app, job, self._rule, _PAGE)


@dataclass(frozen=True, slots=True)
class Found:
    """What a preview has found so far; `cursor` is where it goes on, "" at the end."""

    count: int = 0
    looked_at: int = 0
    members: tuple[PersonId, ...] = ()
    cursor: str = ""

    @classmethod
    def of(cls, result: Mapping[str, object]) -> "Found":
        """What a job's result says."""
        members = result.get("members", [])
        return cls(
            int(str(result.get("count", 0))),
            int(str(result.get("looked_at", 0))),
            tuple(map(PersonId, members)) if isinstance(members, list) else (),
            str(result.get("cursor", "")),
        )


def _looked_on(app: App, job: Job, rule: Group, size: int) -> Job:
    """The job after another page."""
    before = Found.of(job.result)
    page = app.records.list_people(job.tenant, "", size, before.cursor)
    ids = [one.person_id for one in page.items]
    definitions = for_one_rule(app, job.tenant, rule)
    facts = read_facts(app, job.tenant, definitions, ids) if ids else {}
    found = [i for i in ids if i in facts and THIS in definitions.evaluator.segments_of(facts[i])]
    result: dict[str, object] = {
        "count": before.count + len(found),
        "looked_at": before.looked_at + len(ids),
        "members": [*before.members, *found][:_MEMBERS],
        "cursor": page.cursor,
    }
    status = JobStatus.RUNNING if page.cursor else JobStatus.DONE
    started_at = job.started_at or app.clock.now()
    finished_at = None if page.cursor else app.clock.now()
    return replace(
        job, status=status, result=result, started_at=started_at, finished_at=finished_at
    )
