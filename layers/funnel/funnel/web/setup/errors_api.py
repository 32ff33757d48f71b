"""The error report's API: what its pages show and do, as JSON."""

from dataclasses import dataclass

from funnel.domain.signing_in.tenants import Role
from funnel.usecases.error_report.view_errors import (
    ErrorReport,
    GroupPage,
    error_report,
    group_rows,
)
from funnel.web.asked import Asked
from funnel.web.replies import Reply
from funnel.web.room import CSV, PAGING, Room
from funnel.web.setup.api import JobStarted
from funnel.web.setup.reporting import FILTER, ask_again, csv_reply, filter_of, record_key
from funnel.web.words import Words

room = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class WantedTry:
    """What to try again, as `Module/id`: a record, or all that goes back to one; both "": all."""

    root: str = ""
    record: str = ""


@room.api(
    "GET",
    "/api/setup/errors",
    "The error report by root cause",
    ErrorReport,
    queries=(*FILTER, *PAGING),
)
def errors(asked: Asked) -> ErrorReport:
    """A page of the report."""
    words = Words(asked.texts, asked.app.clock.now())
    wanted = filter_of(asked)
    return error_report(asked.app, asked.tenant, words.explain, wanted=wanted, **asked.paging())


@room.api(
    "GET",
    "/api/setup/errors/cause",
    "All that goes back to one record (root=Module/id)",
    GroupPage,
    queries=(*FILTER, "root", *PAGING),
)
def cause(asked: Asked) -> GroupPage:
    """A page of the rows of one cause."""
    words = Words(asked.texts, asked.app.clock.now())
    root, wanted = record_key(asked.query("root")), filter_of(asked)
    return group_rows(asked.app, asked.tenant, words.explain, root, wanted=wanted, **asked.paging())


@room.api(
    "POST",
    "/api/setup/errors/try-again",
    "Try again: one record, all that goes back to one, or everything",
    JobStarted,
    body=WantedTry,
    status=202,
)
def send_again(asked: Asked) -> JobStarted:
    """Have it tried by a worker; asked again meanwhile, it is the same job."""
    wanted = asked.json(WantedTry)
    return JobStarted(ask_again(asked, wanted.root, wanted.record).job_id)


@room.api(
    "GET",
    "/api/setup/errors.csv",
    "The error report as CSV; what it does not hold is behind the header Link (rel=next)",
    Reply,
    content_type=CSV,
    queries=(*FILTER, "cursor"),
)
def errors_csv(asked: Asked) -> Reply:
    """The report as a file."""
    return csv_reply(asked)
