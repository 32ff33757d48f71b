"""Tells whoever asked for it how trying again went."""

from dataclasses import dataclass, replace

from funnel.domain.errors import Conflict, FunnelError
from funnel.domain.ids import JobId, TenantId
from funnel.domain.sync.runs import Job, JobStatus, Note
from funnel.usecases.app import App


@dataclass(frozen=True, slots=True)
class HealJob:
    """The job of a `Heal`; with an empty id nobody waits, and nothing is told."""

    app: App
    tenant: TenantId
    job_id: JobId

    def begun(self) -> None:
        """A worker has taken it up, or goes on with it."""
        now = self.app.clock.now()
        self._save(status=JobStatus.RUNNING, started_at=now)

    def done(self) -> None:
        """Everything was read again."""
        self._save(status=JobStatus.DONE, finished_at=self.app.clock.now(), note=None)

    def failed(self, error: FunnelError) -> None:
        """Not everything was; the rows stay open and are looked at every night."""
        note = Note(error.code, error.text, error.mend)
        self._save(status=JobStatus.FAILED, finished_at=self.app.clock.now(), note=note)

    def _save(self, **changes: object) -> None:
        job: Job | None = None
        if self.job_id:
            job = self.app.sync.job(self.tenant, self.job_id)
        if job is None:
            return
        try:
            self.app.sync.save_job(replace(job, **changes))  # type: ignore[arg-type]
        except Conflict:
            return
