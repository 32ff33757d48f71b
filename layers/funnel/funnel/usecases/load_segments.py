"""Load the rules of a tenant's segments, once for each generation of them."""

from funnel.domain.ids import TenantId
from funnel.domain.lists.lists import ListKind
from funnel.domain.mapping.fields import CustomField
from funnel.domain.segments.segment_evaluator import Evaluator
from funnel.domain.segments.segment_fields import by_name, segment_fields_of
from funnel.usecases.app import App
from funnel.usecases.kept_segments import NONE, Definitions


def definitions(app: App, tenant: TenantId, generation: int | None = None) -> Definitions:
    """The segments in use, of this generation or a later one; of the latest if none is given.

    Where there are any, the tenant's own fields are read each time: whoever has kept the rules holds
    the same true as whoever reads them anew.
    """
    if generation is None:
        generation = app.lists.list_settings(tenant).segments
    if not generation:
        return NONE
    custom = custom_fields(app, tenant)
    kept = app.kept_segments.get(tenant, generation, custom)
    if kept is not None:
        return kept
    found = app.lists.segment_rules(tenant)
    evaluator = Evaluator(found.rules, by_name(segment_fields_of(custom)))
    asked = app.lists.lists(tenant, sorted(evaluator.lists)) if evaluator.lists else {}
    targets = frozenset(i for i, one in asked.items() if one.kind is ListKind.TARGET)
    made = Definitions(found.generation, evaluator, targets, custom)
    app.kept_segments.put(tenant, made)
    return made


def custom_fields(app: App, tenant: TenantId) -> tuple[CustomField, ...]:
    """The tenant's own fields."""
    connection = app.sync.connection(tenant)
    return connection.custom_fields if connection else ()
