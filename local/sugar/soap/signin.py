"""Methods about sessions."""

from local.sugar.settings import Product
from local.sugar.soap.context import Caller
from local.sugar.soap.errors import invalid_login, no_method
from local.sugar.soap.reply import name_values, number, struct, text
from local.sugar.soap.request import Call
from local.sugar.store.users import User


def authenticated(caller: Caller, call: Call) -> User:
    """The user a sign-in is for. Raises fault 10 for whatever is wrong with it."""
    given = call.arguments.get("user_auth")
    auth = given if isinstance(given, dict) else {}
    name, password = str(auth.get("user_name") or ""), str(auth.get("password") or "")
    found = caller.sugar.users.check(name, password)
    if found is None:
        raise invalid_login()
    return caller.sugar.users.get(found)


def _facts(caller: Caller, user: User) -> list[tuple[str, str | None]]:
    suite = caller.sugar.world.settings.product is Product.SUITECRM
    spelled = "separator" if suite else "seperator"
    facts: list[tuple[str, str | None]] = [
        ("user_id", user.id),
        ("user_name", user.name),
        ("user_language", "en_us"),
        ("user_currency_id", None if suite else ""),
    ]
    if caller.dialect.grouped_fields:
        facts += [
            ("user_is_admin", "1" if user.admin else ""),
            ("user_default_team_id", None),
            ("user_default_dateformat", "m/d/Y"),
            ("user_default_timeformat", "H:i"),
        ]
    if caller.dialect.total_count:
        facts += [
            (f"user_number_{spelled}", ","),
            (f"user_decimal_{spelled}", "."),
            ("mobile_max_list_entries", None),
            ("mobile_max_subpanel_entries", None),
        ]
    return [*facts, ("user_currency_name", "US Dollar")]


def login(caller: Caller, call: Call) -> str:
    """Open a session."""
    user = authenticated(caller, call)
    session = caller.sugar.sessions.open(user.id, caller.address)
    return struct(
        "return",
        "entry_value",
        text("id", session),
        text("module_name", "Users"),
        name_values("name_value_list", _facts(caller, user)),
    )


def logout(caller: Caller, call: Call) -> str:
    """End a session."""
    caller.user(call.text("session"))
    caller.sugar.sessions.close(call.text("session"))
    return ""


def get_user_id(caller: Caller, call: Call) -> str:
    """Whose session this is."""
    if not call.text("session") and caller.dialect.empty_session_is_null:
        return text("return", None)
    return text("return", caller.user(call.text("session")).id)


def seamless_login(caller: Caller, call: Call) -> str:
    """Whether the session could be carried over to a browser."""
    caller.user(call.text("session"))
    return number("return", 1)


def get_user_team_id(caller: Caller, _call: Call) -> str:
    """Declared in the WSDL, but not there."""
    raise no_method("get_user_team_id", caller.dialect.service_class)
