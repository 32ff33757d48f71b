"""What only whoever runs the deployment can do: create tenants and make one-use links."""

from collections.abc import Mapping
from urllib.parse import urlencode

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.signing_in.tenants import Role, Tenant
from funnel.usecases.app import App
from funnel.usecases.jobs.ask_to_redo import ask_to_redo, redo_job
from funnel.usecases.signing_in.sign_in import LINK_LIFE, create_link
from funnel.usecases.sync.hold_pushes import hold_pushes, release_pushes

_LONGEST_NAME = 100
_OPERATOR = "Operator"


def operate(app: App, public_url: str, wish: Mapping[str, object]) -> dict[str, object]:
    """Carry out `{"action": "create_tenant", "name"}` or `{"action": "sign_in_link", "tenant_id"}`.

    `{"action": "after_restore", "tenant_id"}` holds what is written to Sugar until both sides have
    been compared, and returns `tenant_id` and `held_since`; `{"action": "release_pushes",
    "tenant_id", "reason"}` lets it go on all the same. `{"action": "redo_after_restore",
    "tenant_id", "moment"}` says how far it is to do again what a restore to this moment has undone and
    may not: `status` ("" for not asked for), how many were `done`, by kind, and `failed`, by code,
    and `why` it did not come to its end. With `"again": true` it asks for it, or for what is left of it.

    Of the others, optional: `role` ("admin" by default), `user_name`. Returns `tenant_id`, `sign_in_url` (works
    once), its `expires_at`, and `sign_in_page`, where the tenant's Sugar users sign in. Raises
    `InputInvalid`.
    """
    action = wish.get("action")
    if action == "after_restore":
        held = hold_pushes(app, TenantId(str(wish.get("tenant_id") or "")), _OPERATOR)
        return {"tenant_id": held.tenant, "held_since": str(held.held_since)}
    if action == "release_pushes":
        tenant = TenantId(str(wish.get("tenant_id") or ""))
        release_pushes(app, tenant, str(wish.get("reason") or "").strip())
        return {"tenant_id": tenant}
    if action == "redo_after_restore":
        return _redo(app, TenantId(str(wish.get("tenant_id") or "")), wish)
    if action == "create_tenant":
        tenant = _create(app, str(wish.get("name") or "").strip())
    elif action == "sign_in_link":
        tenant = TenantId(str(wish.get("tenant_id") or ""))
    else:
        raise InputInvalid(
            f"There is no action {action!r}.",
            mend="Use create_tenant, sign_in_link, after_restore, redo_after_restore or "
            "release_pushes, or one of those about dead letters.",
            field="action",
        )
    token = create_link(app, tenant, _role(wish), str(wish.get("user_name") or _OPERATOR))
    return {
        "tenant_id": tenant,
        "sign_in_url": f"{public_url}/sign-in/link?{urlencode({'token': token})}",
        "sign_in_page": f"{public_url}/sign-in/{tenant}",
        "expires_at": (app.clock.now() + LINK_LIFE).isoformat(timespec="seconds"),
    }


def _redo(app: App, tenant: TenantId, wish: Mapping[str, object]) -> dict[str, object]:
    moment = str(wish.get("moment") or "")
    if not moment:
        raise InputInvalid("Say to which moment the tables were restored.", field="moment")
    asked = wish.get("again") is True
    job = ask_to_redo(app, tenant, moment, _OPERATOR) if asked else redo_job(app, tenant, moment)
    return {
        "tenant_id": tenant,
        "status": job.status.value if job else "",
        "done": job.result.get("done", {}) if job else {},
        "failed": job.result.get("failed", {}) if job else {},
        "why": job.note.text if job and job.note else "",
    }


def _create(app: App, name: str) -> TenantId:
    if not name or len(name) > _LONGEST_NAME:
        raise InputInvalid(
            f"A tenant needs a name of at most {_LONGEST_NAME} characters.", field="name"
        )
    tenant = Tenant(TenantId(app.ids.new_id()), name, app.clock.now())
    app.tenants.create_tenant(tenant)
    return tenant.tenant


def _role(wish: Mapping[str, object]) -> Role:
    try:
        return Role(str(wish.get("role") or Role.ADMIN))
    except ValueError:
        roles = ", ".join(Role)
        raise InputInvalid(f"There is no such role; use one of {roles}.", field="role") from None
