"""The rules of tenants' segments, made ready and kept from one message or request to the next."""

from collections import OrderedDict
from dataclasses import dataclass

from funnel.domain.ids import ListId, TenantId
from funnel.domain.mapping.fields import CustomField
from funnel.domain.segments.segment_evaluator import Evaluator

MOST_TENANTS = 20


@dataclass(frozen=True, slots=True)
class Definitions:
    """All segments of a tenant in use. `targets` are the target lists that their rules ask for.

    `custom` are the tenant's own fields that they were made ready with.
    """

    generation: int
    evaluator: Evaluator
    targets: frozenset[ListId] = frozenset()
    custom: tuple[CustomField, ...] = ()


NONE = Definitions(0, Evaluator({}, {}))
"""Of a tenant that never had any."""


class KeptSegments:
    """Those of the tenants met last, each of one generation and of the fields there are."""

    def __init__(self) -> None:
        self._kept: OrderedDict[TenantId, Definitions] = OrderedDict()

    def get(
        self, tenant: TenantId, generation: int, custom: tuple[CustomField, ...]
    ) -> Definitions | None:
        """Those of this generation or a later one, with these fields; None if they are not kept."""
        found = self._kept.get(tenant)
        if found is None or found.generation < generation or found.custom != custom:
            return None
        return found

    def put(self, tenant: TenantId, definitions: Definitions) -> None:
        """Keep these; of too many tenants the one put first is forgotten."""
        self._kept[tenant] = definitions
        if len(self._kept) > MOST_TENANTS:
            self._kept.popitem(last=False)
