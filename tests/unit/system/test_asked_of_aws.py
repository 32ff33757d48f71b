"""Beside the tables, too, everything that is asked of AWS is asked in the name of one tenant.

Each method of each adapter that has a client of AWS is called (tests/rights/elsewhere.py), and what it
asked is looked at; those of the store are held to their keys in tests/contract/storage.
"""

import json
import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from funnel.adapters.companies import BucketFiles
from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.s3 import S3Files
from funnel.adapters.secrets import SecretsManager
from funnel.adapters.ses import SesMailer
from funnel.adapters.sqs import SqsDeadLetters, SqsQueue, message_to_json
from funnel.ports.messages import Message
from tests.rights.elsewhere import ADAPTERS, DATABASES, FILES, PREFIX, TENANT, Asked, requests_of
from tests.template.source import ROOT, allowed, functions, of_type
from tests.unit.sqs.test_sqs import MESSAGES

ADAPTERS_CODE = ROOT / "layers/funnel/funnel/adapters"


def of_s3(asked: Asked) -> bool:
    return str(asked.parameters["Key"]).startswith(f"{TENANT}/")


def of_secrets(asked: Asked) -> bool:
    name = asked.parameters.get("SecretId") or asked.parameters["Name"]
    return str(name).startswith(f"{PREFIX}/{TENANT}/")


def of_queues(asked: Asked) -> bool:
    return bool(json.loads(asked.parameters["MessageBody"])["tenant"] == TENANT)


def of_mail(asked: Asked) -> bool:
    tags = asked.parameters.get("EmailTags") or asked.parameters.get("Tags") or []
    return TENANT in [one["Value"] for one in tags]


IN_THE_NAME: dict[type, Callable[[Asked], bool]] = {
    S3Files: of_s3, SecretsManager: of_secrets, SqsQueue: of_queues, SesMailer: of_mail,
}  # fmt: skip
OF_NO_TENANT = {
    (BucketFiles, "ListObjectsV2"): "databases of companies are the deployment's",
    (BucketFiles, "GetObject"): "databases of companies are the deployment's",
    (SesMailer, "GetEmailIdentity"): "a domain is found by its name; whose it is says its tag",
    (SqsDeadLetters, "*"): "the operator sees and moves what was given up of all tenants",
}
"""Adapter and operation, with why no tenant is named."""

CALLS = [(kind, method) for kind, (_, _, calls) in ADAPTERS.items() for method in calls]


def test_every_adapter_with_a_client_of_aws_is_looked_at() -> None:
    makes = re.compile(r"create_client\(|patient_client\(\"")
    with_client = {
        ".".join(path.relative_to(ROOT / "layers/funnel").with_suffix("").parts)
        for path in ADAPTERS_CODE.rglob("*.py")
        if makes.search(path.read_text()) and path.name != "clients.py"
    }
    known = {kind.__module__ for kind in ADAPTERS} | {DynamoStore.__module__}
    assert known == with_client


@pytest.mark.parametrize("kind", ADAPTERS, ids=lambda kind: kind.__name__)
def test_every_method_of_it_is_called(kind: type) -> None:
    assert {name for name in vars(kind) if not name.startswith("_")} == set(ADAPTERS[kind][2])


@pytest.mark.parametrize(("kind", "method"), CALLS)
def test_what_is_asked_names_the_tenant(kind: type, method: str) -> None:
    for asked in requests_of(kind, method):
        if not {(kind, asked.operation), (kind, "*")} & set(OF_NO_TENANT):
            assert IN_THE_NAME[kind](asked), asked


def test_each_exception_is_still_one() -> None:
    made = {(kind, one.operation) for kind, name in CALLS for one in requests_of(kind, name)}
    assert set(OF_NO_TENANT) <= made | {(kind, "*") for kind, _ in made}


def test_every_message_names_its_tenant() -> None:
    assert {type(one) for one in MESSAGES} == set(Message.__args__)
    for message in MESSAGES:
        assert "tenant" in {field.name for field in fields(message)}
        assert json.loads(message_to_json(message))["tenant"] == message.tenant


def test_every_bucket_is_the_tenants_or_the_deployments() -> None:
    asked = {
        str(one.parameters["Bucket"])
        for kind, name in CALLS
        for one in requests_of(kind, name)
        if one.service == "s3"
    }
    assert asked == {FILES, DATABASES} == set(of_type("AWS::S3::Bucket"))


def test_no_function_is_allowed_secrets_or_files_by_a_name_that_any_tenant_could_begin() -> None:
    """What stands for the tenant in a pattern is one whole part of the name, and the kind follows."""
    for door in functions():
        rights: dict[str, Any] = allowed(door)
        for name in set().union(*rights.values()):
            if name.startswith("funnel/"):
                assert re.fullmatch(r"funnel/\$\{Stage\}/\*/[a-z-]+-\*", name), (door, name)
            if name.startswith(f"{FILES}/"):
                assert re.fullmatch(rf"{FILES}/\*/[a-z-]+/\*", name), (door, name)
