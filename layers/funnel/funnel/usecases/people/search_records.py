"""Records of one module by name: all, or those in which the words that were typed begin words."""

from funnel.domain.ids import Module, TenantId
from funnel.domain.people.searching import Wanted, typed_words
from funnel.domain.sync.records import SugarRecord
from funnel.ports.listing import Listing
from funnel.usecases.app import App


def listed_records(
    app: App, tenant: TenantId, module: Module, query: str, limit: int, cursor: str
) -> Listing[SugarRecord]:
    """A page of Accounts, Opportunities or Users in use."""
    words = typed_words(query)
    if not words:
        return app.records.list_records(tenant, module, "", limit, cursor)
    found = app.records.search_records(tenant, module, Wanted(words), limit, cursor)
    return Listing(found.items, found.cursor)
