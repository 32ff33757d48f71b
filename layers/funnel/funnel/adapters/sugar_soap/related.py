"""What `get_relationships` is asked, on every endpoint but `soap.php`."""

from collections.abc import Sequence
from dataclasses import dataclass

from funnel.adapters.sugar_soap import envelopes
from funnel.adapters.sugar_soap.envelopes import Part
from funnel.domain.crm import Dialect


@dataclass(frozen=True, slots=True)
class Related:
    """The records behind one link of one record, and which of their fields."""

    module: str
    record: str
    link: str
    fields: Sequence[str]


def related_parts(dialect: Dialect, asked: Related, query: str = "", limit: int = 0) -> list[Part]:
    """All parameters but the session. The limit is only sent where there is one (v4_1)."""
    parts = [
        envelopes.text("module_name", asked.module),
        envelopes.text("module_id", asked.record),
        envelopes.text("link_field_name", asked.link),
        envelopes.text("related_module_query", query),
        envelopes.strings("related_fields", asked.fields),
        envelopes.links("related_module_link_name_to_fields_array", {}),
        envelopes.text("deleted", 0),
    ]
    if dialect not in (Dialect.V2, Dialect.V2_1):
        parts.append(envelopes.text("order_by", ""))
    if dialect is Dialect.V4_1:
        parts += [envelopes.text("offset", 0), envelopes.text("limit", limit)]
    return parts
