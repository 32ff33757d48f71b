"""Requests, read as the recorded servers' SOAP library reads them."""

from dataclasses import dataclass, field

from lxml import etree

_ENCODING = "{http://schemas.xmlsoap.org/soap/encoding/}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_BODY = "{http://schemas.xmlsoap.org/soap/envelope/}Body"


class Untyped(dict[str, object]):
    """An array sent without `SOAP-ENC:arrayType`: the server takes it for something else."""


class BadRequest(Exception):
    """Not a SOAP request."""


def _value(element: etree._Element) -> object:
    if element.get(f"{_ENCODING}arrayType") is not None:
        return [_value(child) for child in element]
    if len(element):
        tags = [etree.QName(child).localname for child in element]
        found = {tag: _value(child) for tag, child in zip(tags, element, strict=True)}
        repeated = len(set(tags)) < len(tags) or tags[0] in ("item", "name_value")
        return Untyped(found) if repeated else found
    if element.get(f"{_XSI}nil") in ("true", "1"):
        return None
    return element.text or ""


@dataclass(frozen=True, slots=True)
class Call:
    """One method call and its arguments by name."""

    method: str
    arguments: dict[str, object] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text argument; nil and absent are empty."""
        value = self.arguments.get(name)
        return value if isinstance(value, str) else ""

    def whole(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as `default`."""
        try:
            return int(self.text(name).strip())
        except ValueError:
            return default

    def array(self, name: str) -> list[object]:
        """An array argument. Raises `TypeError` where it was sent without its type."""
        value = self.arguments.get(name)
        if isinstance(value, Untyped):
            raise TypeError(f"{name} has no arrayType")
        return value if isinstance(value, list) else []

    def strings(self, name: str) -> list[str]:
        """An array of strings. Raises `TypeError` where it was sent without its type."""
        return [item for item in self.array(name) if isinstance(item, str)]

    def links(self, name: str) -> list[tuple[str, list[str]]]:
        """Which links to follow, and the fields wanted of each."""
        wanted = []
        for item in self.array(name):
            if isinstance(item, dict):
                fields = item.get("value")
                names = fields if isinstance(fields, list) else []
                wanted.append((str(item.get("name") or ""), [str(one) for one in names]))
        return wanted


def pairs(value: object) -> dict[str, str | None]:
    """A list of names and values; what was sent without its type is empty."""
    found: dict[str, str | None] = {}
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict) and isinstance(item.get("name"), str):
            given = item.get("value")
            found[str(item["name"])] = given if isinstance(given, str) else None
    return found


def read(body: bytes) -> Call:
    """Read a request. Raises `BadRequest` where there is no call in it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        envelope = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise BadRequest(str(error)) from error
    found = envelope.find(_BODY)
    if found is None or not len(found):
        raise BadRequest("no call in the envelope")
    call = found[0]
    arguments = {etree.QName(child).localname: _value(child) for child in call}
    return Call(etree.QName(call).localname, arguments)
