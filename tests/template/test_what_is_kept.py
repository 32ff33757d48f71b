"""Rules for tables, queues and logs."""

import pytest

from tests.template.source import RESOURCES, functions, of_type

TABLES = of_type("AWS::DynamoDB::Table")
QUEUES = of_type("AWS::SQS::Queue")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_outlives_the_stack_and_can_be_restored(name: str) -> None:
    assert RESOURCES[name]["DeletionPolicy"] == "Retain"
    assert RESOURCES[name]["UpdateReplacePolicy"] == "Retain"
    table = TABLES[name]
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_on_demand_encrypted_and_forgets_what_expires(name: str) -> None:
    table = TABLES[name]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_declares_exactly_the_attributes_its_keys_use(name: str) -> None:
    table = TABLES[name]
    schemas = [table["KeySchema"]]
    schemas += [index["KeySchema"] for index in table.get("GlobalSecondaryIndexes", [])]
    used = {key["AttributeName"] for schema in schemas for key in schema}
    assert {a["AttributeName"] for a in table["AttributeDefinitions"]} == used
    assert [key["AttributeName"] for key in table["KeySchema"]] == ["pk", "sk"]
    assert all([key["KeyType"] for key in schema] == ["HASH", "RANGE"] for schema in schemas)


def test_no_table_has_a_name_that_would_stop_a_second_deployment() -> None:
    assert not [name for name, table in TABLES.items() if "TableName" in table]


def test_there_are_exactly_the_indexes_the_adapter_reads() -> None:
    found = {
        name: {index["IndexName"] for index in table.get("GlobalSecondaryIndexes", [])}
        for name, table in TABLES.items()
    }
    assert found == {
        "TenantsTable": set(),
        "SyncTable": {"due"},
        "RecordsTable": {"list", "parent"},
        "PeopleTable": {"list", "search", "due"},
        "SyncErrorsTable": {"list", "blocked_by"},
        "HistoryTable": set(),
        "ListsTable": {"list", "member", "due"},
        "ChangesTable": set(),
        "ActivitiesTable": set(),
        "ScoresTable": {"due"},
        "PushesTable": {"due"},
        "MarketingTable": set(),
        "VisionTable": {"hot", "seen"},
        "MailTable": {"about", "sender", "due"},
        "CampaignsTable": {"due", "step"},
    }


@pytest.mark.parametrize("name", QUEUES)
def test_a_queue_has_a_dead_letter_queue_or_is_one_that_keeps_for_two_weeks(name: str) -> None:
    queue = QUEUES[name]
    assert queue["SqsManagedSseEnabled"] is True
    if name.endswith("DeadLetters"):
        assert queue["MessageRetentionPeriod"] == 14 * 24 * 3600
    else:
        dead_letters = queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        assert dead_letters in QUEUES
        assert dead_letters.endswith("DeadLetters")
        assert 2 <= queue["RedrivePolicy"]["maxReceiveCount"] <= 5


def test_every_dead_letter_queue_raises_an_alarm() -> None:
    watched = {
        alarm["Dimensions"][0]["Value"]["Fn::GetAtt"][0]
        for alarm in of_type("AWS::CloudWatch::Alarm").values()
        if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
    }
    assert watched == {name for name in QUEUES if name.endswith("DeadLetters")}


@pytest.mark.parametrize("door", functions())
def test_a_function_logs_as_json_to_a_group_of_its_own_with_retention(door: str) -> None:
    logging = functions()[door]["LoggingConfig"]
    assert logging["LogFormat"] == "JSON"
    group = of_type("AWS::Logs::LogGroup")[logging["LogGroup"]["Ref"]]
    assert group["LogGroupName"] == {"Fn::Sub": "/funnel/${Stage}/" + door}
    assert group["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def test_every_log_group_has_retention() -> None:
    assert all("RetentionInDays" in group for group in of_type("AWS::Logs::LogGroup").values())
