"""The WSDL of an endpoint, generated from our own table of methods.

Real ones import the SOAP encoding schema from the internet; here the little that is needed
of it is served beside the WSDL, so that a client loads it from this machine alone.
"""

from collections.abc import Iterator

from local.sugar.soap.methods import PLAIN, Method, Type, methods_of, types_of
from local.sugar.soap.reply import NAMESPACE, xml

_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
_HEAD = (
    '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
    '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"'
    ' xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"'
    ' xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"'
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    f' xmlns:SOAP-ENC="{_ENCODING}" xmlns:tns="{NAMESPACE}" targetNamespace="{NAMESPACE}">'
)
#: What arrays are: served at `soap.php?encoding`. It imports itself, because zeep would
#: otherwise fetch the well-known schema of this namespace.
ENCODING_SCHEMA = (
    f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:enc="{_ENCODING}"'
    f' targetNamespace="{_ENCODING}">'
    f'<xsd:import namespace="{_ENCODING}" schemaLocation="soap.php?encoding"/>'
    '<xsd:attribute name="arrayType" type="xsd:string"/>'
    '<xsd:group name="Array"><xsd:sequence><xsd:any namespace="##any" minOccurs="0"'
    ' maxOccurs="unbounded" processContents="lax"/></xsd:sequence></xsd:group>'
    '<xsd:complexType name="Array"><xsd:group ref="enc:Array" minOccurs="0"/>'
    '<xsd:attribute ref="enc:arrayType"/></xsd:complexType></xsd:schema>'
)


def _qualified(kind: str) -> str:
    return f"xsd:{kind}" if kind in PLAIN else f"tns:{kind}"


def _type(declared: Type) -> str:
    if declared.item:
        inner = (
            '<xsd:complexContent><xsd:restriction base="SOAP-ENC:Array">'
            f'<xsd:attribute ref="SOAP-ENC:arrayType" wsdl:arrayType="{_qualified(declared.item)}[]"/>'
            "</xsd:restriction></xsd:complexContent>"
        )
    else:
        members = "".join(
            f'<xsd:element name="{name}" type="{_qualified(kind)}"/>'
            for name, kind in declared.members
        )
        inner = f"<xsd:all>{members}</xsd:all>"
    return f'<xsd:complexType name="{declared.name}">{inner}</xsd:complexType>'


def _messages(method: Method) -> str:
    parts = "".join(
        f'<part name="{name}" type="{_qualified(kind)}"/>' for name, kind in method.arguments
    )
    result = f'<part name="return" type="{_qualified(method.result)}"/>' if method.result else ""
    return (
        f'<message name="{method.name}Request">{parts}</message>'
        f'<message name="{method.name}Response">{result}</message>'
    )


def _port(method: Method) -> str:
    return (
        f'<operation name="{method.name}"><input message="tns:{method.name}Request"/>'
        f'<output message="tns:{method.name}Response"/></operation>'
    )


def _binding(method: Method, address: str) -> str:
    body = f'<soap:body use="encoded" namespace="{NAMESPACE}" encodingStyle="{_ENCODING}"/>'
    return (
        f'<operation name="{method.name}">'
        f'<soap:operation soapAction="{address}/{method.name}" style="rpc"/>'
        f"<input>{body}</input><output>{body}</output></operation>"
    )


def _document(endpoint: str, address: str) -> Iterator[str]:
    methods = methods_of(endpoint).values()
    yield _HEAD
    yield f'<types><xsd:schema targetNamespace="{NAMESPACE}">'
    yield f'<xsd:import namespace="{_ENCODING}" schemaLocation="soap.php?encoding"/>'
    yield from map(_type, types_of(endpoint).values())
    yield "</xsd:schema></types>"
    yield from map(_messages, methods)
    yield f'<portType name="sugarsoapPortType">{"".join(map(_port, methods))}</portType>'
    yield (
        '<binding name="sugarsoapBinding" type="tns:sugarsoapPortType">'
        '<soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>'
    )
    yield from (_binding(method, address) for method in methods)
    yield "</binding>"
    yield (
        '<service name="sugarsoap"><port name="sugarsoapPort" binding="tns:sugarsoapBinding">'
        f'<soap:address location="{address}"/></port></service></definitions>\n'
    )


def wsdl(endpoint: str, address: str) -> str:
    """The WSDL of `endpoint`, whose calls go to `address`."""
    return "\n".join(_document(endpoint, xml(address)))
