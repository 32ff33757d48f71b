"""The cases played on the endpoints v2 to v4_1: what was recorded, in calls of our own.

Each case is `(method, case, arguments)`, played in order on an empty Sugar. A value `@name`
stands for what `name` answered before: `@account` is the id `set_entry account` gave,
`@leads.2` the third id of `set_entries leads`, `@ok-user` a session.
"""

from collections.abc import Iterator

from local.sugar.soap.methods import methods_of
from local.sugar.store.users import password_hash
from tests.contract.simulator.cases import WRONG, Arguments, Case
from tests.contract.simulator.requests import Untyped
from tests.contract.simulator.scenario_reads import reads
from tests.contract.simulator.scenario_writes import links, writes


def _sign_in(user: str, password: str) -> Arguments:
    auth = {"user_name": user, "password": password}
    return {"user_auth": auth, "application_name": "conformance"}


def _right(user: str) -> Arguments:
    return _sign_in(user, password_hash(user))


def _sessions() -> Iterator[Case]:
    yield "get_server_info", "", {}
    yield "login", "wrong-password", _sign_in("admin", password_hash("nope"))
    yield "login", "unknown-user", _sign_in("nobody", password_hash("nobody"))
    yield "login", "inactive-user", _right("inactive")
    yield "login", "plaintext-password", _sign_in("admin", "admin")
    yield "login", "empty-password", _sign_in("admin", "")
    for name, user in (
        ("ok", "admin"), ("ok-user", "api"), ("ok-restricted", "restricted"),
        ("ok-owneronly", "owneronly"),
    ):  # fmt: skip
        yield "login", name, _right(user)
    yield "get_user_id", "", {}
    yield "get_user_id", "invalid-session", {"session": WRONG}
    yield "get_user_id", "empty-session", {"session": ""}
    yield "get_user_id", "x-cookie-ignored", {}
    yield "get_user_team_id", "", {}
    yield "seamless_login", "", {}


def _metadata() -> Iterator[Case]:
    yield "get_available_modules", "all", {"filter": "all"}
    yield "get_available_modules", "default", {"filter": "default"}
    restricted = {"session": "@ok-restricted", "filter": "all"}
    yield "get_available_modules", "restricted-user", restricted
    some = (
        "id name date_modified assigned_user_id assigned_user_name account_type email1 tier_c"
        " region_c contacts"
    )
    yield "get_module_fields", "Accounts-some", {"module_name": "Accounts", "fields": some.split()}
    for module in ("Leads", "Contacts", "ProspectLists"):
        yield "get_module_fields", f"{module}-all", {"module_name": module}
    unknown = {"module_name": "Leads", "fields": ["no_such_field"]}
    yield "get_module_fields", "unknown-field", unknown
    yield "get_module_fields", "unknown-module", {"module_name": "Nope"}
    yield "get_module_fields_md5", "", {"module_names": ["Leads", "Contacts"]}


def _last() -> Iterator[Case]:
    yield "get_upcoming_activities", "", {}
    merge = {"campaign_id": "@campaign", "targets": []}
    yield "set_campaign_merge", "", merge
    untyped = Untyped([{"name": "first_name", "value": "No"}, {"name": "last_name", "value": "A"}])
    bare: Arguments = {"module_name": "Leads", "name_value_list": untyped}
    yield "set_entry", "no-arraytype", bare
    yield (
        "get_entry_list",
        "no-arraytype",
        {
            "module_name": "Leads",
            "query": "leads.last_name like 'Rec%'",
            "select_fields": Untyped(["id", "last_name"]),
            "max_results": 1,
        },
    )
    yield "logout", "", {}
    yield "get_user_id", "after-logout", {}
    yield "get_entry_list", "after-logout", {"module_name": "Leads", "select_fields": ["id"]}
    yield "logout", "again", {}


def cases(endpoint: str) -> list[Case]:
    """All cases of an endpoint, in the order they are played."""
    known = methods_of(endpoint)
    played = [*_sessions(), *_metadata(), *writes(), *links(), *reads(), *_last()]
    return [one for one in played if one[0] in known]
