"""Do again, for one tenant, what a restore of the tables has undone and may not leave undone."""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from funnel.domain.errors import FunnelError, Transient
from funnel.domain.ids import PersonId, derived_id
from funnel.domain.people.redos import Redo, RedoKind
from funnel.domain.sync.runs import Job, JobStatus, Note
from funnel.usecases.app import App
from funnel.usecases.consent.follow_consent import ask_about_holders
from funnel.usecases.erasing.erase_person import ERASE, EraseWork

_PAGE = 5
"""An erasure takes seconds; whether there is time for more is asked between pages."""
_UNEXPECTED = "Unexpected"
logger = logging.getLogger(__name__)


class RedoWork:
    """A page of what is left at each step; one that fails stays, and keeps none of the others back.

    `result` is how many were `done`, by kind, and how many `failed`, by code. Who had been merged into
    another comes last: whoever that is takes them along, and has the proof.
    """

    def __init__(self, app: App, job: Job) -> None:
        self._app = app
        self._tenant = job.tenant

    def step(self, job: Job) -> Job:
        """The next page. What passes is raised, as by any job."""
        merged_too = bool(job.arguments.get("merged_too"))
        done, failed = _counts(job, "done"), _counts(job, "failed")
        page = self._app.redos.redos(self._tenant, _PAGE, str(job.arguments.get("cursor") or ""))
        for redo in page.items:
            if not merged_too and self._is_merged(redo):
                continue
            try:
                self._do(job, redo)
            except Transient:
                raise
            except FunnelError as error:
                logger.warning("not done again", extra={"code": error.code})
                failed[error.code] += 1
            except Exception:
                logger.exception("not done again", extra={"kind": redo.kind.value})
                failed[_UNEXPECTED] += 1
            else:
                self._app.redos.redone(redo)
                done[redo.kind.value] += 1
        after = replace(job, result={"done": dict(done), "failed": dict(failed)})
        if page.cursor:
            return _at(after, merged_too=merged_too, cursor=page.cursor)
        if failed:
            text = f"{sum(failed.values())} could not be done again."
            note = Note("NotRedone", text, "The log says why; mend it, then ask for it again.")
            return replace(after, status=JobStatus.FAILED, note=note)
        if not merged_too:
            return _at(after, merged_too=True)
        return replace(after, status=JobStatus.DONE)

    def _do(self, job: Job, redo: Redo) -> None:
        if redo.kind is RedoKind.ERASE:
            self._erase(job, PersonId(redo.of), redo.by)
            return
        consent = self._app.records.consents(self._tenant, [redo.of]).get(redo.of)
        if consent is not None:
            ask_about_holders(self._app, consent)

    def _erase(self, job: Job, person_id: PersonId, by: str) -> None:
        """Erase it by the use case, unless it was not there then, or went with who it is part of."""
        person = self._app.records.people(self._tenant, [person_id]).get(person_id)
        if person is None:
            return
        if person.erased and self._app.erasures.erasure(self._tenant, person_id) is None:
            return
        keys = [str(link.key) for link in person.links]
        erasing = Job(
            self._tenant,
            derived_id(job.job_id, person_id),
            ERASE,
            by or job.requested_by,
            job.created_at,
            {"person_id": person_id, "records": keys},
        )
        EraseWork(self._app, erasing).step(erasing)

    def _is_merged(self, redo: Redo) -> bool:
        if redo.kind is not RedoKind.ERASE:
            return False
        person_id = PersonId(redo.of)
        person = self._app.records.people(self._tenant, [person_id]).get(person_id)
        return person is not None and bool(person.merged_into)


def _at(job: Job, **place: object) -> Job:
    return replace(job, status=JobStatus.RUNNING, arguments=place)


def _counts(job: Job, name: str) -> Counter[str]:
    found = job.result.get(name)
    return Counter(found) if isinstance(found, Mapping) else Counter()
