"""Tell in the error report that a module does not come in, and take it back when it does."""

from collections.abc import Container

from funnel.domain.ids import Module, TenantId
from funnel.domain.sync.module_errors import CODES, module_key, module_unit
from funnel.domain.sync.records import Unit
from funnel.usecases.app import App


def report_module(app: App, tenant: TenantId, module: Module, code: str, why: str) -> None:
    """Write the module's row; it closes by itself when the module has been read to its end."""
    before = app.records.errors_of(tenant, module_key(module))
    unit = module_unit(tenant, module, code, why, before, app.clock.now())
    app.records.commit(tenant, [unit])


def module_works(app: App, tenant: TenantId, module: Module, codes: Container[str] = CODES) -> None:
    """Close the module's rows of these codes, if it has any."""
    key = module_key(module)
    rows = [e for e in app.records.errors_of(tenant, key) if e.code in codes]
    if rows:
        app.records.commit(tenant, [Unit(closed=[(key, e.error_id) for e in rows])])
