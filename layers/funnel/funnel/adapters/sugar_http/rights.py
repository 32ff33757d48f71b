"""What the user may do, module by module, without leaving anything behind."""

from collections.abc import Callable, Mapping, Sequence

from funnel.domain.crm import Access, Right
from funnel.domain.errors import FunnelError, ModuleMissing, NoRight, ServerCrashed

_MISSING = "The module does not exist on this Sugar, or is switched off."
_CANNOT_TELL = "This endpoint cannot tell whether our user may write."
_NAMES = {"list": "List", "view": "View", "edit": "Edit", "export": "Export"}


def from_acls(
    modules: Sequence[str], acls: Mapping[str, Mapping[str, bool]], *, export_blocks: bool = False
) -> list[Right]:
    """Rights from the access rules the server tells: module to action to whether it is allowed."""
    return [_right(module, acls.get(module), export_blocks) for module in modules]


def _right(module: str, allowed: Mapping[str, bool] | None, export_blocks: bool) -> Right:
    if allowed is None:
        return Right(module, Access.NO, Access.NO, _MISSING)
    needed = ("list", "view", "export") if export_blocks else ("list", "view")
    missing = [name for name in needed if not allowed.get(name, False)]
    write = allowed.get("edit", False)
    lacking = [_NAMES[name] for name in (*missing, *(() if write else ("edit",)))]
    note = f"The user's role does not allow: {', '.join(lacking)}." if lacking else ""
    return Right(module, _access(not missing), _access(write), note)


def _access(allowed: bool) -> Access:
    return Access.YES if allowed else Access.NO


def by_probing(
    modules: Sequence[str], probe: Callable[[str], None], *, is_admin: bool, export_blocks: bool
) -> list[Right]:
    """Rights where the endpoint does not tell them: a read is tried, writing is not."""
    return [_probed(module, probe, is_admin, export_blocks) for module in modules]


def _probed(
    module: str, probe: Callable[[str], None], is_admin: bool, export_blocks: bool
) -> Right:
    try:
        probe(module)
    except ModuleMissing as error:
        return Right(module, Access.NO, Access.NO, error.text)
    except NoRight:
        role = "List, View or Export" if export_blocks else "List or View"
        note = f"The user's role does not allow to read it: {role}. {_CANNOT_TELL}"
        return Right(module, Access.NO, Access.UNKNOWN, note)
    except ServerCrashed as error:
        return Right(module, Access.UNKNOWN, Access.UNKNOWN, _text(error))
    if is_admin:
        return Right(module, Access.YES, Access.YES)
    return Right(module, Access.YES, Access.UNKNOWN, _CANNOT_TELL)


def _text(error: FunnelError) -> str:
    return f"Sugar could not say: {error.text}"
