"""template.yaml as written, and the few questions its rules ask of it."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short tags, each read as its long form."""


def _long_form(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    name = tag if tag == "Ref" else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        text = loader.construct_scalar(node)
        return {name: text.split(".", 1) if tag == "GetAtt" else text}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _long_form)

TEMPLATE: dict[str, Any] = yaml.load((ROOT / "template.yaml").read_text(), Loader=_Loader)
RESOURCES: dict[str, dict[str, Any]] = TEMPLATE["Resources"]
FUNCTION = "AWS::Serverless::Function"
ON_SUGAR = {"pull", "target_lists", "push", "jobs", "sign_in"}
"""Functions that talk to Sugar."""


def of_type(kind: str) -> dict[str, dict[str, Any]]:
    """Logical id to properties of every resource of a type."""
    return {key: r["Properties"] for key, r in RESOURCES.items() if r["Type"] == kind}


def functions() -> dict[str, dict[str, Any]]:
    """Door to properties of every function."""
    return {p["Handler"].split(".")[0]: p for p in of_type(FUNCTION).values()}


def logical_id(door: str) -> str:
    """The logical id of a door's function."""
    return next(k for k, p in of_type(FUNCTION).items() if p["Handler"].startswith(f"{door}."))


def statements(function: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The policy statements written for a function."""
    for policy in function.get("Policies", []):
        yield from policy["Statement"]


def as_list(value: object) -> list[Any]:
    """One or several, as a list."""
    return value if isinstance(value, list) else [value]


def allowed(door: str) -> dict[str, set[str]]:
    """Action to the logical ids (or secret name patterns) a door may use it on."""
    found: dict[str, set[str]] = {}
    for statement in statements(functions()[door]):
        for action in as_list(statement["Action"]):
            for resource in as_list(statement["Resource"]):
                found.setdefault(action, set()).add(resource_name(resource))
    return found


def is_allowed(rights: Mapping[str, set[str]], action: str, resource: str) -> bool:
    """Whether what a door is `allowed` covers an action on this."""
    return any(fnmatchcase(resource, pattern) for pattern in rights.get(action, ()))


def resource_name(resource: dict[str, Any]) -> str:
    """`Table`, `Table/index/name`, or the last part of an ARN."""
    if "Fn::GetAtt" in resource:
        name: str = resource["Fn::GetAtt"][0]
        return name
    text: str = resource["Fn::Sub"]
    if text.startswith("${") and ".Arn}" in text:
        return text.removeprefix("${").replace(".Arn}", "")
    return text.rsplit(":", 1)[1]
