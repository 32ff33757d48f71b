"""What is sent is what botocore would have sent."""

import json
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.session import get_session

from funnel.adapters.dynamodb import dynamodb_client

ADDRESS = {
    "region_name": "eu-central-1",
    "aws_access_key_id": "nobody",
    "aws_secret_access_key": "nothing",
}
ITEM = {"pk": {"S": "acme#Leads/1"}, "sk": {"S": "record"}, "n": {"N": "1"}, "b": {"BOOL": True}}
KEY = {"pk": {"S": "Müller & Söhne 😀"}, "sk": {"S": "record"}}
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("get_item", {"TableName": "records", "Key": KEY, "ConsistentRead": True}),
    ("put_item", {"TableName": "records", "Item": ITEM}),
    ("batch_get_item", {"RequestItems": {"records": {"Keys": [KEY], "ConsistentRead": True}}}),
    (
        "transact_write_items",
        {
            "TransactItems": [
                {
                    "Put": {
                        "TableName": "records",
                        "Item": ITEM,
                        "ConditionExpression": "version = :n",
                        "ExpressionAttributeValues": {":n": {"N": "3"}},
                    }
                },
                {"Delete": {"TableName": "records", "Key": KEY}},
            ],
            "ClientRequestToken": "one",
        },
    ),
    (
        "query",
        {
            "TableName": "records",
            "KeyConditionExpression": "pk = :p",
            "ExpressionAttributeValues": {":p": {"S": "x"}},
            "Limit": 10,
            "ScanIndexForward": False,
        },
    ),
]


def sent(
    client: Any, operation: str, arguments: dict[str, Any]
) -> tuple[str, object, dict[str, bytes]]:
    """The address, the body and the headers, but those that say when and with which client."""
    caught: list[AWSPreparedRequest] = []

    def answer(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        caught.append(request)
        headers = {"Content-Type": "application/x-amz-json-1.0"}
        return AWSResponse(request.url, 200, headers, _Raw(b"{}"))

    client.meta.events.register("before-send.dynamodb.*", answer)
    getattr(client, operation)(**arguments)
    headers = {name: caught[0].headers[name] for name in ("X-Amz-Target", "Content-Type")}
    return caught[0].url, json.loads(caught[0].body), headers


class _Raw:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: object) -> list[bytes]:
        return [self._body]


def test_a_request_is_the_one_that_botocore_makes() -> None:
    plain_config = Config(parameter_validation=False)
    for operation, arguments in CALLS:
        plain = get_session().create_client("dynamodb", config=plain_config, **ADDRESS)
        ours = dynamodb_client(**ADDRESS)
        as_botocore = sent(plain, operation, arguments)
        assert sent(ours, operation, arguments) == as_botocore, operation
        # Where it goes is worked out with the first request.
        assert sent(ours, operation, arguments) == as_botocore, operation
