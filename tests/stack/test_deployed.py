"""What stands on the embedded stack is what the template says."""

import importlib.util
import socket
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests

if TYPE_CHECKING:
    from local.stack.stack import Stack

GUARDED = ["/setup", "/setup/connection", "/api/setup/connection", "/app", "/api/app/people"]


def tables(stack: "Stack") -> list[str]:
    """The deployed tables' names."""
    names: list[str] = stack.client("dynamodb").list_tables()["TableNames"]
    return names


def test_every_table_forgets_what_expires_and_can_be_restored(stack: "Stack") -> None:
    from tests.template.source import of_type

    dynamodb = stack.client("dynamodb")
    assert len(tables(stack)) == len(of_type("AWS::DynamoDB::Table"))
    for table in tables(stack):
        expiry = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        assert expiry == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}
        backups = dynamodb.describe_continuous_backups(TableName=table)
        recovery = backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
        assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"


def test_the_layers_that_were_deployed_have_byte_code_for_every_source(stack: "Stack") -> None:
    from local.stack.deploy import BUILD

    sources = list((BUILD / "out").glob("*Layer/python/**/*.py"))
    assert len(sources) > 1_000
    for source in sources:
        name = f"{source.stem}.{sys.implementation.cache_tag}.pyc"
        head = (source.parent / "__pycache__" / name).read_bytes()[:8]
        assert head == importlib.util.MAGIC_NUMBER + b"\x01\0\0\0", source


@pytest.mark.parametrize("path", GUARDED)
def test_nobody_gets_behind_the_authorizer_without_a_session(stack: "Stack", path: str) -> None:
    cookies = {"": "", "garbage": "__Host-funnel_session=garbage; funnel_session=garbage"}
    for cookie in cookies.values():
        reply = requests.get(
            stack.url + path, headers={"Cookie": cookie}, timeout=60, allow_redirects=False
        )
        assert reply.status_code in {302, 303, 401, 403}, reply.text[:200]


def test_what_no_route_serves_is_not_found_and_said_so_by_a_page_of_ours(stack: "Stack") -> None:
    page = requests.get(f"{stack.url}/nope/at all", headers={"Accept": "text/html"}, timeout=60)
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "There is no such page." in page.text
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    told = requests.post(f"{stack.url}/nope", headers={"Accept": "application/json"}, timeout=60)
    assert (told.status_code, told.json()["error"]["code"]) == (404, "NotFound")


def test_two_tenants_are_two(stack: "Stack") -> None:
    first = stack.operator.create_tenant("One")
    second = stack.operator.create_tenant("Two")
    assert first.tenant_id != second.tenant_id
    assert first.sign_in_url != second.sign_in_url
    assert first.sign_in_url.startswith(stack.url)


@pytest.mark.feature("G2")
def test_what_runs_here_is_the_template_that_goes_to_aws(stack: "Stack") -> None:
    from tests.template.source import RESOURCES

    pages = stack.client("cloudformation").get_paginator("list_stack_resources")
    deployed = {
        resource["LogicalResourceId"]
        for page in pages.paginate(StackName="funnel-local")
        for resource in page["StackResourceSummaries"]
    }
    layers = {name for name, r in RESOURCES.items() if r["Type"] == "AWS::Serverless::LayerVersion"}
    # SAM adds a hash to a layer's name.
    # Nobody asked for fixed addresses here.
    unasked = {name for name, r in RESOURCES.items() if "Condition" in r}
    assert set(RESOURCES) - layers - unasked <= deployed
    assert all(any(name.startswith(layer) for name in deployed) for layer in layers)


def test_nothing_listens_beyond_this_machine(stack: "Stack") -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # No packet is sent: this only asks which address would be ours.
        probe.connect(("192.0.2.1", 9))
        outside = probe.getsockname()[0]
    assert outside != "127.0.0.1"
    for url in (stack.url, stack.aws.url, stack.sugar.url):
        port = urlsplit(url).port
        assert port
        with socket.socket() as caller:
            caller.settimeout(2)
            assert caller.connect_ex((outside, port)) != 0, url
