"""SOAP requests built from the simulator's own table of methods, and sent as they are."""

from collections.abc import Mapping
from http.client import HTTPConnection
from xml.sax.saxutils import escape

from local.sugar import SugarSimulator
from local.sugar.soap.methods import Type, methods_of, types_of

_ENVELOPE = (
    "<?xml version='1.0' encoding='utf-8'?>\n"
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:c="http://schemas.xmlsoap.org/soap/encoding/"><e:Body>'
    '<s:{method} xmlns:s="http://www.sugarcrm.com/sugarcrm">{inner}</s:{method}>'
    "</e:Body></e:Envelope>"
)


class Untyped(list[object]):
    """An array to be sent without its `arrayType`."""


def _element(name: str, value: object, kind: str, types: dict[str, Type]) -> str:
    if value is None:
        return f'<{name} i:nil="true" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"/>'
    declared = types.get(kind)
    if declared is None:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return f"<{name}>{escape(text)}</{name}>"
    if not declared.item:
        inner = "".join(
            _element(member, value[member], inner_kind, types)
            for member, inner_kind in declared.members
            if isinstance(value, dict) and member in value
        )
        return f"<{name}>{inner}</{name}>"
    if isinstance(value, dict):
        value = [{"name": key, "value": one} for key, one in value.items()]
    items = list(value)  # type: ignore[call-overload]
    if not items:
        return f"<{name}/>"
    item = "item" if declared.item in ("string", "int") else declared.item
    inner = "".join(_element(item, one, declared.item, types) for one in items)
    prefix = "xsd" if item == "item" else "tns"
    typed = f' c:arrayType="{prefix}:{declared.item}[{len(items)}]"'
    return f"<{name}{'' if isinstance(value, Untyped) else typed}>{inner}</{name}>"


_DEFAULTS: dict[str, object] = {"string": "", "int": 0, "boolean": False}


def request(endpoint: str, method: str, arguments: Mapping[str, object]) -> bytes:
    """A call: name-value lists are dicts, structs are dicts, other arrays are lists.

    What is not given is sent empty; what the endpoint does not know is left out.
    """
    types = types_of(endpoint)
    declared = methods_of(endpoint)[method].arguments
    inner = "".join(
        _element(name, arguments.get(name, _DEFAULTS.get(kind, [])), kind, types)
        for name, kind in declared
    )
    return _ENVELOPE.format(method=method, inner=inner).encode()


class Wire:
    """A connection to one endpoint of a simulator."""

    def __init__(self, simulator: SugarSimulator, endpoint: str) -> None:
        self.endpoint = endpoint
        self._path = simulator.endpoint(endpoint).removeprefix(simulator.url)
        self._connection = HTTPConnection(simulator.url.removeprefix("http://"), timeout=30)

    def send(self, body: bytes) -> tuple[int, bytes]:
        """Send a request as it is; answers the HTTP status and the body."""
        self._connection.request("POST", self._path, body, {"Content-Type": "text/xml"})
        response = self._connection.getresponse()
        return response.status, response.read()

    def call(self, method: str, **arguments: object) -> tuple[int, bytes]:
        """Call a method."""
        return self.send(request(self.endpoint, method, arguments))

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
