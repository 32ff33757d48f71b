"""Methods that write records."""

import sqlite3

from local.sugar.schema.modules import Module
from local.sugar.settings import Product
from local.sugar.soap.context import Caller
from local.sugar.soap.errors import SugarFault, died, no_access
from local.sugar.soap.reading import owns
from local.sugar.soap.reply import strings, struct, text
from local.sugar.soap.request import Call, pairs
from local.sugar.store.users import User, password_hash

Values = dict[str, str | None]
_FLAGS = ("email_opt_out", "invalid_email")


def may_save(caller: Caller, user: User, module: Module, values: Values) -> bool:
    """Whether the user may write (and, if asked, delete) this record."""
    actions = ["edit"] + (["delete"] if values.get("deleted") == "1" else [])
    record = values.get("id")
    for action in actions:
        if not user.may(module, action):
            return False
        own = user.only_own(module, action)
        if own and record and not owns(caller, user, module, record):
            return False
    return True


def _is_true(value: str | None) -> bool:
    return (value or "").strip().lower() in ("1", "true", "on", "yes")


def _created_emails(caller: Caller, module: Module, record: str, values: Values) -> None:
    emails = caller.sugar.emails
    given = [values.get(name) for name in ("email1", "email2")]
    linked = [
        email for place, email in enumerate(given)
        if email and emails.link(module.name, record, email, primary=place == 0)
    ]  # fmt: skip
    for email in linked[:1]:
        opt_out, invalid = (_is_true(values[f]) if f in values else None for f in _FLAGS)
        emails.flag(emails.address_id(email), opt_out=opt_out, invalid=invalid)


def _changed_emails(caller: Caller, module: Module, record: str, values: Values) -> None:
    """SuiteCRM silently leaves addresses as they are; CE changes all of a record's flags."""
    if caller.sugar.world.settings.product is Product.SUITECRM:
        return
    emails = caller.sugar.emails
    if values.get("email1") is not None:
        emails.replace_primary(module.name, record, values["email1"] or "")
    if any(flag in values for flag in _FLAGS):
        opt_out, invalid = (_is_true(values[f]) if f in values else None for f in _FLAGS)
        for address in emails.of(module.name, record):
            emails.flag(address.id, opt_out=opt_out, invalid=invalid)


def _account_by_name(caller: Caller, module: Module, values: Values) -> None:
    """A contact created with an account's name finds that account, or makes it."""
    name = values.get("account_name")
    if module.name != "Contacts" or not name or values.get("account_id"):
        return
    sugar = caller.sugar
    found = sugar.world.database.value(
        "SELECT id FROM accounts WHERE name = ? AND deleted = 0 ORDER BY date_entered LIMIT 1",
        (name,),
    )
    by = values.get("created_by") or "1"
    accounts = sugar.module("Accounts")
    values["account_id"] = str(found) if found else sugar.records.create(
        accounts, {"name": name}, by=by
    )  # fmt: skip


def save(caller: Caller, user: User, module: Module, values: Values) -> str:
    """Save one record as a client sent it, and answer the id Sugar would.

    An unknown (or deleted) id is answered as if all were well, and nothing is saved.
    Raises fault -1 where `new_with_id` names an id that is taken.
    """
    sugar, record = caller.sugar, values.get("id")
    known = {name: value for name, value in values.items() if name in module.by_name}
    with sugar.world.database:
        if record and not _is_true(values.get("new_with_id")):
            if sugar.records.update(module, record, known, by=user.id):
                _changed_emails(caller, module, record, known)
            return record
        _account_by_name(caller, module, known)
        try:
            made = sugar.records.create(module, known, by=user.id, record=record)
        except sqlite3.IntegrityError as error:
            raise died() from error
        if module.has_email:
            _created_emails(caller, module, made, known)
        return made


def _set_password(caller: Caller, module: Module, record: str, values: Values) -> None:
    if module.name == "Users" and values.get("user_hash"):
        sugar = caller.sugar
        if len(values["user_hash"] or "") != len(password_hash("")):
            return
        sugar.world.database.run(
            "UPDATE users SET user_hash = ? WHERE id = ?", (values["user_hash"], record)
        )


def set_entry(caller: Caller, call: Call) -> str:
    """Create or change one record."""
    user = caller.user(call.text("session"))
    module = caller.module(user, call.text("module_name"), "edit")
    given = call.arguments.get("name_value_list")
    values = pairs(given)
    if not given and caller.dialect.empty_record_dies:
        raise died()
    if not may_save(caller, user, module, values):
        raise no_access()
    record = save(caller, user, module, values)
    _set_password(caller, module, record, values)
    return struct("return", "new_set_entry_result", text("id", record))


def _duplicate(caller: Caller, module: Module, values: Values) -> str | None:
    """The contact of the same name and address, where there is one."""
    found = caller.sugar.world.database.value(
        "SELECT c.id FROM contacts c JOIN email_addr_bean_rel r ON r.bean_id = c.id"
        " AND r.bean_module = 'Contacts' AND r.deleted = 0"
        " JOIN email_addresses a ON a.id = r.email_address_id"
        " WHERE c.deleted = 0 AND c.last_name = ? AND COALESCE(c.first_name, '') = ?"
        " AND a.email_address_caps = ?",
        (
            values.get("last_name") or "",
            values.get("first_name") or "",
            (values.get("email1") or "").strip().upper(),
        ),
    )
    return str(found) if module.name == "Contacts" and found else None


def _forgotten(caller: Caller, module: Module) -> Values:
    """What the duplicate check takes from the record it finds: on CE its custom fields."""
    if caller.sugar.world.settings.product is Product.SUITECRM:
        return {}
    return {field.name: None for field in module.fields if field.source == "custom"}


def save_all(caller: Caller, user: User, module: Module, lists: list[object]) -> list[str]:
    """Save many records: those refused are left out of the answer, so positions shift.

    A contact without id that is there already gets that one's id, its values are thrown
    away, and the address it has in Sugar is soft-deleted. Contacts saved this way are
    linked to the user, as if for Outlook.
    """
    ids = []
    for item in lists:
        values = pairs(item)
        if not may_save(caller, user, module, values):
            continue
        twin = None if values.get("id") else _duplicate(caller, module, values)
        if twin:
            with caller.sugar.world.database:
                caller.sugar.emails.unlink(module.name, twin)
                caller.sugar.records.update(module, twin, _forgotten(caller, module), by=user.id)
        ids.append(twin or save(caller, user, module, values))
        if module.name == "Contacts":
            sync = module.link_by_name["user_sync"]
            caller.sugar.relations.add(module, ids[-1], sync, user.id)
    return ids


def set_entries(caller: Caller, call: Call) -> str:
    """Create or change many records."""
    user = caller.user(call.text("session"))
    module = caller.module(user, call.text("module_name"))
    try:
        lists = call.array("name_value_lists")
    except TypeError as error:
        raise died() from error
    ids = save_all(caller, user, module, lists)
    return struct("return", "new_set_entries_result", strings("ids", ids))


def set_campaign_merge(caller: Caller, call: Call) -> str:
    """Mark a campaign's mail merge as sent; refused where there is nothing to mark."""
    caller.user(call.text("session"))
    if not call.text("campaign_id") or not call.strings("targets"):
        raise SugarFault(
            "1005",
            "Invalid set_campaign_merge data",
            "set_campaign_merge: Merge action status will not be updated, because, "
            "campaign_id is null or no targets were selected",
        )
    return ""
