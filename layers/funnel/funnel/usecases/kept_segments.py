"""The rules of tenants' segments, made ready and kept from one message or request to the next."""

from collections import OrderedDict
from dataclasses import dataclass

from funnel.domain.ids import ListId, TenantId
from funnel.domain.segment_evaluator import Evaluator

MOST_TENANTS = 20


@dataclass(frozen=True, slots=True)
class Definitions:
    """All segments of a tenant in use. `targets` are the target lists that their rules ask for."""

    generation: int
    evaluator: Evaluator
    targets: frozenset[ListId] = frozenset()


NONE = Definitions(0, Evaluator({}, {}))
"""Of a tenant that never had any."""


class KeptSegments:
    """Those of the tenants met last, each of one generation."""

    def __init__(self) -> None:
        self._kept: OrderedDict[TenantId, Definitions] = OrderedDict()

    def get(self, tenant: TenantId, generation: int) -> Definitions | None:
        """Those of this generation or a later one; None if they are not kept."""
        if not generation:
            return NONE
        found = self._kept.get(tenant)
        return found if found is not None and found.generation >= generation else None

    def put(self, tenant: TenantId, definitions: Definitions) -> None:
        """Keep these; of too many tenants the one put first is forgotten."""
        self._kept[tenant] = definitions
        if len(self._kept) > MOST_TENANTS:
            self._kept.popitem(last=False)
