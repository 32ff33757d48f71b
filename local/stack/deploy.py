"""Put the very template that goes to AWS on the local AWS, by the SAM command line."""

import fcntl
import json
import os
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from local.stack import ROOT
from local.stack.aws import LocalAws
from local.stack.errors import StackError
from local.stack.permissions import write_policies
from local.stack.processes import Child
from scripts.layers import Unfinished, finish

SAM = ROOT / ".venvs/sam/bin"
BUILD = ROOT / ".local/build"


def build_and_deploy(aws: LocalAws, logs: Path, parameters: Mapping[str, str]) -> dict[str, str]:
    """Run `sam build` and `sam deploy` with samconfig's `default`; the stack's outputs.

    `parameters` are added to the template parameters given there. Raises `StackError`.
    """
    with (ROOT / "samconfig.toml").open("rb") as file:
        settings = tomllib.load(file)["default"]["deploy"]["parameters"]
    bucket = settings["s3_bucket"]
    aws.client("s3").create_bucket(Bucket=bucket)
    overrides = [f"{key}={value}" for key, value in parameters.items()]
    with one_build_at_a_time():
        sam(aws, logs, "build", "--build-dir", "out", "--cache-dir", "cache")
        finish_layers()
        sam(
            aws,
            logs,
            "deploy",
            "--template-file",
            str(BUILD / "out/template.yaml"),
            "--parameter-overrides",
            " ".join([settings["parameter_overrides"], *overrides]),
        )
        # While nobody else builds anew.
        template = yaml.safe_load((BUILD / "out/template.yaml").read_text())
    found = aws.client("cloudformation").describe_stacks(StackName=settings["stack_name"])
    stack: dict[str, Any] = found["Stacks"][0]
    protect_tables(aws, settings["stack_name"])
    let_queues_give_up(aws, settings["stack_name"], template)
    write_policies(aws)
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def sam(aws: LocalAws, logs: Path, command: str, *options: str) -> None:
    """Run one SAM command to its end. Raises `StackError` with the end of what it said."""
    theirs = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    ours = {
        "PATH": f"{SAM}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_POLL_DELAY": "0.5",
    }
    settings = ["--config-file", str(ROOT / "samconfig.toml")]
    if command == "build":
        settings += ["--template-file", str(ROOT / "template.yaml"), "--base-dir", str(ROOT)]
    child = Child(
        f"sam {command}",
        [SAM / "python", "-m", "samcli", command, *settings, *options],
        log=logs / f"sam-{command}.log",
        cwd=BUILD,
        env=theirs | ours | aws.credentials(),
    )
    try:
        while child.running():
            time.sleep(0.05)
    finally:
        child.stop()
    if child.exit_code:
        raise StackError(f"sam {command} failed:\n{child.last_lines(30)}")


def finish_layers() -> None:
    """As `make build` does for AWS. Raises `StackError`."""
    try:
        finish(BUILD / "out")
    except Unfinished as why:
        raise StackError(str(why)) from why


@contextmanager
def one_build_at_a_time() -> Iterator[None]:
    """Hold the lock on what `sam build` writes: another stack may be starting from here too."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def let_queues_give_up(aws: LocalAws, stack_name: str, template: Mapping[str, Any]) -> None:
    """Set on each queue where its messages go after the last try: the local AWS leaves that out."""
    sqs, names = aws.client("sqs"), physical_names(aws, stack_name)
    for logical_id, resource in template["Resources"].items():
        policy = resource.get("Properties", {}).get("RedrivePolicy")
        if resource["Type"] != "AWS::SQS::Queue" or not policy:
            continue
        dead = names[policy["deadLetterTargetArn"]["Fn::GetAtt"][0]]
        told = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]
        wanted = {
            "deadLetterTargetArn": told["QueueArn"],
            "maxReceiveCount": policy["maxReceiveCount"],
        }
        sqs.set_queue_attributes(
            QueueUrl=names[logical_id], Attributes={"RedrivePolicy": json.dumps(wanted)}
        )


def physical_names(aws: LocalAws, stack_name: str) -> dict[str, str]:
    """Logical id to name, or address."""
    pages = aws.client("cloudformation").get_paginator("list_stack_resources")
    return {
        one["LogicalResourceId"]: one["PhysicalResourceId"]
        for page in pages.paginate(StackName=stack_name)
        for one in page["StackResourceSummaries"]
    }


def protect_tables(aws: LocalAws, stack_name: str) -> None:
    """Set expiry and recovery on each table: the template says so, and the local AWS ignores it."""
    pages = aws.client("cloudformation").get_paginator("list_stack_resources")
    dynamodb = aws.client("dynamodb")
    for page in pages.paginate(StackName=stack_name):
        for resource in page["StackResourceSummaries"]:
            if resource["ResourceType"] != "AWS::DynamoDB::Table":
                continue
            table = resource["PhysicalResourceId"]
            dynamodb.update_continuous_backups(
                TableName=table,
                PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
            )
            expiry = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
            if expiry["TimeToLiveStatus"] == "DISABLED":
                dynamodb.update_time_to_live(
                    TableName=table,
                    TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires_at"},
                )
