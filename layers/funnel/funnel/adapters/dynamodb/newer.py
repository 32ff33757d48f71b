"""Rows of a later release are not read, and so not written: what is not known here would be lost.

Each item says in `v` which format it has. Who goes back to an earlier release meets items of a later
one; all that reads one of them fails until that release is deployed again, and nothing of it is changed.
Listings over all tenants leave them out, so that a row of one stops nobody else.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from funnel.adapters.dynamodb.tables import KNOWN
from funnel.domain.errors import WrittenByNewer


def refuse_newer(client: Any) -> Any:
    """The client, whose answers with an item of a later format raise `WrittenByNewer`."""
    client.meta.events.register("after-call.dynamodb", _look)
    return client


def _look(parsed: Mapping[str, Any], **_: Any) -> None:
    for item in items_of(parsed):
        # An index may not hold it; whoever reads the row after that meets it there.
        if "v" in item and int(item["v"]["N"]) > KNOWN:
            raise WrittenByNewer(
                f"This was written by a newer release of Funnel (format {item['v']['N']}; this one "
                f"knows {KNOWN}).",
                mend="Whoever runs Funnel has to deploy that release again. Nothing is lost.",
            )


def items_of(parsed: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Of a read of one, of a query, of a batch and of a transaction."""
    if "Item" in parsed:
        yield parsed["Item"]
    yield from parsed.get("Items", ())
    found = parsed.get("Responses", ())
    if isinstance(found, Mapping):
        for items in found.values():
            yield from items
    else:
        for one in found:
            yield one.get("Item", {})
