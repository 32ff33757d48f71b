"""Ask the servers of an email's links whether their pages are there: only when somebody wants it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from funnel.domain.emails.emails import EmailId
from funnel.domain.emails.link_checks import MOST_CHECKED, LinkAnswer
from funnel.domain.errors import InputInvalid, NotFound, TooManyTries
from funnel.domain.ids import JobId, TenantId
from funnel.domain.mail.mail_html import links_of
from funnel.domain.sync.runs import ENDED_JOBS, Job
from funnel.usecases.app import App
from funnel.usecases.emails.keep_emails import email_of
from funnel.usecases.jobs.request_job import request_job

LINK_CHECK = "link check"
MOST_AN_HOUR = 30
"""Checks of a tenant: they are work for the servers of others."""

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class LinksView:
    """The links of an email to pages, and what they answered when they were asked last.

    `job_id` is the job that asks, "" for none; `problem` says why it could not.
    """

    targets: tuple[str, ...]
    job_id: str = ""
    is_running: bool = False
    results: Mapping[str, LinkAnswer] = field(default_factory=dict)
    problem: str = ""


def request_link_check(app: App, tenant: TenantId, email_id: EmailId, by: str) -> LinksView:
    """Have the links asked for.

    Raises `NotFound`, `InputInvalid` where there are none, and `TooManyTries`.
    """
    targets = _targets(app, tenant, email_id)
    if not targets:
        raise InputInvalid("There are no links to pages in this email.")
    now = app.clock.now()
    hour = f"link checks {now:%Y-%m-%dT%H}"
    if app.sites.count_try(tenant, hour, now + 2 * _HOUR) > MOST_AN_HOUR:
        raise TooManyTries(
            f"Links were checked {MOST_AN_HOUR} times within the hour.",
            mend="Try again in an hour.",
        )
    job = request_job(app, tenant, LINK_CHECK, by, {"email": email_id})
    return LinksView(targets, job.job_id, True)


def links_view(app: App, tenant: TenantId, email_id: EmailId, job_id: str = "") -> LinksView:
    """The links, with what this job has found of them. Raises `NotFound`."""
    targets = _targets(app, tenant, email_id)
    if not job_id:
        return LinksView(targets)
    job = app.sync.job(tenant, JobId(job_id))
    if job is None or job.kind != LINK_CHECK or job.arguments.get("email") != email_id:
        raise NotFound("There is no such check of links.")
    problem = job.note.text if job.note else ""
    return LinksView(targets, job_id, job.status not in ENDED_JOBS, _results(job), problem)


def check_links_of(app: App, job: Job) -> Mapping[str, object]:
    """The job's work: its result, with what each link answers."""
    if app.link_probe is None:
        raise RuntimeError("this door asks for no links")
    targets = _targets(app, job.tenant, EmailId(str(job.arguments.get("email"))))
    return {"links": {target: asdict(one) for target, one in app.link_probe.probe(targets).items()}}


def _targets(app: App, tenant: TenantId, email_id: EmailId) -> tuple[str, ...]:
    return links_of(email_of(app, tenant, email_id).html)[:MOST_CHECKED]


def _results(job: Job) -> dict[str, LinkAnswer]:
    told = job.result.get("links")
    return {
        str(target): LinkAnswer(bool(one["ok"]), str(one["answer"]), str(one["leads_to"]))
        for target, one in (told.items() if isinstance(told, dict) else ())
    }
