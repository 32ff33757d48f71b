"""Answers a SOAP request over one endpoint."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from local.sugar.soap import metadata, reading, relating, signin, sugar5, writing
from local.sugar.soap.context import Caller
from local.sugar.soap.errors import PlainDeath, SugarFault, no_method
from local.sugar.soap.methods import methods_of
from local.sugar.soap.reply import array, envelope, fault
from local.sugar.soap.request import BadRequest, Call, read

Method = Callable[[Caller, Call], str]


def _no_activities(caller: Caller, call: Call) -> str:
    caller.user(call.text("session"))
    return array("return", "tns:upcoming_activity_entry", [])


_SERVICE: Mapping[str, Method] = {
    "login": signin.login,
    "logout": signin.logout,
    "get_user_id": signin.get_user_id,
    "get_user_team_id": signin.get_user_team_id,
    "seamless_login": signin.seamless_login,
    "get_server_info": metadata.get_server_info,
    "get_available_modules": metadata.get_available_modules,
    "get_module_fields": metadata.get_module_fields,
    "get_module_fields_md5": metadata.get_module_fields_md5,
    "get_upcoming_activities": _no_activities,
    "get_entry_list": reading.get_entry_list,
    "get_entry": reading.get_entry,
    "get_entries": reading.get_entries,
    "get_entries_count": reading.get_entries_count,
    "set_entry": writing.set_entry,
    "set_entries": writing.set_entries,
    "set_campaign_merge": writing.set_campaign_merge,
    "set_relationship": relating.set_relationship,
    "set_relationships": relating.set_relationships,
    "get_relationships": relating.get_relationships,
    "get_modified_relationships": relating.get_modified_relationships,
}
_TABLES = {
    endpoint: {name: _SERVICE[name] for name in methods_of(endpoint)}
    for endpoint in ("v2", "v2_1", "v3", "v3_1", "v4", "v4_1")
} | {"soap.php": sugar5.METHODS}


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status, a body and what kind of text it is."""

    status: int
    body: str
    content_type: str = "text/xml; charset=UTF-8"


def answer(caller: Caller, call: Call) -> Answer:
    """Do what a call asks, and write what the server would answer."""
    method = _TABLES[caller.dialect.name].get(call.method)
    try:
        if method is None:
            raise no_method(call.method, caller.dialect.service_class)
        with caller.sugar.world.database:
            inner = method(caller, call)
    except SugarFault as error:
        return Answer(500, fault(error.number, error.name, error.description))
    except PlainDeath as error:
        return Answer(error.status, error.body, "text/html; charset=UTF-8")
    return Answer(200, envelope(call.method, inner))


def parsed(body: bytes) -> Call | Answer:
    """The call in a request body, or the fault for what is none."""
    try:
        return read(body)
    except BadRequest as error:
        return Answer(500, fault("SOAP-ENV:Client", "error in msg parsing", str(error)))
