"""DynamoDB in memory for all of it."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.dynamodb.store import dynamodb_client
from tests.contract.storage import servers
from tests.unit.scripts.restoring.kept import Kept


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A boto session whose DynamoDB is moto's."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    with mock_aws():
        yield boto3.Session(region_name="eu-central-1")


@pytest.fixture
def kept(session: Any) -> Kept:
    """Empty tables."""
    client = dynamodb_client(region_name="eu-central-1")
    store = DynamoStore(servers.create_tables(client), client)
    return Kept(store, session.client("dynamodb"), [], [])
