"""Test a connection: find the endpoint, sign in, and see what the user may do. Nothing is left
behind in Sugar.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace

from funnel.domain.crm import Access, Credentials, Endpoint, Right
from funnel.domain.errors import FunnelError, NotFound, Transient
from funnel.domain.ids import PULLED_MODULES, Module, TenantId
from funnel.domain.mapping.score_fields import SCORE_FIELD, SCORED_MODULES
from funnel.domain.sync.runs import Job
from funnel.domain.sync.windows import everything
from funnel.ports.crm import Crm, CrmConnector
from funnel.usecases.app import App
from funnel.usecases.connecting.connect import NEW_PASSWORD, use_new_password
from funnel.usecases.connecting.connection import connection_of

READ_AND_WRITE = ("Accounts", "Campaigns", "Contacts", "Leads", "ProspectLists", "Tasks")
READ_ONLY = ("Users", "Opportunities", "Prospects")
"""What the product needs, feature by feature (A2)."""

_BLOCKING = frozenset(PULLED_MODULES)


def preflight(app: App, job: Job) -> Mapping[str, object]:
    """The result of a job of either kind, as plain data.

    Keys: `endpoint`, `signed_in`, `rights`, `counts` (None where Sugar did not tell),
    `clock_skew` (Sugar's clock minus ours, in seconds), `missing` (in plain words) and `ok`,
    which is False only if people or what they belong to could not be read. A new password that
    Sugar takes is put to use at once. Raises what the port raises.
    """
    connector = _connector(app)
    tenant, ref = job.tenant, str(job.arguments["secret_ref"])
    credentials = app.secrets.get(tenant, ref)
    if job.kind == NEW_PASSWORD:
        endpoint = connection_of(app, tenant).endpoint
    else:
        endpoint = connector.detect(str(job.arguments["url"]))
        credentials = _bound(app, tenant, ref, credentials, endpoint)
    with _open(connector, endpoint, credentials) as crm:
        signed_in = crm.sign_in()
        result = _look_around(app, crm)
    if job.kind == NEW_PASSWORD:
        use_new_password(app, tenant, ref)
    return {"endpoint": _plain(endpoint), "signed_in": asdict(signed_in), **result}


@contextmanager
def _open(connector: CrmConnector, endpoint: Endpoint, credentials: Credentials) -> Iterator[Crm]:
    crm = connector.open(endpoint, credentials)
    try:
        yield crm
    finally:
        crm.sign_out()


def _bound(
    app: App, tenant: TenantId, ref: str, credentials: Credentials, endpoint: Endpoint
) -> Credentials:
    """Credentials entered without a scheme are bound to the address that was found."""
    origin = "/".join(endpoint.url.split("/")[:3])
    if credentials.origin == origin:
        return credentials
    host = credentials.origin.partition("://")[2]
    if host and host.casefold() != origin.partition("://")[2].casefold():
        return credentials
    bound = replace(credentials, origin=origin)
    app.secrets.put(tenant, ref.rsplit("/", 1)[-1], bound)
    return bound


def _look_around(app: App, crm: Crm) -> dict[str, object]:
    began = app.clock.now()
    skew = (crm.server_time() - began).total_seconds()
    rights = crm.rights([*READ_AND_WRITE, *READ_ONLY])
    unreadable = {r.module for r in rights if r.read is Access.NO}
    counts = {m.value: _count(crm, m) for m in PULLED_MODULES if m not in unreadable}
    return {
        "rights": [asdict(r) for r in rights],
        "counts": counts,
        "clock_skew": round(skew),
        "without_score": [m.value for m in SCORED_MODULES if _lacks_score(crm, m, unreadable)],
        "missing": _missing(rights),
        "ok": not unreadable & _BLOCKING,
    }


def _count(crm: Crm, module: Module) -> int | None:
    """How many records; unknown is no obstacle here, reading them will tell."""
    try:
        return crm.count(module, everything())
    except Transient:
        raise
    except FunnelError:
        return None


def _lacks_score(crm: Crm, module: Module, unreadable: Container[str]) -> bool:
    """Whether the module's field list lacks the field for the score. What is not told is no lack."""
    if module.value in unreadable:
        return False
    try:
        return SCORE_FIELD not in {field.name for field in crm.fields(module)}
    except Transient:
        raise
    except FunnelError:
        return False


def _missing(rights: Sequence[Right]) -> list[str]:
    lines = []
    for right in rights:
        if right.read is Access.NO:
            lines.append(f"The user may not read {right.module}.")
        if right.module in READ_AND_WRITE and right.write is Access.NO:
            lines.append(f"The user may not write {right.module}.")
    return lines


def _plain(endpoint: Endpoint) -> dict[str, object]:
    plain = asdict(endpoint)
    return {**plain, "dialect": endpoint.dialect.value}


def _connector(app: App) -> CrmConnector:
    if app.crm is None:
        raise NotFound("This door does not reach Sugar.")
    return app.crm
