"""DynamoDB in memory for all of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from moto import mock_aws

from funnel.adapters.dynamodb import DynamoStore
from funnel.adapters.dynamodb.store import dynamodb_client
from tests.contract.storage import servers
from tests.unit.scripts.restoring.kept import Kept

REGION = "eu-central-1"


@contextmanager
def in_memory() -> Iterator[Any]:
    """A boto session whose DynamoDB is moto's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        with mock_aws():
            yield boto3.Session(region_name=REGION)


@pytest.fixture
def session() -> Iterator[Any]:
    """With nothing in it."""
    with in_memory() as found:
        yield found


@pytest.fixture(scope="module")
def whole_store() -> Iterator[tuple[DynamoStore, Any]]:
    """All tables, and a client that looks behind the store: they take their time to be made."""
    with in_memory() as found:
        client = dynamodb_client(region_name=REGION)
        yield DynamoStore(servers.create_tables(client), client), found.client("dynamodb")


@pytest.fixture
def kept(whole_store: tuple[DynamoStore, Any]) -> Kept:
    """Empty tables."""
    made = Kept(*whole_store, [], [])
    made.empty()
    return made
