"""A `get_entry_list` reply with 500 new Leads of 60 fields, as v4_1 sends it."""

from html import escape

from funnel.domain.crm import FieldDef
from funnel.domain.ids import Module, derived_id
from funnel.domain.mapping.mapping import STANDARD_ONLY

LEADS, FIELDS = 500, 60
_TYPES = {
    "id": "id",
    "date_modified": "datetime",
    "date_entered": "datetime",
    "deleted": "bool",
    "do_not_call": "bool",
    "email_opt_out": "bool",
    "invalid_email": "bool",
    "converted": "bool",
    "birthdate": "date",
    "description": "text",
}
_CUSTOM_TYPES = ("varchar", "text", "enum", "bool", "int", "datetime", "date", "currency")
_SAMPLES = {
    "varchar": "M'Gee <{0}>",
    "text": "A longer text about record {0}, with a second half that says little",
    "enum": "Web Site",
    "bool": "1",
    "int": "{0}",
    "datetime": "2026-11-24 10:42:07",
    "date": "2026-12-31",
    "currency": "50000.000000",
}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope'
    ' xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"'
    ' xmlns:tns="http://www.sugarcrm.com/sugarcrm"><SOAP-ENV:Body>'
    '<ns1:get_entry_listResponse xmlns:ns1="http://www.sugarcrm.com/sugarcrm">'
    '<return xsi:type="tns:get_entry_list_result_version2">'
    f'<result_count xsi:type="xsd:int">{LEADS}</result_count>'
    '<total_count xsi:type="xsd:int">0</total_count><next_offset xsi:type="xsd:int">0</next_offset>'
    f'<entry_list SOAP-ENC:arrayType="tns:entry_value[{LEADS}]" xsi:type="SOAP-ENC:Array">'
)
_TAIL = (
    '</entry_list><relationship_list SOAP-ENC:arrayType="tns:link_list2[0]"'
    ' xsi:type="SOAP-ENC:Array"/></return></ns1:get_entry_listResponse>'
    "</SOAP-ENV:Body></SOAP-ENV:Envelope>"
)


def field_defs() -> dict[str, FieldDef]:
    """The fields the product reads of a Lead, and custom ones up to 60."""
    names = ["id", "date_modified", "deleted", *STANDARD_ONLY.read_fields(Module.LEADS)]
    kinds = {name: _TYPES.get(name, "varchar") for name in names}
    for at in range(FIELDS - len(names)):
        kinds[f"field_{at}_c"] = _CUSTOM_TYPES[at % len(_CUSTOM_TYPES)]
    return {name: FieldDef(name, kind, name) for name, kind in kinds.items()}


def page(known: dict[str, FieldDef]) -> bytes:
    """The reply. Every Lead has an address of its own; none was converted, or opted out."""
    return f"{_HEAD}{''.join(_record(known, number) for number in range(LEADS))}{_TAIL}".encode()


def _record(known: dict[str, FieldDef], number: int) -> str:
    values = "".join(
        f'<item xsi:type="tns:name_value"><name xsi:type="xsd:string">{field.name}</name>'
        f'<value xsi:type="xsd:string">{_escaped(_text(field, number))}</value></item>'
        for field in known.values()
    )
    return (
        f'<item xsi:type="tns:entry_value"><id xsi:type="xsd:string">{_id(number)}</id>'
        '<module_name xsi:type="xsd:string">Leads</module_name><name_value_list'
        f' SOAP-ENC:arrayType="tns:name_value[{len(known)}]" xsi:type="SOAP-ENC:Array">'
        f"{values}</name_value_list></item>"
    )


def _id(number: int) -> str:
    return derived_id("lead", str(number))


def _text(field: FieldDef, number: int) -> str:
    fixed = {
        "id": _id(number),
        "first_name": "Ada",
        "last_name": f"Lovelace {number}",
        "email1": f"Ada.{number}@example.test",
        "deleted": "0",
        "converted": "0",
        "contact_id": "",
        "account_id": "",
        "opportunity_id": "",
        "email_opt_out": "0",
        "invalid_email": "0",
        "assigned_user_id": "seed_jim_id",
    }
    return fixed[field.name] if field.name in fixed else _SAMPLES[field.type].format(number)


def _escaped(text: str) -> str:
    """Once by Sugar, once as XML."""
    return escape(escape(text).replace("&#x27;", "&#039;"), quote=False)
