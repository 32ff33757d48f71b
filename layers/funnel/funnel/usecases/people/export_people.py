"""Export the people a filter finds as CSV files, as a job: written part by part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from funnel.domain.consent.consent import Consent
from funnel.domain.crm import Value
from funnel.domain.csv_files import write_csv
from funnel.domain.ids import TenantId
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.app import App
from funnel.usecases.jobs.view_export import EXPORT
from funnel.usecases.people.find_people import look
from funnel.usecases.people.people_filter import PeopleFilter
from funnel.usecases.view_common import Owners

PART = 20_000
"""Rows of one file, 10 MB or so; a file is in memory while it is written."""

_PAGE = 500
_MOST_LOOKED = 40_000
"""People that one step looks through, whatever it finds: well within a worker's time."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a field of people, or one of `MORE`."""

    name: str
    title: str


EMAIL, OTHERS, OPTED_OUT, OWNER, IN_SUGAR, CREATED, CHANGED = MORE = (
    "email",
    "other_emails",
    "email_opt_out",
    "owner",
    "in_sugar",
    "created_at",
    "changed_at",
)


def new_export(
    app: App, tenant: TenantId, wanted: PeopleFilter, columns: Sequence[Column], by: str
) -> Job:
    """The job of an export of these people, in these columns."""
    arguments = {
        "filter": asdict(wanted),
        "columns": [one.name for one in columns],
        "titles": [one.title for one in columns],
    }
    return Job(tenant, app.ids.new_id(), EXPORT, by, app.clock.now(), arguments)


class ExportWork:
    """An export as one worker does it."""

    def __init__(self, app: App, job: Job) -> None:
        self._app = app
        self._tenant = job.tenant
        self._wanted = _filter_in(job)
        self._columns = _texts(job.arguments["columns"])
        self._titles = _texts(job.arguments["titles"])

    def step(self, job: Job) -> Job:
        """The next file. Repeated it is written again in place of itself."""
        parts = job.result.get("parts", [])
        parts = list(parts) if isinstance(parts, list) else []
        cursor = str(job.result.get("cursor", ""))
        rows: list[tuple[str, ...]] = []
        for people, at in self._pages(cursor):
            rows += self._rows(people)
            cursor = at
            if len(rows) >= PART:
                break
        if rows or not parts:
            name = f"exports/{job.job_id}-{len(parts) + 1}.csv"
            data = write_csv([self._titles, *rows]).encode()
            self._app.files.put(job.tenant, name, data, "text/csv; charset=utf-8")
            parts.append({"name": name, "rows": len(rows)})
        total = int(str(job.result.get("rows", 0))) + len(rows)
        status = JobStatus.RUNNING if cursor else JobStatus.DONE
        result = {"parts": parts, "cursor": cursor, "rows": total}
        started_at = job.started_at or self._app.clock.now()
        return replace(job, status=status, result=result, started_at=started_at)

    def _pages(self, cursor: str) -> Iterator[tuple[Sequence[Person], str]]:
        """Pages with the place behind each; not too many for one step."""
        looked = 0
        while looked < _MOST_LOOKED:
            seen = look(self._app, self._tenant, self._wanted, cursor, _PAGE)
            cursor = seen.cursor
            looked += max(seen.looked, 1)
            yield seen.people, cursor
            if not cursor:
                return

    def _rows(self, people: Sequence[Person]) -> list[tuple[str, ...]]:
        emails = {email for one in people for email in one.emails}
        consents = self._app.records.consents(self._tenant, emails) if emails else {}
        ids = [link.owner_id for one in people for link in one.links]
        owners = Owners(self._app, self._tenant, ids)
        return [self._row(one, consents, owners) for one in people]

    def _row(self, one: Person, consents: Mapping[str, Consent], owners: Owners) -> tuple[str, ...]:
        main = one.emails[0] if one.emails else ""
        consent = consents.get(main)
        owner = owners.view(one.links[0].owner_id) if one.links else None
        more: dict[str, Value] = {
            EMAIL: main,
            OTHERS: ", ".join(one.emails[1:]),
            OPTED_OUT: True if consent and consent.opt_out.value else None,
            OWNER: owner.name if owner else "",
            IN_SUGAR: ", ".join(dict.fromkeys(link.key.module.value for link in one.links)),
            CREATED: one.created_at.isoformat(timespec="seconds"),
            CHANGED: one.changed_at.isoformat(timespec="seconds"),
        }
        return tuple(
            _text(more[name] if name in more else one.fields.get(name)) for name in self._columns
        )


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _texts(found: object) -> list[str]:
    assert isinstance(found, list)
    return [str(one) for one in found]


def _filter_in(job: Job) -> PeopleFilter:
    kept = job.arguments["filter"]
    assert isinstance(kept, dict)
    return PeopleFilter.of(kept)
