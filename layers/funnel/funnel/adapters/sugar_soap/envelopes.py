"""Bulk requests as bytes.

Arrays carry `SOAP-ENC:arrayType`: without it Sugar takes them as empty or dies
(`docs/sugar.md`). A contract test holds these envelopes against the recorded WSDLs.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from funnel.domain.errors import InputInvalid

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/"'
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:tns="http://www.sugarcrm.com/sugarcrm"><env:Body>'
)
_TAIL = "</env:Body></env:Envelope>"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Part = tuple[str, str]
"""The name and the finished content (attributes and all) of one parameter."""


def text(name: str, value: str | int | bool) -> Part:
    """A simple parameter. Raises `InputInvalid` for characters XML does not know."""
    plain = str(value).lower() if isinstance(value, bool) else str(value)
    if _NOT_XML.search(plain):
        raise InputInvalid(f"{name} contains a character that cannot be sent.", field=name)
    return name, f"<{name}>{escape(plain)}</{name}>"


def strings(name: str, values: Sequence[str]) -> Part:
    """An array of strings, such as `select_fields`."""
    items = "".join(text("item", value)[1] for value in values)
    return name, f'<{name} enc:arrayType="xsd:string[{len(values)}]">{items}</{name}>'


def links(name: str, wanted: Mapping[str, Sequence[str]]) -> Part:
    """`link_name_to_fields_array`: link name to the fields asked of each linked record."""
    items = "".join(
        f"<item>{text('name', link)[1]}{strings('value', fields)[1]}</item>"
        for link, fields in wanted.items()
    )
    kind = f"tns:link_name_to_fields_array[{len(wanted)}]"
    return name, f'<{name} enc:arrayType="{kind}">{items}</{name}>'


def name_value_lists(name: str, rows: Iterable[Mapping[str, str]]) -> Part:
    """Records to be saved, each as its fields' names and texts."""
    items = [_name_values(row) for row in rows]
    kind = f"tns:name_value_list[{len(items)}]"
    return name, f'<{name} enc:arrayType="{kind}">{"".join(items)}</{name}>'


def _name_values(row: Mapping[str, str]) -> str:
    pairs = "".join(
        f"<item>{text('name', field)[1]}{text('value', value)[1]}</item>"
        for field, value in row.items()
    )
    return f'<item enc:arrayType="tns:name_value[{len(row)}]">{pairs}</item>'


def envelope(method: str, parts: Iterable[Part]) -> bytes:
    """The whole request: the parameters in the order of the WSDL."""
    body = "".join(content for _, content in parts)
    return f"{_HEAD}<tns:{method}>{body}</tns:{method}>{_TAIL}".encode()
