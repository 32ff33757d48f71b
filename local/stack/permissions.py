"""What each deployed function is allowed, written down for `inside/sitecustomize.py`."""

import json
from typing import Any

from local.stack.aws import LocalAws


def write_policies(aws: LocalAws) -> None:
    """Write function name to the statements of its role, as deployed."""
    iam = aws.client("iam")
    found = {}
    pages = aws.client("lambda").get_paginator("list_functions")
    for page in pages.paginate():
        for function in page["Functions"]:
            role = function["Role"].rsplit("/", 1)[1]
            names = iam.list_role_policies(RoleName=role)["PolicyNames"]
            found[function["FunctionName"]] = [
                normal(statement)
                for name in names
                for statement in iam.get_role_policy(RoleName=role, PolicyName=name)[
                    "PolicyDocument"
                ]["Statement"]
            ]
    aws.policies.write_text(json.dumps(found, indent=1))


def normal(statement: dict[str, Any]) -> dict[str, Any]:
    """A statement with its actions and resources as lists."""
    lists = {
        key: value if isinstance(value, list) else [value]
        for key, value in statement.items()
        if key in {"Action", "Resource"}
    }
    return statement | lists
