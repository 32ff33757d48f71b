"""What the server tells of itself: server, user, fields, words."""

from local.sugar.schema.field import Field
from local.sugar.schema.modules import Module
from local.sugar.schema.options import OPTIONS
from local.sugar.soap.context import Sugar
from local.sugar.store.currencies import TOLD
from local.sugar.store.users import ACTIONS, User


def server_info(sugar: Sugar) -> dict[str, object]:
    """Edition and version."""
    settings = sugar.world.settings
    return {
        "flavor": settings.edition,
        "version": settings.reported_version,
        "build": "1",
        "product_name": f"{settings.product.brand} Enterprise",
    }


def current_user(sugar: Sugar, user: User) -> dict[str, object]:
    """The signed-in user; access rules name only what is denied."""
    known = sugar.world.modules.values()
    return {
        "type": "admin" if user.admin else "user",
        "id": user.id,
        "user_name": user.name,
        "preferences": {"language": "en_us"},
        "acl": {
            one.name: _acl(user, one) for one in known if one.name not in sugar.missing_modules
        },
    }


def _acl(user: User, module: Module) -> dict[str, object]:
    denied: dict[str, object] = {} if user.sees(module) else {"access": "no"}
    if not user.admin:
        denied |= {"admin": "no", "developer": "no"}
    denied |= {action: "no" for action in ACTIONS if not user.may(module, action)}
    return {**denied, "fields": [], "_hash": "0"}


def modules(sugar: Sugar, names: list[str]) -> dict[str, object]:
    """The fields of modules; those that are not there are left out."""
    known = sugar.world.modules
    return {
        name: {"fields": {field.name: _vardef(field) for field in _fields(sugar, known[name])}}
        for name in names
        if name in known and name not in sugar.missing_modules
    }


def _fields(sugar: Sugar, module: Module) -> list[Field]:
    """The module's fields, and the one that lists addresses."""
    fields = sugar.fields(module)
    if module.has_email and "email" not in module.by_name:
        fields = [*fields, Field("email", "email", 0, source="blank")]
    return fields


def _vardef(field: Field) -> dict[str, object]:
    told: dict[str, object] = {"name": field.name, "type": field.type, "vname": _label(field)}
    if field.required:
        told["required"] = True
    if not field.stored:
        told["source"] = "non-db"
    if field.options in OPTIONS:
        told["options"] = field.options
    return told


def _label(field: Field) -> str:
    return f"LBL_{field.name.upper()}"


def currencies(sugar: Sugar) -> dict[str, object]:
    """The active currencies by id, the base one first; by Sugar 7's source, not by a recording."""
    names = ("id", "name", "symbol", "iso4217", "conversion_rate", "status")
    rows = sugar.world.database.rows(
        f"SELECT {', '.join(names)} FROM currencies WHERE deleted = 0 AND status = 'Active'"
    )
    told = [TOLD, *({k: str(v or "") for k, v in zip(names, row, strict=True)} for row in rows)]
    return {one["id"]: {k: v for k, v in one.items() if k in names[1:]} for one in told}


def language(sugar: Sugar) -> dict[str, object]:
    """The words of one language: labels of fields, and the options of lists."""
    known = sugar.world.modules.values()
    return {
        "app_strings": {"LBL_ID": "ID"},
        "app_list_strings": {name: {key: key for key in keys} for name, keys in OPTIONS.items()},
        "mod_strings": {
            one.name: {_label(field): field.label for field in _fields(sugar, one)} for one in known
        },
    }
