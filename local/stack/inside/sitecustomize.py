"""IAM inside the functions' processes, because the local AWS has none; and a clock that can be ahead.

Python loads this by its name at start, from the path the launcher gives the local AWS. In a
function's process every AWS call is held against the policies deployed for that function's role;
one they do not allow fails as it would on AWS. Standard library only, and botocore is not
imported here: the function's own layer must bring it.
"""

import importlib.abc
import importlib.machinery
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType
from typing import Any

POLICIES = "FUNNEL_LOCAL_POLICIES"
AHEAD = "FUNNEL_LOCAL_AHEAD"
HANDLERS, CLOCK = "botocore.handlers", "funnel.adapters.system"
TRANSACT = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
    "Get": "GetItem",
}


def asked(service: str, operation: str, body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each action a call needs leave for, and the end of the ARN it is on."""
    if service == "dynamodb":
        if operation.startswith("Transact"):
            for item in body["TransactItems"]:
                for kind, part in item.items():
                    yield f"dynamodb:{TRANSACT[kind]}", f"table/{part['TableName']}"
        elif operation.startswith("Batch"):
            for table in body["RequestItems"]:
                yield f"dynamodb:{operation}", f"table/{table}"
        else:
            index = f"/index/{body['IndexName']}" if body.get("IndexName") else ""
            yield f"dynamodb:{operation}", f"table/{body.get('TableName', '*')}{index}"
    elif service == "sqs":
        action = operation.replace("Batch", "")
        named = body.get("QueueUrl") or body.get("QueueName") or ""
        yield f"sqs:{action}", named.rsplit("/", 1)[-1]
    elif service == "secretsmanager":
        name = body.get("SecretId") or body.get("Name") or "*"
        yield f"secretsmanager:{operation}", f"secret:{name.rsplit(':secret:', 1)[-1]}"
    elif service == "sesv2":
        yield from _of_mail(operation, body)
    elif service == "s3" and operation.startswith("ListObjects"):
        yield "s3:ListBucket", str(body.get("Bucket", "*"))
    elif service == "s3":
        yield f"s3:{operation}", f"{body.get('Bucket', '*')}/{body.get('Key', '*')}"
    else:
        yield f"{service}:{operation}", "*"


def _of_mail(operation: str, body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    named = body.get("EmailIdentity") or body.get("FromEmailAddress", "").rpartition("@")[2]
    yield f"ses:{operation}", f"identity/{named.rstrip('>')}"
    if body.get("ConfigurationSetName"):
        yield f"ses:{operation}", f"configuration-set/{body['ConfigurationSetName']}"
    if body.get("Content", {}).get("Raw"):
        yield "ses:SendRawEmail", f"identity/{named.rstrip('>')}"
    if body.get("Tags"):
        yield "ses:TagResource", f"identity/{named.rstrip('>')}"


def allows(statements: Sequence[dict[str, Any]], action: str, resource: str) -> bool:
    """Whether any statement allows an action on what an ARN ends with (`*` in a statement only)."""
    return any(
        statement["Effect"] == "Allow"
        and action in statement["Action"]
        and any(fnmatchcase(resource, arn.split(":", 5)[-1]) for arn in statement["Resource"])
        for statement in statements
    )


def check(model: Any, params: dict[str, Any], **_: object) -> None:
    """Refuse a call the function's role does not allow, before it is made."""
    function = os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "")
    statements = json.loads(Path(os.environ[POLICIES]).read_text()).get(function, [])
    service = model.service_model.service_name
    body = _named(params) if service == "s3" else json.loads(params.get("body") or b"{}")
    if service == "sesv2" and not body:
        body = {"EmailIdentity": params["url_path"].rsplit("/", 1)[1]}
    for action, resource in asked(service, model.name, body):
        if not allows(statements, action, resource):
            from botocore.exceptions import ClientError

            text = f"{function} is not allowed {action} on {resource}: see its Policies in template.yaml"
            error = {"Error": {"Code": "AccessDeniedException", "Message": text}}
            print(text, file=sys.stderr, flush=True)
            raise ClientError(error, model.name)


def _named(params: dict[str, Any]) -> dict[str, Any]:
    """The bucket and key of a request to S3, whose body is the file."""
    found: dict[str, Any] = params["context"].get("s3_redirect", {}).get("params", {})
    return found


def _check_every_call(module: ModuleType) -> None:
    """Add our check to what every client does first."""
    module.BUILTIN_HANDLERS.append(("before-call", check))


def _be_ahead(module: ModuleType) -> None:
    """Let the product's clock be ahead by as many seconds as the file says, if there is one."""
    true, file = module.SystemClock.now, Path(os.environ.get(AHEAD, ""))

    def now(clock: Any) -> Any:
        return true(clock) + timedelta(seconds=float(file.read_text()) if file.is_file() else 0)

    module.SystemClock.now = now


WATCHED = {HANDLERS: _check_every_call, CLOCK: _be_ahead}


class _Loader(importlib.abc.Loader):
    """Loads a watched module, then changes it."""

    def __init__(self, loader: importlib.abc.Loader, change: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._change = change

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        self._change(module)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the watched modules where everyone else would, wherever the path leads by then."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in WATCHED:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec and spec.loader:
            spec.loader = _Loader(spec.loader, WATCHED[name])
        return spec


if os.environ.get(POLICIES) and os.environ.get("AWS_LAMBDA_FUNCTION_NAME"):
    sys.meta_path.insert(0, _Finder())
