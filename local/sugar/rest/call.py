"""A REST call: what is asked, below which version, with which token."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from local.sugar.rest.errors import incorrect_version, invalid_parameter

_NEWEST_MINOR = 20
_VERSION = re.compile(r"/rest/v(\d+)(?:_(\d+))?(/.*)?")


@dataclass(frozen=True, slots=True)
class RestCall:
    """One call: method, path below the version as parts, arguments, token."""

    method: str
    path: tuple[str, ...]
    arguments: Mapping[str, Any]
    token: str = ""

    def names(self, key: str) -> list[str]:
        """A list of names parted by commas."""
        return [one for one in str(self.arguments.get(key) or "").split(",") if one]

    def whole(self, key: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.arguments.get(key, default))
        except (TypeError, ValueError):
            raise invalid_parameter(key) from None

    @property
    def name(self) -> str:
        """What it is called in the log: its path without module and ids."""
        match self.path:
            case ("oauth2", "token"):
                return f"oauth2/token {self.arguments.get('grant_type', '')}"
            case (module,) if self.method == "POST" and module != "bulk":
                return "create"
            case (_, "filter", *rest):
                return "/".join(("filter", *rest))
            case (_, _, "link"):
                return "link/add"
            case (_, _, "link", _, _) if self.method == "DELETE":
                return "link/remove"
            case (_, _, "link", _, *rest):
                return "/".join(("link", *rest))
        return "/".join(self.path)


def version_of(path: str) -> tuple[str, str] | None:
    """The endpoint and what follows it; None for what is no REST path."""
    found = _VERSION.fullmatch(path)
    return (f"rest/v{found[1]}", found[3] or "") if found else None


def parsed(method: str, target: str, body: bytes, token: str) -> RestCall:
    """A call from its address and body. Raises `RestError`."""
    parts = urlsplit(target)
    found = _VERSION.fullmatch(parts.path)
    if found is None or int(found[1]) not in (10, 11) or int(found[2] or 0) > _NEWEST_MINOR:
        raise incorrect_version()
    arguments: dict[str, Any] = dict(parse_qsl(parts.query, keep_blank_values=True))
    if isinstance(arguments.get("filter"), str):
        arguments["filter"] = _json(arguments["filter"])
    if body:
        told = _json(body)
        if not isinstance(told, dict):
            raise invalid_parameter("body")
        arguments |= told
    path = tuple(unquote(one) for one in (found[3] or "").split("/") if one)
    return RestCall(method, path, arguments, token)


def _json(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise invalid_parameter("JSON") from None
