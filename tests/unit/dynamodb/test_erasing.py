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
    """Each partition has one row; one of them cannot be removed, or is written anew each time."""

    client = SimpleNamespace(meta=SimpleNamespace(region_name="eu-central-1"))

    def __init__(self, refused: str, anew: str = "none") -> None:
        self.refused, self.anew, self.removed = refused, anew, list[str]()

    def query_all(self, table: str, **asked: Any) -> list[Item]:
        pk = asked["ExpressionAttributeValues"][":p"]["S"]
        if f"{table} {pk}" in self.removed and self.anew not in pk:
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


def test_rows_that_are_written_ever_again_are_removed_for_a_while() -> None:
    dynamo = Failing("nothing", anew="v-laptop")
    store = DynamoErasures(cast("Dynamo", dynamo), Tables(*NAMES))
    with pytest.raises(StoreBusy, match="keep writing"):
        store.purge(TENANT, Traces((PERSON,), ("v-laptop", PERSON), (), ()))
    assert "activities t#p1" not in dynamo.removed
