"""Somebody of the tenant says what a network is, or how it is called; what is shown follows."""

from funnel.domain.companies.companies import (
    CompanyKey,
    Correction,
    checked_said,
    is_company_key,
    said_again,
)
from funnel.domain.companies.network_names import NetworkKind
from funnel.domain.errors import Conflict, InputInvalid, NotFound, StoreBusy
from funnel.domain.ids import TenantId
from funnel.usecases.app import App
from funnel.usecases.companies.count_company import change_company

_TRIES = 8


def correct_company(
    app: App, tenant: TenantId, key: str, kind: str, name: str, by: str
) -> CompanyKey:
    """Have it be this kind of network under this name, for everybody of the tenant, from now on.

    With neither, it is what the databases say again. Said twice it is said once. `by` is who says
    so. Raises `NotFound` for a network nobody visited from, `InputInvalid`, and `StoreBusy`.
    """
    if not is_company_key(key):
        raise NotFound("There is no such company.")
    said = checked_said(_kind(kind), name, app.clock.now(), by)
    for _ in range(_TRIES):
        company, before = app.companies.company(tenant, CompanyKey(key))
        if company is None and before is None:
            raise NotFound("There is no such company, or nobody was there for 30 days.")
        organisation = before.organisation if before else company.organisation if company else ""
        before = before or Correction(tenant, CompanyKey(key), organisation)
        after = said_again(before, said)
        try:
            if after != before:
                app.companies.save_correction(after)
        except Conflict:
            continue
        # Also where it was said before: whoever said it may have died here.
        change_company(app, tenant, CompanyKey(key), lambda found: found)
        return CompanyKey(key)
    raise StoreBusy("Others keep changing the same company.")


def _kind(text: str) -> NetworkKind | None:
    """The kind that was chosen, None for none. Raises `InputInvalid`."""
    if not text:
        return None
    try:
        kind = NetworkKind(text)
    except ValueError:
        kind = NetworkKind.UNKNOWN
    if kind is NetworkKind.UNKNOWN:
        raise InputInvalid("Choose what it is.", field="kind")
    return kind
