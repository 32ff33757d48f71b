"""The models and the template declare the same tables."""

from typing import Any

import pytest

from funnel.adapters.dynamodb import campaign_models, marketing_models, models, vision_models
from funnel.adapters.dynamodb.list_model import ListRow
from tests.template.source import of_type

TABLES = of_type("AWS::DynamoDB::Table")
MODELS = {
    "TenantsTable": models.TenantRow,
    "SyncTable": models.SyncRow,
    "RecordsTable": models.RecordRow,
    "PeopleTable": models.PersonRow,
    "SyncErrorsTable": models.SyncErrorRow,
    "HistoryTable": models.HistoryRow,
    "ListsTable": ListRow,
    "ChangesTable": models.ChangeRow,
    "ActivitiesTable": marketing_models.ActivityRow,
    "ScoresTable": marketing_models.ScoreRow,
    "PushesTable": marketing_models.PushRow,
    "MarketingTable": marketing_models.MarketingRow,
    "VisionTable": vision_models.VisionRow,
    "MailTable": vision_models.MailRow,
    "CampaignsTable": campaign_models.CampaignRow,
}


def test_every_table_has_a_model() -> None:
    assert set(TABLES) == set(MODELS)


@pytest.mark.parametrize("table", sorted(MODELS))
def test_a_table_has_the_keys_and_indexes_of_its_model(table: str) -> None:
    declared = TABLES[table]
    schema = MODELS[table]._get_schema()

    indexes = {
        index["index_name"]: (_keys(index["key_schema"]), index["projection"]["ProjectionType"])
        for index in schema["global_secondary_indexes"]
    }

    assert _keys(schema["key_schema"]) == _keys(declared["KeySchema"])
    assert indexes == {
        index["IndexName"]: (_keys(index["KeySchema"]), index["Projection"]["ProjectionType"])
        for index in declared.get("GlobalSecondaryIndexes", [])
    }
    types = {a["AttributeName"]: a["AttributeType"] for a in declared["AttributeDefinitions"]}
    assert types == {
        a["AttributeName"]: a["AttributeType"] for a in schema["attribute_definitions"]
    }


@pytest.mark.parametrize("table", sorted(MODELS))
def test_what_may_expire_expires_by_the_attribute_of_the_model(table: str) -> None:
    expiry = TABLES[table]["TimeToLiveSpecification"]
    assert expiry["Enabled"]
    assert expiry["AttributeName"] in MODELS[table].get_attributes()


def _keys(schema: Any) -> dict[str, str]:
    return {key["AttributeName"]: key["KeyType"] for key in schema}
