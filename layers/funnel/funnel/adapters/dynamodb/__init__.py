"""The store in DynamoDB. `tables` says how keys are spelled, `models` which attributes items have."""

from funnel.adapters.dynamodb.score_stream import score_change
from funnel.adapters.dynamodb.store import DynamoStore, dynamodb_client
from funnel.adapters.dynamodb.tables import Tables

__all__ = ["DynamoStore", "Tables", "dynamodb_client", "score_change"]
