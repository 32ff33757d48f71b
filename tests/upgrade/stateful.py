"""What in the template holds data or an address that others know, and what CloudFormation keeps it by.

A changed property of these has CloudFormation put an empty one in the old one's place ("Update
requires: Replacement" in its resource reference); so has another logical id.
"""

import json
from typing import Any

from tests.template.source import RESOURCES

Json = dict[str, Any]

REPLACED_BY = {
    "AWS::DynamoDB::Table": ("TableName", "KeySchema", "LocalSecondaryIndexes"),
    "AWS::SQS::Queue": ("QueueName", "FifoQueue"),
    "AWS::S3::Bucket": ("BucketName",),
    "AWS::Logs::LogGroup": ("LogGroupName",),
    "AWS::ApiGatewayV2::Api": ("ProtocolType",),
    "AWS::EC2::EIP": ("Domain", "NetworkBorderGroup"),
    "AWS::SES::ConfigurationSet": ("Name",),
}
POLICIES = ("Condition", "DeletionPolicy", "UpdateReplacePolicy")


def resources() -> Json:
    """By logical id: type, policies, what must not change, and a table's indexes and stream."""
    found = {}
    for name, one in RESOURCES.items():
        kind = one["Type"]
        if kind not in REPLACED_BY:
            continue
        properties = one.get("Properties", {})
        kept = {key: properties[key] for key in REPLACED_BY[kind] if key in properties}
        found[name] = {"type": kind, "kept": kept}
        found[name] |= {key: one[key] for key in POLICIES if key in one}
        if kind == "AWS::DynamoDB::Table":
            keys = {
                one["AttributeName"]: one["AttributeType"]
                for one in properties["AttributeDefinitions"]
            }
            found[name] |= {
                "attributes": keys,
                "stream": properties.get("StreamSpecification"),
                "indexes": {
                    one["IndexName"]: {"keys": one["KeySchema"], "projection": one["Projection"]}
                    for one in properties.get("GlobalSecondaryIndexes", [])
                },
            }
    plain: Json = json.loads(json.dumps(found))
    return plain


def harm(old: Json, new: Json) -> list[str]:
    """What an upgrade from the old template to the new one would do to data, in words."""
    told = []
    for name, before in old.items():
        after = new.get(name)
        if after is None:
            told.append(f"{name} is gone, or has another logical id: what it holds is left behind")
            continue
        told += [
            f"{name}: {key} was {before.get(key)} and is {after.get(key)}"
            for key in ("type", "kept", *POLICIES)
            if before.get(key) != after.get(key)
        ]
        told += _harm_of_table(name, before, after)
    return told


def _harm_of_table(name: str, before: Json, after: Json) -> list[str]:
    old, new = before.get("indexes", {}), after.get("indexes", {})
    told = [
        f"{name}: the index {index} is another one under the same name"
        for index in sorted(old.keys() & new.keys())
        if old[index] != new[index]
    ]
    if len(old.keys() ^ new.keys()) > 1:
        told.append(f"{name}: CloudFormation makes or drops one index of a table in an upgrade")
    for attribute, kind in before.get("attributes", {}).items():
        if after.get("attributes", {}).get(attribute, kind) != kind:
            told.append(f"{name}: {attribute} has another type, which rows of before do not have")
    if before.get("stream") and before["stream"] != after.get("stream"):
        told.append(f"{name}: its stream is another one; what is in the old one is not worked")
    return told
