"""Rules for functions: what they may do, each no more than it needs."""

import json
import re

import pytest

from funnel.adapters.dynamodb.api_keys import USE
from funnel.bootstrap import sources_of_dead_letters
from funnel.config import Config
from funnel.usecases.connecting.secret_names import LINKS, SIGN_IN, SIGNING, SUGAR
from tests.template.source import (
    ON_SUGAR,
    allowed,
    as_list,
    functions,
    logical_id,
    of_type,
    statements,
)

READS = {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"}
CREDENTIALS, TOKENS, SIGNING_KEYS, SIGN_INS = (
    f"funnel/${{Stage}}/*/{beginning}*" for beginning in (SUGAR, f"token-{SUGAR}", SIGNING, SIGN_IN)
)
ANY_TOKEN = "funnel/${Stage}/*/token-*"
NO_TOKEN = f"funnel/${{Stage}}/*/token-{SIGN_IN}*"
"""Deleted with what was entered, as any credentials' is; there never is one."""
DATABASES = "CompaniesBucket/*"
DOMAINS = "identity/*"
CONFIGURATION = "configuration-set/${MailConfiguration}"
WITH_MAIL = {"mail", "marketing", "funnelvision", "campaigns"}
"""Doors that keep or send mail, and so make HTML harmless."""
IMPORTS, EXPORTS, PREVIEWS, LOOKS = (
    f"FilesBucket/*/{kind}/*" for kind in ("imports", "exports", "previews", "campaign-looks")
)
LINK_KEYS = f"funnel/${{Stage}}/*/{LINKS}*"


def test_nothing_comes_into_the_network_of_fixed_addresses() -> None:
    (group,) = of_type("AWS::EC2::SecurityGroup").values()
    assert "SecurityGroupIngress" not in group


@pytest.mark.parametrize("door", functions())
def test_a_function_is_allowed_no_wildcard(door: str) -> None:
    for statement in statements(functions()[door]):
        assert statement["Effect"] == "Allow"
        assert statement["Sid"]
        assert not [action for action in as_list(statement["Action"]) if "*" in action]
        for resource in as_list(statement["Resource"]):
            assert isinstance(resource, dict), "a resource is named by reference"
    # Secrets are made at run time, and files: only the beginnings of their names are known here.
    named = {
        CREDENTIALS,
        TOKENS,
        SIGNING_KEYS,
        LINK_KEYS,
        SIGN_INS,
        ANY_TOKEN,
        NO_TOKEN,
        IMPORTS,
        EXPORTS,
        DATABASES,
        DOMAINS,
        PREVIEWS,
        LOOKS,
    }
    for resources in allowed(door).values():
        assert {name for name in resources if "*" in name} <= named


@pytest.mark.parametrize("door", functions())
def test_what_a_function_may_fits_into_its_role(door: str) -> None:
    """IAM takes 10,240 characters of inline policies for a role, without white space."""
    longest = "arn:aws-us-gov:dynamodb:us-gov-west-1:123456789012:table/funnel-production-"
    text = json.dumps(list(statements(functions()[door])), separators=(",", ":"))
    assert len(re.sub(r'\{"Fn::(?:GetAtt|Sub)":', longest, text)) < 10_240


@pytest.mark.parametrize("door", functions())
def test_a_function_brings_no_managed_policy_of_its_own(door: str) -> None:
    assert all(isinstance(policy, dict) for policy in functions()[door]["Policies"])


def test_each_function_can_read_the_kinds_of_secrets_it_needs_and_no_others() -> None:
    secrets = {d: allowed(d).get("secretsmanager:GetSecretValue", set()) for d in functions()}
    wanted = {door: {CREDENTIALS, TOKENS} for door in ON_SUGAR}
    wanted |= {door: {LINK_KEYS} for door in ("activities", "marketing", "mail")}
    wanted |= {"sign_in": {SIGN_INS}, "hooks": {SIGNING_KEYS}, "funnelvision": {SIGNING_KEYS}}
    assert {door: names for door, names in secrets.items() if names} == wanted


def test_the_door_for_webhooks_marks_rings_and_changes_nothing_else() -> None:
    actions = allowed("hooks")
    assert {a for a, names in actions.items() if "SyncTable" in names} == {"dynamodb:GetItem"}
    tables = {n for names in actions.values() for n in names if n.endswith("Table")}
    assert tables == {"SyncTable", "ChangesTable"}
    assert actions["sqs:SendMessage"] == {"PullQueue"}


def test_the_door_for_sites_counts_hits_passes_them_on_and_reads_nothing_of_people() -> None:
    assert allowed("collect") == {
        "dynamodb:GetItem": {"MarketingTable", "MailTable"},
        "dynamodb:UpdateItem": {"MarketingTable", "MailTable"},
        "sqs:SendMessage": {"ActivitiesQueue", "MailWordsQueue", "CampaignsQueue"},
    }


def test_only_the_door_for_mail_sends_and_only_setup_adds_domains() -> None:
    for action in ("ses:SendEmail", "ses:SendRawEmail"):
        sends = {d: allowed(d)[action] for d in functions() if action in allowed(d)}
        assert sends == {"mail": {DOMAINS, CONFIGURATION}}
    assert [d for d in functions() if "ses:CreateEmailIdentity" in allowed(d)] == ["setup"]


@pytest.mark.parametrize("door", functions())
def test_the_layer_for_mail_is_under_exactly_the_functions_that_keep_or_send_it(door: str) -> None:
    assert ({"Ref": "MailLayer"} in functions()[door].get("Layers", [])) == (door in WITH_MAIL)


def test_setup_takes_credentials_jobs_binds_them_and_setup_cannot_read_them() -> None:
    put = {d: allowed(d).get("secretsmanager:PutSecretValue", set()) for d in functions()}
    assert {d for d, names in put.items() if CREDENTIALS in names} == {"setup", "jobs"}
    assert {d for d, names in put.items() if {SIGNING_KEYS, SIGN_INS} & names} == {"setup"}
    secrets = {action for action in allowed("setup") if action.startswith("secretsmanager:")}
    assert not {action for action in secrets if "Get" in action or "List" in action}


def test_workers_on_sugar_keep_the_token_they_share_and_no_credentials() -> None:
    for door in ON_SUGAR - {"jobs", "sign_in"}:
        writes = {a: names for a, names in allowed(door).items() if a.startswith("secretsm")}
        del writes["secretsmanager:GetSecretValue"]
        assert writes == {
            "secretsmanager:CreateSecret": {TOKENS},
            "secretsmanager:PutSecretValue": {TOKENS},
        }


def test_the_authorizer_reads_sessions_keys_and_users_and_writes_what_keys_ask_only() -> None:
    assert allowed("authorizer") == {
        "dynamodb:GetItem": {"TenantsTable"},
        "dynamodb:UpdateItem": {"TenantsTable"},
        "dynamodb:BatchGetItem": {"RecordsTable"},
    }
    (counts,) = (s for s in statements(functions()["authorizer"]) if "Condition" in s)
    assert counts["Action"] == "dynamodb:UpdateItem"
    assert counts["Condition"] == {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{USE}#*"]}
    }


def test_the_jobs_worker_sees_records_and_people_and_changes_none() -> None:
    data = {"RecordsTable", "RecordsTable/index/list", "PeopleTable"}
    seen = {action: names & data for action, names in allowed("jobs").items() if names & data}
    assert set(seen) <= READS
    assert set().union(*seen.values()) == data


def test_marketing_writes_people_their_records_and_their_history_and_rings_the_bells() -> None:
    writes = {a: names for a, names in allowed("marketing").items() if a not in READS}
    assert writes == {
        "dynamodb:BatchWriteItem": {"PeopleTable", "MarketingTable"},
        "dynamodb:ConditionCheckItem": {"PeopleTable", "MailTable", "ListsTable", "CampaignsTable"},
        "dynamodb:PutItem": {
            "RecordsTable",
            "PeopleTable",
            "HistoryTable",
            "SyncTable",
            "MarketingTable",
            "ActivitiesTable",
            "ScoresTable",
            "PushesTable",
            "VisionTable",
            "MailTable",
            "ListsTable",
            "CampaignsTable",
        },
        "dynamodb:UpdateItem": {
            "PeopleTable",
            "MailTable",
            "ListsTable",
            "CampaignsTable",
            "MarketingTable",
        },
        "dynamodb:DeleteItem": {
            "SyncErrorsTable",
            "ListsTable",
            "CampaignsTable",
            "MarketingTable",
            "MailTable",
        },
        "s3:GetObject": {IMPORTS, EXPORTS, LOOKS},
        "s3:ListBucket": {"FilesBucket"},
        "s3:PutObject": {IMPORTS},
        "sqs:SendMessage": {
            "TargetListsQueue",
            "PullQueue",
            "PushQueue",
            "JobsQueue",
            "PeopleQueue",
            "ActivitiesQueue",
            "MailQueue",
            "CampaignsQueue",
        },
        "secretsmanager:CreateSecret": {LINK_KEYS},
        "secretsmanager:GetSecretValue": {LINK_KEYS},
        "secretsmanager:PutSecretValue": {LINK_KEYS},
    }


def test_a_push_deletes_no_people_and_no_records_of_anybody() -> None:
    writes = {a: names for a, names in allowed("push").items() if a not in READS}
    assert writes["dynamodb:DeleteItem"] == {"SyncTable", "SyncErrorsTable", "PushesTable"}


def test_the_operator_reaches_tenants_connections_and_dead_letters_and_nothing_invokes_it() -> None:
    of = allowed("operate")
    tables = {n for action, names in of.items() if not action.startswith("sqs:") for n in names}
    assert tables == {"TenantsTable", "SyncTable", "ChangesTable"}
    queues = set(of_type("AWS::SQS::Queue"))
    dead = {name for name in queues if name.endswith("DeadLetters")}
    assert of["sqs:SendMessage"] == queues - dead
    assert of["sqs:ReceiveMessage"] == of["sqs:DeleteMessage"] == dead
    assert "Events" not in functions()["operate"]
    permitted = {
        permission["FunctionName"]["Ref"]
        for permission in of_type("AWS::Lambda::Permission").values()
    }
    assert logical_id("operate") not in permitted


def test_the_operator_knows_every_queue_of_dead_letters_and_whose_messages_it_holds() -> None:
    (told,) = (
        joined["Fn::Join"][1]
        for joined in [functions()["operate"]["Environment"]["Variables"]["FUNNEL_DEAD_LETTERS"]]
    )
    named = dict(one["Fn::Sub"].split("=") for one in told)
    queues = of_type("AWS::SQS::Queue")
    dead = {name for name in queues if name.endswith("DeadLetters")}
    assert named == {name.removesuffix("DeadLetters"): f"${{{name}.QueueName}}" for name in dead}
    into = {
        name: queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        for name, queue in queues.items()
        if "RedrivePolicy" in queue
    }
    from_queues = {
        f"{name}DeadLetters": set(sources)
        for name, sources in sources_of_dead_letters(Config.of(_Anything())).items()
    }
    assert from_queues == {
        name: {queue for queue, target in into.items() if target == name}
        for name in dead
        if name in into.values()
    }


class _Anything(dict[str, str]):
    """An environment with everything in it."""

    def __missing__(self, name: str) -> str:
        return name


WORKERS = [
    *("pull", "target_lists", "push", "jobs", "sign_in", "activities", "people", "mail"),
    "campaigns",
]


@pytest.mark.parametrize("door", WORKERS)
def test_a_worker_reaches_no_sessions_and_only_sends_to_queues(door: str) -> None:
    assert "TenantsTable" not in {name for names in allowed(door).values() for name in names}
    assert {action for action in allowed(door) if action.startswith("sqs:")} == {"sqs:SendMessage"}


@pytest.mark.parametrize("door", functions())
def test_only_the_sessions_own_doors_touch_the_tenants_table_by_writing(door: str) -> None:
    writes = {a for a, names in allowed(door).items() if "TenantsTable" in names} - READS
    assert not writes or door in {"setup", "operate", "funnelvision", "authorizer"}


def test_the_relay_of_scores_marks_rings_and_changes_nothing_else() -> None:
    writes = {a: names for a, names in allowed("scores").items() if a not in READS}
    assert writes == {
        "dynamodb:PutItem": {"SyncTable", "PushesTable"},
        "dynamodb:DeleteItem": {"SyncTable"},
        "sqs:SendMessage": {"PushQueue"},
    }


def test_each_door_reaches_the_kinds_of_files_it_makes_or_gives_out() -> None:
    reached = {
        (door, name.partition("/")[0])
        for door in functions()
        for action, names in allowed(door).items()
        if action.startswith("s3:")
        for name in names
    }
    files = {(door, "FilesBucket") for door in ("jobs", "marketing", "people", "pull", "setup")}
    assert reached == files | {("activities", "CompaniesBucket")}
    assert allowed("activities")["s3:GetObject"] == {DATABASES}
    assert "s3:PutObject" not in allowed("activities")
    assert allowed("people")["s3:GetObject"] == {IMPORTS}
    assert allowed("people")["s3:PutObject"] == {IMPORTS, EXPORTS}
    assert allowed("pull")["s3:PutObject"] == {PREVIEWS}
    assert allowed("setup")["s3:GetObject"] == {PREVIEWS}
    assert allowed("jobs")["s3:GetObject"] == allowed("jobs")["s3:PutObject"] == {LOOKS}
    for door in ("pull", "setup"):
        assert len([action for action in allowed(door) if action.startswith("s3:")]) == 1


def test_who_erases_people_may_find_and_settle_all_that_is_of_them() -> None:
    of = allowed("people")
    assert "MarketingTable" in of["dynamodb:GetItem"] & of["dynamodb:PutItem"]
    for action in ("Query", "DeleteItem"):
        assert "SyncErrorsTable" in of[f"dynamodb:{action}"]


def test_who_reads_files_is_told_that_one_is_gone() -> None:
    """S3 answers 403 for it otherwise, which looks like something that can pass."""
    for door in ("marketing", "people"):
        assert allowed(door)["s3:ListBucket"] == {"FilesBucket"}
