"""In the embedded stack a function can do what its policies allow, as on AWS, and nothing else."""

from typing import Any

import pytest

from local.stack.inside.sitecustomize import allows, asked
from local.stack.permissions import normal

TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Sync"
STATEMENTS = [
    normal({"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": TABLE}),
    normal({"Effect": "Allow", "Action": ["dynamodb:Query"], "Resource": [f"{TABLE}/index/due"]}),
    normal(
        {
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": "arn:aws:secretsmanager:us-east-1:000000000000:secret:funnel/local/*",
        }
    ),
]


@pytest.mark.parametrize(
    ("service", "operation", "body", "needed"),
    [
        ("dynamodb", "GetItem", {"TableName": "Sync"}, [("dynamodb:GetItem", "table/Sync")]),
        (
            "dynamodb",
            "Query",
            {"TableName": "Sync", "IndexName": "due"},
            [("dynamodb:Query", "table/Sync/index/due")],
        ),
        (
            "dynamodb",
            "TransactWriteItems",
            {
                "TransactItems": [
                    {"Put": {"TableName": "A"}},
                    {"ConditionCheck": {"TableName": "B"}},
                ]
            },
            [("dynamodb:PutItem", "table/A"), ("dynamodb:ConditionCheckItem", "table/B")],
        ),
        (
            "dynamodb",
            "BatchWriteItem",
            {"RequestItems": {"A": [], "B": []}},
            [("dynamodb:BatchWriteItem", "table/A"), ("dynamodb:BatchWriteItem", "table/B")],
        ),
        (
            "sqs",
            "SendMessageBatch",
            {"QueueUrl": "http://127.0.0.1:4566/000000000000/Pull"},
            [("sqs:SendMessage", "Pull")],
        ),
        (
            "secretsmanager",
            "CreateSecret",
            {"Name": "funnel/local/t1/c"},
            [("secretsmanager:CreateSecret", "secret:funnel/local/t1/c")],
        ),
        (
            "secretsmanager",
            "GetSecretValue",
            {"SecretId": "arn:aws:secretsmanager:us-east-1:1:secret:funnel/local/t1/c-Ab12Cd"},
            [("secretsmanager:GetSecretValue", "secret:funnel/local/t1/c-Ab12Cd")],
        ),
        ("s3", "GetObject", {"Bucket": "b", "Key": "t/a"}, [("s3:GetObject", "b/t/a")]),
        ("s3", "ListObjectsV2", {"Bucket": "b"}, [("s3:ListBucket", "b")]),
        ("kms", "Decrypt", {}, [("kms:Decrypt", "*")]),
    ],
)
def test_a_call_needs_leave_for_what_it_does_on_what_it_touches(
    service: str, operation: str, body: dict[str, Any], needed: list[tuple[str, str]]
) -> None:
    assert list(asked(service, operation, body)) == needed


@pytest.mark.parametrize(
    ("action", "resource", "expected"),
    [
        ("dynamodb:GetItem", "table/Sync", True),
        ("dynamodb:GetItem", "table/Other", False),
        ("dynamodb:PutItem", "table/Sync", False),
        ("dynamodb:Query", "table/Sync/index/due", True),
        ("dynamodb:Query", "table/Sync", False),
        ("secretsmanager:GetSecretValue", "secret:funnel/local/t1/c-Ab12Cd", True),
        ("secretsmanager:GetSecretValue", "secret:funnel/prod/t1/c", False),
        ("secretsmanager:GetSecretValue", "*", False),
        ("s3:GetObject", "*", False),
    ],
)
def test_only_what_a_statement_says_is_allowed(action: str, resource: str, expected: bool) -> None:
    assert allows(STATEMENTS, action, resource) is expected
