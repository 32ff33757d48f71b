"""Rules for functions: what wakes them, what they carry, what they may do."""

import pytest

from tests.template.source import (
    ON_SUGAR,
    RESOURCES,
    ROOT,
    TEMPLATE,
    functions,
    logical_id,
    of_type,
)


def test_every_door_is_in_the_template_and_every_function_has_its_door() -> None:
    assert set(functions()) == {path.parent.name for path in ROOT.glob("functions/*/app.py")}


@pytest.mark.parametrize("door", functions())
def test_a_function_calls_its_doors_handler_with_the_common_settings(door: str) -> None:
    function = functions()[door]
    assert function["Handler"] == f"{door}.app.handler"
    assert function["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"] == door
    assert not {"Runtime", "Architectures", "CodeUri", "Tracing"} & set(function)
    assert TEMPLATE["Globals"]["Function"]["Tracing"] == "Active"


@pytest.mark.parametrize("door", functions())
def test_the_heavy_layer_is_under_exactly_the_functions_that_talk_to_sugar(door: str) -> None:
    assert ({"Ref": "SugarLayer"} in functions()[door].get("Layers", [])) == (door in ON_SUGAR)


@pytest.mark.parametrize("door", functions())
def test_fixed_addresses_are_for_exactly_the_functions_that_talk_to_sugar(door: str) -> None:
    where = functions()[door].get("VpcConfig", {}).get("Fn::If")
    assert (where is not None) == (door in ON_SUGAR)
    if where is not None:
        assert (where[0], where[2]) == ("HasFixedAddress", {"Ref": "AWS::NoValue"})


def test_without_fixed_addresses_there_is_no_network_to_pay_for() -> None:
    network = {k: r for k, r in RESOURCES.items() if r["Type"].startswith("AWS::EC2::")}
    assert len([r for r in network.values() if r["Type"] == "AWS::EC2::NatGateway"]) == 2
    assert {r["Condition"] for r in network.values()} == {"HasFixedAddress", "HasSecondAddress"}
    assert TEMPLATE["Parameters"]["FixedAddresses"]["Default"] == "0"


@pytest.mark.parametrize("door", functions())
def test_a_queue_that_wakes_a_function_hides_messages_for_six_of_its_time_outs(door: str) -> None:
    function = functions()[door]
    for event in function.get("Events", {}).values():
        if event["Type"] != "SQS":
            continue
        queue = of_type("AWS::SQS::Queue")[event["Properties"]["Queue"]["Fn::GetAtt"][0]]
        assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
        assert "RedrivePolicy" in queue, "what fails for good has somewhere to go"
        assert event["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        most = event["Properties"]["ScalingConfig"]["MaximumConcurrency"]
        least = most if isinstance(most, int) else TEMPLATE["Parameters"][most["Ref"]]["MinValue"]
        assert least >= 2, "Lambda takes no fewer"


@pytest.mark.parametrize("door", functions())
def test_what_a_schedule_cannot_deliver_or_finish_is_kept(door: str) -> None:
    function = functions()[door]
    schedules = [e for e in function.get("Events", {}).values() if e["Type"] == "ScheduleV2"]
    for schedule in schedules:
        assert "DeadLetterConfig" in schedule["Properties"]
        assert "MaximumEventAgeInSeconds" in schedule["Properties"]["RetryPolicy"]
        assert "${Stage}" in schedule["Properties"]["Name"]["Fn::Sub"]
    if schedules:
        assert "OnFailure" in function["EventInvokeConfig"]["DestinationConfig"]


@pytest.mark.parametrize("door", functions())
def test_a_stream_comes_in_batches_and_what_fails_is_found_tried_again_and_set_aside(
    door: str,
) -> None:
    for event in functions()[door].get("Events", {}).values():
        if event["Type"] != "DynamoDB":
            continue
        rules = event["Properties"]
        table = of_type("AWS::DynamoDB::Table")[rules["Stream"]["Fn::GetAtt"][0]]
        assert table["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
        assert rules["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert rules["BisectBatchOnFunctionError"] is True
        assert 1 <= rules["MaximumRetryAttempts"] <= 10, "-1 is for ever"
        assert rules["MaximumRecordAgeInSeconds"] <= 86400
        assert rules["MaximumBatchingWindowInSeconds"] >= 1
        assert rules["FilterCriteria"]["Filters"]
        queue = rules["DestinationConfig"]["OnFailure"]
        assert queue["Type"] == "SQS"
        assert queue["Destination"]["Fn::GetAtt"][0].endswith("DeadLetters")


def test_events_are_of_kinds_whose_failures_the_rules_cover() -> None:
    kinds = {e["Type"] for f in functions().values() for e in f.get("Events", {}).values()}
    assert kinds == {"SQS", "ScheduleV2", "DynamoDB"}
    assert not of_type("AWS::Lambda::EventSourceMapping")


@pytest.mark.parametrize("door", functions())
def test_a_functions_errors_raise_an_alarm(door: str) -> None:
    watched = {
        alarm["Dimensions"][0]["Value"]["Ref"]
        for alarm in of_type("AWS::CloudWatch::Alarm").values()
        if alarm["MetricName"] == "Errors"
    }
    assert logical_id(door) in watched


@pytest.mark.parametrize(
    "door", ["authorizer", "setup", "marketing", "hooks", "collect", "funnelvision"]
)
def test_a_door_for_people_answers_within_the_http_apis_thirty_seconds(door: str) -> None:
    common = TEMPLATE["Globals"]["Function"]["Timeout"]
    assert functions()[door].get("Timeout", common) < 30


@pytest.mark.parametrize("name", ["FilesBucket", "CompaniesBucket"])
def test_files_are_private_and_encrypted(name: str) -> None:
    bucket = of_type("AWS::S3::Bucket")[name]
    assert all(bucket["PublicAccessBlockConfiguration"].values())
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    assert "BucketEncryption" in bucket
    (statement,) = of_type("AWS::S3::BucketPolicy")[f"{name}Policy"]["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_what_people_bring_and_fetch_is_gone_after_a_week_and_databases_stay() -> None:
    assert set(of_type("AWS::S3::Bucket")) == {"FilesBucket", "CompaniesBucket"}
    (rule,) = of_type("AWS::S3::Bucket")["FilesBucket"]["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", 7)
    (rule,) = of_type("AWS::S3::Bucket")["CompaniesBucket"]["LifecycleConfiguration"]["Rules"]
    assert "ExpirationInDays" not in rule


@pytest.mark.parametrize(
    "queue",
    [
        "ActivitiesQueue",
        "CampaignsQueue",
        "MailQueue",
        "PullQueue",
        "PushQueue",
        "TargetListsQueue",
    ],
)
def test_a_queue_that_is_not_kept_up_with_has_an_alarm_and_a_way_to_act_on_it(queue: str) -> None:
    name = f"{queue.removesuffix('Queue')}BacklogAlarm"
    alarm = of_type("AWS::CloudWatch::Alarm")[name]
    (named,) = alarm["Dimensions"]
    assert named["Value"] == {"Fn::GetAtt": [queue, "QueueName"]}
    assert alarm["MetricName"] == "ApproximateAgeOfOldestMessage"
    seen = of_type("AWS::SQS::Queue")[queue]["VisibilityTimeout"]
    # One message that failed once is no backlog.
    assert alarm["Threshold"] >= seen
    rows = (ROOT / "docs/operations.md").read_text().splitlines()
    (row,) = (one for one in rows if one.startswith(f"| `{name}` |"))
    assert all(cell.strip() for cell in row.strip("|").split("|"))
