"""What leads to the rest of an erased person's rows is removed last."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from funnel.adapters.dynamodb.erasures import DynamoErasures
from funnel.adapters.dynamodb.requests import Dynamo, Item
from funnel.adapters.dynamodb.tables import Tables
from funnel.domain.errors import StoreBusy
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.people.erasure import Traces

TENANT, PERSON = TenantId("t"), PersonId("p1")
NAMES = ("tenants", "sync", "records", "people", "errors", "history", "lists", "changes",
         "activities", "scores", "pushes", "marketing", "vision", "mail", "campaigns")  # fmt: skip


class Failing:
    """Each partition has one row; one of them cannot be removed."""

    client = SimpleNamespace(meta=SimpleNamespace(region_name="eu-central-1"))

    def __init__(self, refused: str) -> None:
        self.refused, self.removed = refused, list[str]()
        self.written_anew = False

    def query_all(self, table: str, **asked: Any) -> list[Item]:
        pk = asked["ExpressionAttributeValues"][":p"]["S"]
        if f"{table} {pk}" in self.removed and not self.written_anew:
            return []
        row = {"pk": {"S": pk}, "sk": {"S": "row"}, "body": {"S": '["forms", "one"]'}}
        return [{**row, "stamp": {"S": "intent"}}] if "#person#" in pk else [row]

    def batch_delete(self, table: str, keys: list[tuple[str, str]]) -> None:
        """As DynamoDB: what of a batch fails, and what not, is not said."""
        self.removed += [f"{table} {pk}" for pk, _ in keys if self.refused not in pk]
        if any(self.refused in pk for pk, _ in keys):
            raise StoreBusy("The store is busy.")


@pytest.mark.parametrize(
    ("refused", "leads"),
    [("v-laptop", "activities t#p1"), ("#push#intent", "pushes t#person#p1")],
)
def test_what_leads_to_rows_that_could_not_be_removed_stays(refused: str, leads: str) -> None:
    dynamo = Failing(refused)
    store = DynamoErasures(cast("Dynamo", dynamo), Tables(*NAMES))
    with pytest.raises(StoreBusy):
        store.purge(TENANT, Traces((PERSON,), ("v-laptop", PERSON), (), ()))
    assert leads not in dynamo.removed
    whole = Failing("nothing")
    DynamoErasures(cast("Dynamo", whole), Tables(*NAMES)).purge(
        TENANT, Traces((PERSON,), ("v-laptop", PERSON), (), ())
    )
    assert leads in whole.removed


def test_rows_that_others_write_without_end_are_left_for_later() -> None:
    dynamo = Failing("nothing")
    dynamo.written_anew = True
    with pytest.raises(StoreBusy):
        DynamoErasures(cast("Dynamo", dynamo), Tables(*NAMES)).purge(
            TENANT, Traces((PERSON,), ("v-laptop", PERSON), (), ())
        )
    assert len(dynamo.removed) < 100
