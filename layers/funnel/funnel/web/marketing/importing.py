"""Importing people from a CSV file: bring it, look what it would do, start it, see how far it is."""

from contextlib import suppress
from dataclasses import dataclass

from funnel.domain.csv_files import MOST_BYTES, MOST_ROWS
from funnel.domain.errors import Conflict, FunnelError, InputInvalid
from funnel.domain.ids import JobId, ListId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.written_numbers import WRITTEN, NumberStyle, typed_written
from funnel.domain.people.importing import OPTED_OUT
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import ENDED_JOBS
from funnel.usecases.jobs.people_jobs import job_about_people
from funnel.usecases.lists.name_to_list import list_called
from funnel.usecases.lists.put_imported import start_import
from funnel.usecases.lists.view_lists import Show, lists_by_hand
from funnel.usecases.people.import_people import IMPORT, take_file
from funnel.usecases.people.view_import import ImportView, Look, import_view
from funnel.web.asked import Asked
from funnel.web.errors import error_body, form_error, status_of
from funnel.web.jsonable import FileText, read
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room
from funnel.web.words import Words

room = Room(needs=Role.MARKETER)

_AS_SENT = Look(numbers=NumberStyle.PLAIN)
"""What a program is shown that did not say how to look."""


@dataclass(frozen=True, slots=True)
class FileToImport:
    """A CSV file: what it is called and its text; its first row names the columns."""

    title: str
    text: FileText


@dataclass(frozen=True, slots=True)
class ImportColumns:
    """Of each column of the file the field it is, "" to leave it out.

    With `only_empty` values that are here already stay. `numbers` is how the file writes them: 1250.50
    (plain), 1,250.50 (point) or 1.250,50 (comma). Whoever is brought is put on the `list` made by
    hand of this id, or on a new one that is called `new_list`.
    """

    columns: tuple[str, ...]
    only_empty: bool = False
    list: str = ""
    new_list: str = ""
    numbers: NumberStyle = NumberStyle.PLAIN


@room.page("GET", "/app/imports/new")
def ask_file(asked: Asked) -> Reply:
    """The form for a file."""
    return _ask(asked)


@room.page("POST", "/app/imports/new")
def on_file(asked: Asked) -> Reply:
    """Take the file, and go to what it would do."""
    try:
        title, data = asked.file("file")
        if not title:
            raise InputInvalid(asked.texts("import.no_file"), field="file")
        job = take_file(asked.app, asked.tenant, title, data, asked.who.user_name)
    except InputInvalid as error:
        return _ask(asked, error)
    return see_other(f"/app/imports/{job.job_id}")


@room.page("GET", "/app/imports/<job_id>")
def show(asked: Asked, job_id: str) -> Reply:
    """What it would do; once it is started, how far it is."""
    return _show(asked, "people/import.html", _view(asked, job_id))


@room.page("GET", "/app/imports/<job_id>/live")
def live(asked: Asked, job_id: str) -> Reply:
    """The part of it that changes."""
    return _show(asked, "people/import_live.html", _view(asked, job_id))


@room.page("POST", "/app/imports/<job_id>/look")
def look(asked: Asked, job_id: str) -> Reply:
    """What it would do with other columns."""
    try:
        view = _view(asked, job_id, _sent(asked))
    except InputInvalid as error:
        return _refused(asked, job_id, error)
    return _show(asked, "people/import.html", view)


@room.page("POST", "/app/imports/<job_id>/start")
def on_start(asked: Asked, job_id: str) -> Reply:
    """Carry it out; where how numbers are written makes a difference only once that was asked."""
    try:
        sent = _sent(asked)
        wish = _wish(asked, sent)
        if sent.numbers is None and _is_doubtful(asked, job_id, sent):
            raise InputInvalid(asked.texts("import.numbers.choose"), field="numbers")
        _start(asked, job_id, wish)
    except (InputInvalid, Conflict) as error:
        return _refused(asked, job_id, error)
    return see_other(f"/app/imports/{job_id}")


@room.api(
    "POST",
    "/api/app/imports",
    "Bring a CSV file of people, 4 MB and 20,000 rows at most; nothing is changed yet",
    ImportView,
    body=FileToImport,
    status=201,
)
def bring(asked: Asked) -> ImportView:
    """Take a file."""
    wish = asked.json(FileToImport)
    data = wish.text.encode(errors="replace")
    job = take_file(asked.app, asked.tenant, wish.title, data, asked.who.user_name)
    return _view(asked, job.job_id, _AS_SENT)


@room.api(
    "GET",
    "/api/app/imports/<job_id>",
    "An import: what its first rows would do, or how far it is",
    ImportView,
)
def one(asked: Asked, job_id: str) -> ImportView:
    """One import."""
    return _view(asked, job_id, _AS_SENT)


@room.api(
    "POST",
    "/api/app/imports/<job_id>/look",
    "What the first rows would do with these columns",
    ImportView,
    body=ImportColumns,
)
def look_at(asked: Asked, job_id: str) -> ImportView:
    """A look with other columns."""
    wish = asked.json(ImportColumns)
    return _view(asked, job_id, Look(wish.columns, wish.only_empty, wish.numbers))


@room.api(
    "POST",
    "/api/app/imports/<job_id>/start",
    "Carry an import out; ask after it until it is done. 409 while another import of the same file is "
    "not over. Opting people out needs consent:write too, a list lists:write",
    ImportView,
    body=ImportColumns,
    status=202,
)
def start(asked: Asked, job_id: str) -> ImportView:
    """Start it; started already it goes on as it is."""
    _start(asked, job_id, asked.json(ImportColumns))
    return _view(asked, job_id, _AS_SENT)


def _start(asked: Asked, job_id: str, wish: ImportColumns) -> None:
    job = job_about_people(asked.app, asked.tenant, JobId(job_id), IMPORT)
    if job.status in ENDED_JOBS:
        return
    if OPTED_OUT in wish.columns:
        asked.need_scope("consent:write")
    if wish.list or wish.new_list:
        asked.need_scope("lists:write")
    onto = ListId(wish.list) if wish.list else None
    start_import(
        asked.app,
        job,
        wish.columns,
        only_empty=wish.only_empty,
        onto=onto,
        new_list=wish.new_list,
        numbers=wish.numbers,
    )


def _view(asked: Asked, job_id: str, look: Look | None = None) -> ImportView:
    """The import, on a page as one looks at it first where nothing is said."""
    words = Words(asked.texts, asked.app.clock.now())
    look = look or Look(region=_region(asked))
    return import_view(asked.app, asked.tenant, JobId(job_id), words.field, look)


def _region(asked: Asked) -> NumberStyle:
    """How numbers are written where the reader is."""
    return NumberStyle.COMMA if asked.texts.locale.style.point == "," else NumberStyle.POINT


def _sent(asked: Asked) -> Look:
    """What the form chose for the columns, `c0`, `c1` and so on, and for numbers, if it was asked."""
    form = asked.form()
    columns = [form[f"c{at}"][0] for at in range(len(form)) if f"c{at}" in form]
    chosen = asked.form_value("numbers")
    numbers = read(NumberStyle, chosen) if chosen else None
    return Look(tuple(columns), "only_empty" in form, numbers, _region(asked))


def _wish(asked: Asked, sent: Look) -> ImportColumns:
    """The same with the list; one that was named goes before."""
    onto, name = asked.form_value("list"), asked.form_value("list_name").strip()
    if name:
        onto = list_called(asked.app, asked.tenant, name, Show.MANUAL, "list_name").list_id
    return ImportColumns(
        tuple(sent.columns or ()),
        sent.only_empty,
        onto,
        asked.form_value("new_list"),
        sent.numbers or NumberStyle.PLAIN,
    )


def _is_doubtful(asked: Asked, job_id: str, sent: Look) -> bool:
    """Whether how numbers are written makes a difference; of columns that cannot be, the start says so."""
    with suppress(InputInvalid):
        return _view(asked, job_id, sent).number_cells is not None
    return False


def _refused(asked: Asked, job_id: str, error: FunnelError) -> Reply:
    """The form as it was sent; with columns that cannot be, what they are likely to be."""
    with suppress(InputInvalid):
        return _show(asked, "people/import.html", _view(asked, job_id, _sent(asked)), error)
    return _show(asked, "people/import.html", _view(asked, job_id), error)


def _ask(asked: Asked, error: FunnelError | None = None) -> Reply:
    return page(
        asked,
        "people/import_new.html",
        title=asked.texts("import.title"),
        status=status_of(error) if error else 200,
        error=error_body(error) if error else None,
        most_rows=MOST_ROWS,
        most_megabytes=MOST_BYTES // 1_000_000,
    )


def _show(asked: Asked, template: str, view: ImportView, error: FunnelError | None = None) -> Reply:
    form = asked.form() if asked.method == "POST" else {}
    return page(
        asked,
        template,
        title=asked.texts("import.of", title=view.title),
        status=status_of(error) if error else 200,
        view=view,
        styles=WRITTEN,
        doubtful=_in_each_style(view),
        kinds={one.name: one.type for one in view.choices},
        going=view.started and view.status not in ENDED_JOBS,
        error=form_error(error, ("columns",)) if error else None,
        choosable=None if view.started else lists_by_hand(asked.app, asked.tenant),
        sent={one: "".join(form.get(one, [])[:1]) for one in ("list", "list_name", "new_list")},
    )


def _in_each_style(view: ImportView) -> dict[NumberStyle, str]:
    """What a cell that can be read both ways is in each; nothing where there is none."""
    cell = view.number_cells.doubtful if view.number_cells else ""
    kind = FieldType.DECIMAL
    return {one: str(typed_written(kind, "", cell, one)) for one in WRITTEN} if cell else {}
