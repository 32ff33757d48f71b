"""Exporting the people that a filter finds."""

from dataclasses import dataclass

from funnel.domain.ids import JobId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import ENDED_JOBS, Job
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.jobs.view_export import ExportView, export_view
from funnel.usecases.people.edit_person import editable
from funnel.usecases.people.export_people import MORE, PART, Column, new_export
from funnel.web.asked import Asked
from funnel.web.marketing.finding import FILTER, filter_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room
from funnel.web.words import Words

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class NoBody:
    """An object without fields: the query says all there is to say."""


_FIRST = 3
"""Columns of `MORE` that come before the fields: the addresses and the opt-out."""


@room.page("POST", "/app/exports")
def on_export(asked: Asked) -> Reply:
    """Export whom the address's query finds, and go to how far that is."""
    return see_other(f"/app/exports/{_begun(asked).job_id}")


@room.page("GET", "/app/exports/<job_id>")
def show(asked: Asked, job_id: str) -> Reply:
    """How far it is, and its files."""
    return _show(asked, "people/export.html", job_id)


@room.page("GET", "/app/exports/<job_id>/live")
def live(asked: Asked, job_id: str) -> Reply:
    """The part of it that changes."""
    return _show(asked, "people/export_live.html", job_id)


@room.api(
    "POST",
    "/api/app/exports",
    "Export the people that the query finds as CSV files; ask after it until it is done",
    ExportView,
    status=202,
    queries=FILTER,
)
def export(asked: Asked) -> ExportView:
    """Begin an export. Whom of is said by the query; a body that says so too is refused."""
    asked.json(NoBody)
    return export_view(asked.app, asked.tenant, JobId(_begun(asked).job_id))


@room.api("GET", "/api/app/exports/<job_id>", "An export with its files", ExportView)
def one(asked: Asked, job_id: str) -> ExportView:
    """One export."""
    return export_view(asked.app, asked.tenant, JobId(job_id))


def _begun(asked: Asked) -> Job:
    wanted = filter_of(asked)
    job = new_export(asked.app, asked.tenant, wanted, _columns(asked), asked.who.user_name)
    return ask_for(asked.app, job)


def _columns(asked: Asked) -> list[Column]:
    words = Words(asked.texts, asked.app.clock.now())
    more = [Column(name, asked.texts(f"export.column.{name}")) for name in MORE]
    fields = [Column(one.name, one.label) for one in editable(asked.app, asked.tenant, words.field)]
    return [*more[:_FIRST], *fields, *more[_FIRST:]]


def _show(asked: Asked, template: str, job_id: str) -> Reply:
    view = export_view(asked.app, asked.tenant, JobId(job_id))
    return page(
        asked,
        template,
        title=asked.texts("export.title"),
        view=view,
        most=PART,
        going=view.status not in ENDED_JOBS,
    )
