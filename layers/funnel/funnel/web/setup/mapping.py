"""Field mappings: a tab for Accounts, Contacts and Leads, a preview, and fields of one's own."""

from collections.abc import Sequence

from funnel.domain.errors import FunnelError, InputInvalid, NotFound
from funnel.domain.ids import JobId, Module
from funnel.domain.mapping.fields import FieldType, subject_of
from funnel.domain.mapping.mapping import MAPPED_MODULES, Flow, Rule
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.connecting.connect import job_of
from funnel.usecases.mapping.map_fields import (
    WantedMapping,
    add_custom_field,
    mapped_module,
    remove_custom_field,
    save_mappings,
)
from funnel.usecases.mapping.mapping_jobs import (
    FIELD_LIST,
    MAPPING_PREVIEW,
    names_in,
    request_field_list,
    request_preview,
    wanted_in,
)
from funnel.usecases.mapping.view_mappings import MappingsView, mappings_of
from funnel.web.asked import Asked
from funnel.web.errors import form_error, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room
from funnel.web.words import Words

room = Room(needs=Role.ADMIN)

BLANK_ROWS = 3
Rows = list[dict[str, str]]


@room.page("GET", "/setup/mappings")
def begin(_asked: Asked) -> Reply:
    """The first tab."""
    return see_other(f"/setup/mappings/{MAPPED_MODULES[0].value}")


@room.page("GET", "/setup/mappings/<module>")
def show(asked: Asked, module: str) -> Reply:
    """A tab, filled with the mapping that is used, or with one that was tried."""
    found = mapped_module(module)
    if asked.app.sync.connection(asked.tenant) is None:
        return see_other("/setup/connect")
    job_id = asked.query("job")
    tried = _rows(wanted_in(_job(asked, found, job_id))) if job_id else None
    return _show(asked, found, tried)


@room.page("POST", "/setup/mappings/<module>")
def change(asked: Asked, module: str) -> Reply:
    """Save, try or reset the mapping, or read Sugar's fields again, as the button says."""
    found, action = mapped_module(module), asked.form_value("action")
    by = asked.who.user_name
    sent: Rows = []
    try:
        if action == "read":
            job = request_field_list(asked.app, asked.tenant, by, found)
            return see_other(f"/setup/mappings/{module}/jobs/{job.job_id}")
        if action == "standard":
            save_mappings(asked.app, asked.tenant, found, None)
            return see_other(f"/setup/mappings/{module}?saved=mappings")
        sent = _sent_rows(asked)
        wanted = _wanted(sent)
        if action == "preview":
            job = request_preview(asked.app, asked.tenant, by, found, wanted)
            return see_other(f"/setup/mappings/{module}/jobs/{job.job_id}")
        save_mappings(asked.app, asked.tenant, found, wanted)
    except FunnelError as error:
        return _show(asked, found, sent or None, error)
    return see_other(f"/setup/mappings/{module}?saved=mappings")


@room.page("POST", "/setup/mappings/<module>/fields")
def add_field(asked: Asked, module: str) -> Reply:
    """Add a field of one's own, or remove one."""
    found = mapped_module(module)
    subject = subject_of(found)
    try:
        if asked.form_value("remove"):
            remove_custom_field(asked.app, asked.tenant, subject, asked.form_value("remove"))
        else:
            kind = FieldType(asked.form_value("type"))
            add_custom_field(asked.app, asked.tenant, subject, asked.form_value("label"), kind)
    except ValueError:
        wrong = InputInvalid("Choose what the field holds.", field="type")
        return _show(asked, found, None, wrong)
    except FunnelError as error:
        return _show(asked, found, None, error)
    return see_other(f"/setup/mappings/{module}?saved=fields#fields")


@room.page("GET", "/setup/mappings/<module>/jobs/<job_id>")
def job(asked: Asked, module: str, job_id: str) -> Reply:
    """What a job has led to."""
    return _show_job(asked, "setup/mapping_job.html", mapped_module(module), job_id)


@room.page("GET", "/setup/mappings/<module>/jobs/<job_id>/live")
def live_job(asked: Asked, module: str, job_id: str) -> Reply:
    """The part of that page that changes."""
    return _show_job(asked, "setup/mapping_job_live.html", mapped_module(module), job_id)


def tab(asked: Asked, module: Module) -> MappingsView:
    """A tab's view, fields named in the caller's language."""
    words = Words(asked.texts, asked.app.clock.now())
    return mappings_of(asked.app, asked.tenant, module, words.field)


def _job(asked: Asked, module: Module, job_id: str) -> Job:
    found = job_of(asked.app, asked.tenant, JobId(job_id))
    kinds = (FIELD_LIST, MAPPING_PREVIEW)
    if found.kind not in kinds or found.arguments.get("module") != module.value:
        raise NotFound("There is no such preview, or it is older than a week.")
    return found


def _show_job(asked: Asked, template: str, module: Module, job_id: str) -> Reply:
    found = _job(asked, module, job_id)
    is_preview = found.kind == MAPPING_PREVIEW
    return page(
        asked,
        template,
        title=asked.texts("mapping.preview" if is_preview else "mapping.reading"),
        job=found,
        going=found.status in {JobStatus.QUEUED, JobStatus.RUNNING},
        module=module,
        is_preview=is_preview,
        rows=_rows(wanted_in(found)),
        named=names_in(asked.app, found),
    )


def _show(
    asked: Asked, module: Module, rows: Rows | None = None, error: FunnelError | None = None
) -> Reply:
    view = tab(asked, module)
    saved = {"mappings": "mapping.saved", "fields": "mapping.field.saved"}
    flash = saved.get(asked.query("saved"), "")
    return page(
        asked,
        "setup/mappings.html",
        title=asked.texts("mapping.title"),
        status=status_of(error) if error else 200,
        view=view,
        module=module,
        modules=MAPPED_MODULES,
        tried=rows is not None,
        rows=(_rows_of(view) if rows is None else rows) + _blank(),
        sugar={one.name: one for one in view.sugar_fields},
        rules=tuple(Rule),
        flows=tuple(Flow),
        types=tuple(FieldType),
        flash=asked.texts(flash) if flash else "",
        error=form_error(error) if error else None,
    )


def _rows_of(view: MappingsView) -> Rows:
    return _rows([WantedMapping(m.sugar_field, m.field, m.rule, m.flow) for m in view.mappings])


def _rows(wanted: Sequence[WantedMapping]) -> Rows:
    return [
        {
            "sugar_field": one.sugar_field,
            "field": one.field,
            "rule": one.rule.value,
            "flow": one.flow.value,
        }
        for one in wanted
    ]


def _blank() -> Rows:
    row = {"sugar_field": "", "field": "", "rule": Rule.SUGAR.value, "flow": Flow.BOTH.value}
    return [dict(row) for _ in range(BLANK_ROWS)]


def _sent_rows(asked: Asked) -> Rows:
    """The rows of the form that name a field of Sugar."""
    sent = asked.form()
    names = ("sugar_field", "field", "rule", "flow")
    try:
        rows = list(zip(*(sent[name] for name in names), strict=True))
    except (KeyError, ValueError):
        raise InputInvalid("This form could not be read.", field="mappings") from None
    return [
        dict(zip(names, (value.strip() for value in row), strict=True))
        for row in rows
        if row[0].strip()
    ]


def _wanted(rows: Rows) -> tuple[WantedMapping, ...]:
    try:
        return tuple(
            WantedMapping(r["sugar_field"], r["field"], Rule(r["rule"]), Flow(r["flow"]))
            for r in rows
        )
    except ValueError:
        raise InputInvalid("There is no such rule.", field="mappings") from None
