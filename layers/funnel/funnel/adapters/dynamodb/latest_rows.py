"""Rows of which a tenant has one, the latest: a body under a version, forgotten after a while."""

import time

from pynamodb.exceptions import DoesNotExist

from funnel.adapters.dynamodb.access import put_if_version
from funnel.adapters.dynamodb.models import ChangeRow
from funnel.adapters.dynamodb.requests import Dynamo
from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId

MONTH, WEEK = 31 * 24 * 3600, 7 * 24 * 3600


def latest(
    dynamo: Dynamo, rows: type[ChangeRow], tenant: TenantId, name: str
) -> tuple[str, int] | None:
    """Its body and version."""
    try:
        row = dynamo.patiently(lambda: rows.get(tenant, name, consistent_read=True))
    except DoesNotExist:
        return None
    return str(row.body), int(row.version)


def save_latest(
    dynamo: Dynamo,
    rows: type[ChangeRow],
    tenant: TenantId,
    name: str,
    body: str,
    version: int,
    life: int = MONTH,
) -> int:
    """Write it, to be kept for `life` seconds, if this version still stands; the next one.

    Raises `Conflict`.
    """
    row = rows(tenant, name, body=body, version=version + 1)
    row.expires_at = int(time.time()) + life
    if not put_if_version(dynamo, rows.Meta.table_name, row.serialize(), version):
        raise Conflict("Somebody else changed it meanwhile.", mend="Try again.")
    return version + 1
