"""A store whose tables are brought back to a moment, but for what the rules say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.people.redos import Redo
from scripts.restoring.rules import rules
from scripts.restoring.wanted import as_it_was, ruled
from tests.contract.storage import servers
from tests.unit.scripts.restoring.rows import items_of


@dataclass
class Kept:
    """A store, and what was kept of it by a restore."""

    store: DynamoStore
    client: Any
    counts: list[str]
    redos: list[Redo]

    def rows(self) -> dict[str, dict[tuple[str, str], dict[str, Any]]]:
        """All of them, by table and key."""
        return {
            name: {(one["pk"]["S"], one["sk"]["S"]): one for one in items_of(self.client, name)}
            for name in servers.NAMES.values()
        }

    def empty(self) -> None:
        """Remove all rows."""
        for name, rows in self.rows().items():
            for pk, sk in rows:
                self.client.delete_item(TableName=name, Key={"pk": {"S": pk}, "sk": {"S": sk}})

    def since(self, change: Callable[[], object]) -> None:
        """Make a change, and bring the tables back to before it, but for what the rules say."""
        then = self.rows()
        change()
        now = self.rows()
        for logical, name in servers.NAMES.items():
            rule = rules(self.client, name).get(logical, as_it_was)
            for at in sorted({*then[name], *now[name]}):
                before, found = then[name].get(at), now[name].get(at)
                wanted = ruled(rule, found, before)
                if wanted.row is not None or before is not None:
                    again = ruled(rule, wanted.row, before)
                    assert again.row == wanted.row, "a copy can be repeated"
                self.counts += [wanted.what] if wanted.what else []
                self.redos += wanted.redos
                if wanted.row is None and found is not None:
                    self.client.delete_item(
                        TableName=name, Key={"pk": found["pk"], "sk": found["sk"]}
                    )
                elif wanted.row is not None:
                    self.client.put_item(TableName=name, Item=wanted.row)
