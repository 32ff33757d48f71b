"""The error report: by root cause, one cause whole, as CSV, and trying again."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from funnel.domain.errors import FunnelError, NotFound
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.records import Direction
from funnel.domain.sync.runs import Job
from funnel.usecases.error_report.error_filter import ErrorFilter
from funnel.usecases.error_report.export_errors import export_errors
from funnel.usecases.error_report.try_again import is_under_way, tries, try_again
from funnel.usecases.error_report.view_errors import MOST_OF_GROUP, error_report, group_rows
from funnel.usecases.sync.view_sync import held_back
from funnel.usecases.view_common import RecordRef
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, download, see_other
from funnel.web.room import Room
from funnel.web.words import Words

room = Room(needs=Role.ADMIN)

SHOWN_OF_GROUP = 20
FILTER = ("module", "code", "direction", "q")

COLUMNS = (
    "direction",
    "object",
    "name",
    "link",
    "field",
    "value",
    "cause",
    "mend",
    "root",
    "code",
    "first_seen",
    "last_seen",
)


@room.page("GET", "/setup/errors")
def show(asked: Asked) -> Reply:
    """The report."""
    return _report(asked, "setup/errors.html")


@room.page("GET", "/setup/errors/live")
def live(asked: Asked) -> Reply:
    """The part of it that changes while something is tried again."""
    return _report(asked, "setup/errors_live.html")


@room.page("GET", "/setup/errors/cause")
def show_cause(asked: Asked) -> Reply:
    """Everything that goes back to one record."""
    return _cause(asked, "setup/errors_cause.html")


@room.page("GET", "/setup/errors/cause/live")
def live_cause(asked: Asked) -> Reply:
    """The part of it that changes while something is tried again."""
    try:
        return _cause(asked, "setup/errors_cause_live.html")
    except NotFound:
        title = asked.texts("errors.title")
        return page(
            asked, "setup/errors_cause_live.html", title=title, found=None, **_progress(asked, {})
        )


@room.page("POST", "/setup/errors/try-again")
def send_again(asked: Asked) -> Reply:
    """Try a record, a cause or everything again, and go back to where that was asked."""
    root, record = asked.form_value("root"), asked.form_value("record")
    back = asked.form_value("back")
    where = "/setup/errors/cause" if back else "/setup/errors"
    stayed = {name: asked.form_value(name) for name in (*FILTER, "cursor")}
    values = {"root": back} if back else {}
    values |= {name: value for name, value in stayed.items() if value}
    try:
        ask_again(asked, root, record)
    except NotFound:
        return see_other("/setup/errors?saved=gone")
    except FunnelError as error:
        return _report(asked, "setup/errors.html", error)
    return see_other(f"{where}?{urlencode({**values, 'saved': 'tried'})}")


@room.page("GET", "/setup/errors.csv")
def as_csv(asked: Asked) -> Reply:
    """All of it, for a spreadsheet."""
    return csv_reply(asked)


def ask_again(asked: Asked, root: str, record: str) -> Job:
    """Try again what these keys name, "" for no such one; everything without any."""
    return try_again(
        asked.app,
        asked.tenant,
        asked.who.user_name,
        root=record_key(root) if root else None,
        record=record_key(record) if record else None,
    )


def csv_reply(asked: Asked) -> Reply:
    """The report, or the part that the filter leaves, as a CSV file.

    Where it does not hold everything its last line says so, with the address of the next part,
    which is also a `Link` with `rel="next"`.
    """
    words = Words(asked.texts, asked.app.clock.now())
    titles = tuple(asked.texts(f"csv.{column}") for column in COLUMNS)
    wanted, cursor = filter_of(asked), asked.query("cursor")
    found = export_errors(asked.app, asked.tenant, words.explain, titles, cursor, wanted)
    if not found.cursor:
        return download(found.text, "funnel-errors.csv", "text/csv; charset=utf-8")
    rest = f"{asked.path}?{urlencode({**_values(asked), 'cursor': found.cursor})}"
    line = asked.texts("csv.rest", address=f"{asked.public_url}{rest}")
    text = f'{found.text}"{line}"\r\n'
    reply = download(text, "funnel-errors-part.csv", "text/csv; charset=utf-8")
    reply.headers["Link"] = f'<{rest}>; rel="next"'
    return reply


FILTER = ("module", "code", "direction", "q")


def filter_of(asked: Asked) -> ErrorFilter:
    """The filter of a query."""
    return ErrorFilter(
        asked.query("module"), asked.query("code"), asked.query("direction"), asked.query("q")
    )


def record_key(text: str) -> RecordKey:
    """A record as `Module/id`. Raises `NotFound` for anything else."""
    try:
        key = RecordKey.parse(text)
    except ValueError:
        raise NotFound("There is no such record.") from None
    if not key.sugar_id:
        raise NotFound("A module is tried again by syncing it.", mend="Choose “Sync now”.")
    return key


def _report(asked: Asked, template: str, error: FunnelError | None = None) -> Reply:
    words = Words(asked.texts, asked.app.clock.now())
    wanted, cursor = filter_of(asked), asked.query("cursor")
    report = error_report(asked.app, asked.tenant, words.explain, cursor, wanted)
    rows = [row for group in report.items for row in group.own + group.blocked]
    tried = tries(asked.app, asked.tenant, [_key(group.root) for group in report.items])
    return page(
        asked,
        template,
        title=asked.texts("errors.title"),
        status=status_of(error) if error else 200,
        error=error_body(error) if error else None,
        report=report,
        records=len({_key(row.record) for row in rows if row.record.sugar_id}),
        # What is counted with a filter is on the page alone: the report does not count the rest of it.
        held=None if wanted else held_back(asked.app, asked.tenant),
        more=any(group.more for group in report.items) or bool(report.cursor or cursor),
        wanted=wanted,
        values=_values(asked),
        here_values=_values(asked, cursor=cursor),
        cursor=cursor,
        modules=tuple(Module),
        codes=_codes(asked, (row.code for row in rows)),
        directions=tuple(Direction),
        most=SHOWN_OF_GROUP,
        most_read=MOST_OF_GROUP,
        **_progress(asked, tried),
    )


def _cause(asked: Asked, template: str) -> Reply:
    words = Words(asked.texts, asked.app.clock.now())
    root, cursor = record_key(asked.query("root")), asked.query("cursor")
    wanted = filter_of(asked)
    found = group_rows(asked.app, asked.tenant, words.explain, root, cursor, wanted)
    tried = tries(asked.app, asked.tenant, [root], [_key(one.record) for one in found.items])
    return page(
        asked,
        template,
        title=found.root.name or asked.texts("unnamed"),
        found=found,
        root=root,
        cursor=cursor,
        values=_values(asked, root=str(root)),
        here_values=_values(asked, root=str(root), cursor=cursor),
        **_progress(asked, tried),
    )


def _progress(asked: Asked, tried: dict[str, Job]) -> dict[str, Any]:
    """What is being tried, how the last try of each ended, and what was just asked for."""
    now = asked.app.clock.now()
    flash = {"tried": "errors.try.sent", "gone": "errors.try.gone"}.get(asked.query("saved"))
    return {
        "trying": {what for what, job in tried.items() if is_under_way(job, now)},
        "tried": tried,
        "flash": asked.texts(flash) if flash else "",
    }


def _codes(asked: Asked, there: Iterable[str]) -> list[tuple[str, str]]:
    """Causes to choose from, by name: those of the catalogue, and others that are there."""
    known = [
        key.split(".")[1]
        for key in asked.texts.entries
        if key.startswith("cause.") and key.endswith(".name")
    ]
    names = {code: asked.texts.get(f"cause.{code}.name") or code for code in (*known, *there)}
    return sorted(names.items(), key=lambda pair: pair[1].casefold())


def _values(asked: Asked, **more: str) -> dict[str, str]:
    """The filter as it stands in addresses."""
    asked_for = {name: asked.query(name).strip() for name in FILTER}
    return {name: value for name, value in {**asked_for, **more}.items() if value}


def _key(ref: RecordRef) -> RecordKey:
    return RecordKey(ref.module, SugarId(ref.sugar_id))
