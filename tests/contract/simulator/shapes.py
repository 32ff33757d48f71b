"""The shape of a reply: its structure and meaning, with ids, dates and data set aside.

A shape is one line of text. Elements are `tag:type=value`, where the value is `nil`, empty,
`v` (some text), or the text itself where it carries meaning (error numbers, counts of links
made, field types). Arrays are `tag[type: ...]` with each different shape of an item once.
Names of name-value lists stand in their order.
"""

import re

from lxml import etree

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_ARRAY = "{http://schemas.xmlsoap.org/soap/encoding/}arrayType"
_TOLD = frozenset(
    ("created", "failed", "number", "module_name", "relationship", "table_name", "faultcode",
     "type", "required")
)  # fmt: skip
_BARE = re.compile(r"(xsd|tns):")


#: Cases whose rows are any of several, because the server's order is arbitrary: what they
#: hold is set aside, their fields and structure are not.
ARBITRARY = frozenset(("leads-page1", "leads-page2", "leads-custom-field-in-fields-only"))


def _content(element: etree._Element) -> str:
    if element.get(f"{_XSI}nil"):
        return "nil"
    return "v" if element.text else ""


def _pairs(tag: str, element: etree._Element, arbitrary: bool) -> str:
    told = [
        f"{item.findtext('name')}={'' if arbitrary else _content(item.find('value'))}"
        for item in element
    ]
    return f"{tag}[{' '.join(told)}]"


def _element(element: etree._Element, arbitrary: bool) -> str:
    tag = etree.QName(element).localname
    array = element.get(_ARRAY)
    if array is not None:
        kind = _BARE.sub("", array.split("[")[0])
        nil = "nil" if element.get(f"{_XSI}nil") else ""
        if kind == "name_value":
            return _pairs(tag, element, arbitrary)
        if arbitrary and tag == "relationship_list":
            return f"{tag}[{kind}]"
        items = {_element(item, arbitrary).removeprefix("item") for item in element}
        return f"{tag}{nil}[{kind}: {' | '.join(sorted(items))}]"
    kind = _BARE.sub("", element.get(f"{_XSI}type") or "")
    if len(element) and tag == "error" and not element.findtext("number"):
        return f"{tag}:{kind}="
    if len(element):
        return f"{tag}:{kind}{{{' '.join(_element(child, arbitrary) for child in element)}}}"
    content = _content(element)
    told = element.text if content == "v" and tag in _TOLD else content
    return f"{tag}:{kind}={told}"


def _field_names(root: etree._Element) -> str:
    """The names of described fields, in order: they are the meaning of a field list."""
    names = [
        item.findtext("name") for item in root.iter("item")
        if item.get(f"{_XSI}type") in ("tns:field", "tns:link_field")
    ]  # fmt: skip
    return f" fields({' '.join(str(name) for name in names)})" if names else ""


def fault_of(body: bytes) -> str:
    """The number of the fault or error in a reply: "" for none."""
    try:
        root = etree.fromstring(body)
    except etree.XMLSyntaxError:
        return ""
    code = root.find(".//faultcode")
    if code is not None:
        return code.text or ""
    number = root.find(".//error/number")
    if number is None:
        number = root.find(".//return/number")
    return "" if number is None or number.text == "0" else (number.text or "")


def shape_of(body: bytes, case: str = "") -> str:
    """A reply's shape; `text` or `nothing` for what is no XML."""
    if body.lstrip()[:9].lower() == b"<!doctype":
        return "page"
    try:
        root = etree.fromstring(body)
    except etree.XMLSyntaxError:
        return "text" if body.strip() else "nothing"
    return _element(root[0][0], case in ARBITRARY) + _field_names(root)


def head_of(body: bytes) -> bytes:
    """What stands before the body of an envelope, byte for byte."""
    return body.partition(b"<SOAP-ENV:Body>")[0]
