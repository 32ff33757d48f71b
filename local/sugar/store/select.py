"""The SQL for a module's fields: every value leaves the database as text, never null."""

from local.sugar.schema.field import Field
from local.sugar.schema.modules import Module

#: How wide an empty invitation field comes back from the newer lists.
_PADDING = " " * 255

_FULL_NAME = "TRIM(COALESCE({t}.first_name, '') || ' ' || COALESCE({t}.last_name, ''))"
_ADDRESS = (
    "COALESCE((SELECT CAST({column} AS TEXT) FROM email_addr_bean_rel r JOIN email_addresses a"
    " ON a.id = r.email_address_id WHERE r.bean_id = {table}.id AND r.bean_module = '{module}'"
    " AND r.deleted = 0 AND a.deleted = 0 AND r.primary_address = {primary}"
    " ORDER BY r.date_created, r.rowid LIMIT 1), '')"
)
_EMAIL_COLUMNS = {
    "primary": ("a.email_address", 1), "second": ("a.email_address", 0),
    "opt_out": ("a.opt_out", 1), "invalid": ("a.invalid_email", 1),
}  # fmt: skip


def _column(column: str, kind: str) -> str:
    if kind == "float":
        return f"COALESCE(PRINTF('%.8f', {column}), '')"
    if kind == "currency":
        return f"CASE WHEN {column} IS NULL THEN '' ELSE PRINTF('%.2f', {column}) END"
    if kind in ("bool", "int"):
        return f"COALESCE(CAST({column} AS TEXT), '')"
    return f"COALESCE({column}, '')"


def _account(module: Module, what: str) -> str:
    """`account_id` is what the link says, even where the account is deleted; a name is not."""
    pairs, member = (
        ("accounts_contacts", "contact_id")
        if module.name == "Contacts"
        else ("accounts_opportunities", "opportunity_id")
    )
    mine = f"p.{member} = {module.table}.id AND p.deleted = 0"
    if what == "id":
        return f"COALESCE((SELECT p.account_id FROM {pairs} p WHERE {mine} LIMIT 1), '')"
    return (
        f"COALESCE((SELECT a.{what} FROM {pairs} p JOIN accounts a ON a.id = p.account_id"
        f" WHERE {mine} AND a.deleted = 0 LIMIT 1), '')"
    )


def _parent(module: Module, key: str) -> str:
    tables = {"Accounts": "name", "Opportunities": "name", "Leads": "", "Contacts": ""}
    cases = []
    for name, column in tables.items():
        what = f"x.{column}" if column else _FULL_NAME.format(t="x")
        cases.append(
            f"WHEN '{name}' THEN (SELECT {what} FROM {name.lower()} x"
            f" WHERE x.id = {module.table}.{key} AND x.deleted = 0)"
        )
    return f"COALESCE(CASE {module.table}.parent_type {' '.join(cases)} END, '')"


def _record(module: Module, argument: str) -> str:
    other, key = argument.split(":")
    if other == "parent":
        return _parent(module, key)
    what = _FULL_NAME.format(t="x") if other == "Contacts" else "x.name"
    return (
        f"COALESCE((SELECT {what} FROM {other.lower()} x"
        f" WHERE x.id = {module.table}.{key} AND x.deleted = 0), '')"
    )


def expression(module: Module, field: Field, *, padded: bool = True) -> str:
    """SQL for one field of `module`."""
    table = module.table
    match field.source:
        case "column":
            return _column(f"{table}.{field.name}", field.type)
        case "custom":
            return _column(f"{module.custom_table}.{field.name}", field.type)
        case "full":
            return _FULL_NAME.format(t=table)
        case "user":
            name = _FULL_NAME.format(t="u")
            key = f"{table}.{field.argument}"
            return (
                f"COALESCE((SELECT {name} FROM users u WHERE u.id = {key} AND u.deleted = 0), '')"
            )
        case "record":
            return _record(module, field.argument)
        case "email":
            column, primary = _EMAIL_COLUMNS[field.argument]
            return _ADDRESS.format(column=column, primary=primary, table=table, module=module.name)
        case "linked" if field.argument == "members.count":
            return (
                "(SELECT CAST(COUNT(*) AS TEXT) FROM prospect_lists_prospects m"
                f" WHERE m.prospect_list_id = {table}.id AND m.deleted = 0)"
            )
        case "linked":
            return _account(module, field.argument.split(".")[1])
        case "padded":
            return f"'{_PADDING}'" if padded else "''"
        case _:
            return "''"


def source(module: Module) -> str:
    """The tables a module's records are read from."""
    if not module.custom:
        return module.table
    return (
        f"{module.table} LEFT JOIN {module.custom_table}"
        f" ON {module.table}.id = {module.custom_table}.id_c"
    )
