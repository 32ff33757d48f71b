"""The connection as it is, and its settings."""

from dataclasses import replace
from datetime import time

from funnel.domain.connecting.connections import QuietHours
from funnel.domain.connecting.currencies import BASE, UNKNOWN
from funnel.domain.crm import Condition, Operator
from funnel.domain.errors import FunnelError, InputInvalid
from funnel.domain.ids import PULLED_MODULES, Module
from funnel.domain.mapping.score_fields import SCORE_FIELD, SCORED_MODULES
from funnel.domain.pushing.score_marks import score_fields
from funnel.domain.signing_in.tenants import Role
from funnel.domain.vision.sugar_origins import frame_origins
from funnel.usecases.connecting.connect import request_new_password
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.connecting.mass_write import mass_write
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room
from funnel.web.sign_in_places import sign_in_page

room = Room(needs=Role.ADMIN)

BLANK_ROWS = 2
Row = dict[str, str]


@room.page("GET", "/setup/connection")
def show(asked: Asked) -> Reply:
    """The connection and its settings."""
    if asked.app.sync.connection(asked.tenant) is None:
        return see_other("/setup/connect")
    return _show(asked)


@room.page("GET", "/setup/connection/<setting>")
def show_setting(_asked: Asked, setting: str) -> Reply:
    """Where a page that was sent is asked for again."""
    return see_other(f"/setup/connection#{setting}")


@room.page("POST", "/setup/connection/<setting>")
def change(asked: Asked, setting: str) -> Reply:
    """Change one of the settings."""
    try:
        if setting == "password":
            job = request_new_password(
                asked.app, asked.tenant, asked.who.user_name, asked.form_value("password")
            )
            return see_other(f"/setup/jobs/{job.job_id}")
        changes = _changes(asked, setting)
        update_connection(asked.app, asked.tenant, asked.who.user_name, changes)
    except FunnelError as error:
        return _show(asked, setting, error)
    return see_other(f"/setup/connection?saved={setting}#{setting}")


def _changes(asked: Asked, setting: str) -> ConnectionChanges:
    """What a form asks for. Raises `InputInvalid`."""
    value = asked.form_value
    match setting:
        case "pause":
            return ConnectionChanges(paused=value("paused") == "yes")
        case "read_only":
            return ConnectionChanges(
                read_only=value("read_only") == "yes", confirmed=value("confirmed") == "yes"
            )
        case "quiet_hours":
            return ConnectionChanges(quiet_hours=_quiet_hours(asked))
        case "requests_per_second":
            return ConnectionChanges(requests_per_second=_number(value("requests_per_second")))
        case "modules":
            chosen = asked.form().get("modules", [])
            return ConnectionChanges(modules=tuple(m for m in PULLED_MODULES if m in chosen))
        case "push_defaults":
            return ConnectionChanges(
                default_last_name=value("last_name"), default_company=value("company")
            )
        case "frame_origins":
            return ConnectionChanges(frame_origins=tuple(value("frame_origins").split()))
        case "conditions":
            return ConnectionChanges(conditions=_conditions(asked))
        case "score_fields":
            return ConnectionChanges(
                score_fields={module: _values(value(module.value)) for module in SCORED_MODULES}
            )
    raise InputInvalid("There is no such setting.", field=setting)


def _quiet_hours(asked: Asked) -> QuietHours | None:
    start, end = asked.form_value("start"), asked.form_value("end")
    if asked.form_value("clear") or not (start or end):
        return None
    try:
        return QuietHours(time.fromisoformat(start), time.fromisoformat(end))
    except ValueError:
        raise InputInvalid("Enter both times, such as 22:30.", field="quiet_hours") from None


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise InputInvalid("Enter a number.", field="requests_per_second") from None


def _conditions(asked: Asked) -> dict[Module, tuple[Condition, ...]]:
    """One module's filter from the rows of its form; rows without a field are left out."""
    sent = asked.form()
    try:
        module = Module(asked.form_value("module"))
        rows = zip(sent["field"], sent["operator"], sent["values"], strict=True)
        found = tuple(
            Condition(name.strip(), Operator(operator), _values(values))
            for name, operator, values in rows
            if name.strip()
        )
    except (KeyError, ValueError):
        raise InputInvalid("This form could not be read.", field="conditions") from None
    return {module: found}


def _values(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _show(asked: Asked, setting: str = "", error: FunnelError | None = None) -> Reply:
    connection = connection_of(asked.app, asked.tenant)
    saved = asked.query("saved")
    return page(
        asked,
        "setup/connection.html",
        title=asked.texts("connection.title"),
        status=status_of(error) if error else 200,
        connection=connection,
        waiting=mass_write(asked.app, connection) if connection.read_only else None,
        without_score=[
            module
            for module in SCORED_MODULES
            if score_fields(connection, module)[0] in connection.missing_fields.get(module, ())
        ],
        score_field=SCORE_FIELD,
        scored=[
            (module, ", ".join(connection.score_fields.get(module, ())))
            for module in SCORED_MODULES
        ],
        currencies=asked.app.sync.currencies(asked.tenant) or UNKNOWN,
        base_currency=BASE,
        own_origin=frame_origins(replace(connection, frame_origins=()))[:1],
        sign_in_page=f"{asked.own_address}{sign_in_page(asked.tenant)}",
        filters=[
            (module, _rows(connection.conditions.get(module, ()))) for module in PULLED_MODULES
        ],
        operators=tuple(Operator),
        saved=saved,
        sent={name: values[0] for name, values in asked.form().items()} if error else {},
        setting=setting,
        error=error_body(error) if error else None,
    )


def _rows(conditions: tuple[Condition, ...]) -> list[Row]:
    """The filter's conditions as rows of a form, with blank ones after them."""
    filled = [
        {"field": c.field, "operator": c.operator.value, "values": ", ".join(c.values)}
        for c in conditions
    ]
    blank = {"field": "", "operator": Operator.IS.value, "values": ""}
    return filled + [dict(blank) for _ in range(BLANK_ROWS)]
