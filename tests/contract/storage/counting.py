"""How many requests something makes, by what is asked of which tables."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.contract.storage import servers
from tests.contract.storage.conftest import Server

_TABLES = {table: name.removesuffix("Table").lower() for name, table in servers.NAMES.items()}


@contextmanager
def requests(server: Server) -> Iterator[Counter[str]]:
    """The requests that are made meanwhile, as `GetItem people`, all tables of one request together."""
    made: Counter[str] = Counter()

    def count(params: dict[str, Any], model: Any, **_: object) -> None:
        actions = [part for one in params.get("TransactItems", ()) for part in one.values()]
        named = [params["TableName"]] if "TableName" in params else params.get("RequestItems", ())
        tables = {_TABLES[one] for one in (*named, *(part["TableName"] for part in actions))}
        made[" ".join((model.name, *sorted(tables)))] += 1

    events = server.client.meta.events
    events.register("provide-client-params.dynamodb", count)
    try:
        yield made
    finally:
        events.unregister("provide-client-params.dynamodb", count)
