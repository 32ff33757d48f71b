"""Rounds over all tenants go on where one tenant's rows cannot be read."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from funnel.domain.errors import WrittenByNewer
from funnel.domain.ids import TenantId

logger = logging.getLogger(__name__)


@contextmanager
def passing_newer(tenant: TenantId) -> Iterator[None]:
    """Leaves the rest of the block out, with a word in the log, where a newer release wrote what it reads."""
    try:
        yield
    except WrittenByNewer:
        logger.warning("written by a newer release", extra={"tenant": tenant})
