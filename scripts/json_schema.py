"""JSON Schema of the types that `funnel.web.jsonable` sends and reads."""

import dataclasses
import types
from collections.abc import Mapping
from datetime import datetime, time
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from funnel.usecases.connecting.update_connection import Unset

SIMPLE: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    object: {},
    datetime: {"type": "string", "format": "date-time"},
    time: {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    type(None): {"type": "null"},
}

OTHER_NAMES: Mapping[str, str] = {
    "funnel.domain.sync.comparison.Reason": "DifferenceReason",
    "funnel.usecases.people.people_filter.MayMail": "WhoMayBeMailed",
    "funnel.domain.crm.Operator": "ConditionOperator",
    "funnel.usecases.vision.view_sent.WhyNone": "WhyNoneSent",
}
"""What types are called that would share a name with another."""


class Schemas:
    """Schemas by name, collected while they are asked for."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {}
        self._kinds: dict[str, type] = {}

    def add_object(self, name: str, properties: Mapping[str, Any]) -> None:
        """Add one that no type stands for."""
        self.found[name] = {
            "type": "object",
            "properties": dict(properties),
            "required": list(properties),
        }

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a type. Raises `TypeError` for one that JSON has no word for."""
        kind = getattr(kind, "__supertype__", kind)
        if kind in SIMPLE:
            return dict(SIMPLE[kind])
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self._union(get_args(kind))
        if origin is Literal:
            return {"enum": list(get_args(kind))}
        if origin is tuple:
            return {"type": "array", "items": self.of(get_args(kind)[0])}
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(get_args(kind)[1])}
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self._named(kind, {"enum": [one.value for one in kind]})
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self._object(kind)
        raise TypeError(f"no schema for {kind}")

    def _union(self, kinds: tuple[Any, ...]) -> dict[str, Any]:
        options = [self.of(kind) for kind in kinds if kind is not Unset]
        return options[0] if len(options) == 1 else {"anyOf": options}

    def _object(self, kind: type) -> dict[str, Any]:
        name = self._claimed(kind)
        if name not in self.found:
            self.found[name] = {}
            hints = get_type_hints(kind)
            fields = dataclasses.fields(kind)
            self.found[name] = {
                "type": "object",
                "description": " ".join((kind.__doc__ or "").split()),
                "properties": {one.name: self.of(hints[one.name]) for one in fields},
                "required": [one.name for one in fields if one.default is dataclasses.MISSING],
                "additionalProperties": False,
            }
        return {"$ref": f"#/components/schemas/{name}"}

    def _named(self, kind: type, schema: dict[str, Any]) -> dict[str, Any]:
        name = self._claimed(kind)
        self.found[name] = schema
        return {"$ref": f"#/components/schemas/{name}"}

    def _claimed(self, kind: type) -> str:
        """A type's name. Raises `TypeError` where another type has it."""
        name = OTHER_NAMES.get(f"{kind.__module__}.{kind.__name__}", kind.__name__)
        if self._kinds.setdefault(name, kind) is not kind:
            raise TypeError(f"two types are called {name}: name one in OTHER_NAMES")
        return name
