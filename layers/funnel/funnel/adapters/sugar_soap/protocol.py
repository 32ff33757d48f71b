"""zeep as the carrier of sign-in, metadata, rights and faults, with WSDLs of our own.

A customer's WSDL is never read. zeep is imported when the first call is made, not before: it is
the largest import of the product.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from funnel.adapters.sugar_soap.faults import fault_error, sugar5_error
from funnel.adapters.sugar_soap.reader import broken_xml, check_prolog
from funnel.domain.errors import InputInvalid, SugarReplyBroken

_NAMESPACE = "http://www.sugarcrm.com/sugarcrm"
_SHELF = Path(__file__).parent / "wsdl"


class _Shelf:
    """What zeep may load: files of this package, by name. There is no network behind it."""

    def load(self, location: str) -> bytes:
        """The bytes of a file on the shelf."""
        return (_SHELF / Path(location).name).read_bytes()


@dataclass(frozen=True, slots=True)
class _Answer:
    """A reply in the form zeep expects of its transport."""

    status_code: int
    content: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/xml"})
    encoding: str = "utf-8"


@cache
def _client(wsdl: str) -> Any:
    import zeep

    make_client: Any = zeep.Client
    settings = zeep.Settings(
        strict=True, forbid_dtd=True, forbid_entities=True, forbid_external=True
    )
    return make_client(str(_SHELF / wsdl), transport=_Shelf(), settings=settings)


def request(wsdl: str, method: str, *arguments: object) -> bytes:
    """The envelope of a call, arguments by position.

    Raises `InputInvalid` where a text holds a character that XML does not know.
    """
    from lxml import etree

    client = _client(wsdl)
    try:
        message = client.create_message(client.service, method, *arguments)
    except ValueError as error:
        raise InputInvalid("What was entered contains a character that cannot be sent.") from error
    return bytes(etree.tostring(message, xml_declaration=True, encoding="utf-8"))


def name_values(wsdl: str, pairs: Mapping[str, str]) -> dict[str, object]:
    """A `name_value_list` as an argument, with the array type that Sugar needs."""
    from zeep import xsd

    make_element: Any = xsd.Element
    make_any: Any = xsd.AnyObject
    kind = _client(wsdl).get_type(f"{{{_NAMESPACE}}}name_value")
    element = make_element("name_value", kind)
    items = [make_any(element, kind(name=name, value=value)) for name, value in pairs.items()]
    return {"_value_1": items, "arrayType": f"tns:name_value[{len(items)}]"}


def result(wsdl: str, method: str, status: int, chunks: Iterable[bytes]) -> Any:
    """What a call answers, as zeep's objects.

    Raises
    ------
    SugarReplyBroken
        No SOAP reply, or not of the expected shape.
    FunnelError
        The fault it carries, also as an `error` struct.
    """
    from zeep.exceptions import Error, Fault

    content = b"".join(check_prolog(chunks))
    client = _client(wsdl)
    binding = client.service._binding
    # A fault needs no operation of its own; bulk methods are in none of our WSDLs.
    operation = binding.all().get(method)
    try:
        answer = binding.process_reply(client, operation, _Answer(status, content))
    except Fault as fault:
        text = "".join(fault.detail.itertext()) if fault.detail is not None else ""
        raise fault_error(method, str(fault.code or ""), str(fault.message or ""), text) from None
    except (Error, AttributeError, TypeError, ValueError) as error:
        raise _not_understood(method, content) from error
    _raise_error_struct(method, answer)
    return answer


def _not_understood(method: str, content: bytes) -> SugarReplyBroken:
    """What zeep could not read: broken XML, or well-formed and of another shape."""
    from lxml import etree

    try:
        etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return broken_xml(error)
    return SugarReplyBroken(f"Sugar's answer to {method} cannot be understood.")


def _raise_error_struct(method: str, answer: Any) -> None:
    error: Any = getattr(answer, "error", None)
    if error is None and hasattr(answer, "number"):
        error = answer
    number = str(getattr(error, "number", None) or "0")
    if number != "0":
        raise sugar5_error(method, number, str(error.description or ""))
