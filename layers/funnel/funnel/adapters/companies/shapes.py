"""What records of MMDB files say, whoever made them: told by their fields, not by the file's name.

- MaxMind, flat: GeoLite2-ASN and GeoIP2-ISP have `autonomous_system_organization`, the latter also
  `organization` (whose the range is) and `isp`. GeoIP2-Enterprise and City nest: `traits` with the
  same and `user_type`, `city` and `country` with `names`
  (dev.maxmind.com/geoip/docs/databases).
- IPinfo, flat: of a range's company `name`, `domain`, `type` beside `as_name`, `as_type`; of a
  network `asn` as "AS64500" with `name` or `as_name`, `as_domain` and `type` or `as_type`; places as
  plain texts. Its newer files nest these in `as` and `geo` (ipinfo.io/developers/database-types).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from funnel.domain.companies.companies import NetworkRecord
from funnel.domain.companies.network_names import NetworkKind

Found = Mapping[str, Any]

_KINDS = {
    # IPinfo's `type`.
    "isp": NetworkKind.PROVIDER,
    "hosting": NetworkKind.HOSTING,
    "business": NetworkKind.COMPANY,
    "education": NetworkKind.EDUCATION,
    "government": NetworkKind.COMPANY,
    "banking": NetworkKind.COMPANY,
    # MaxMind's `user_type`.
    "cellular": NetworkKind.MOBILE,
    "residential": NetworkKind.PROVIDER,
    "dialup": NetworkKind.PROVIDER,
    "cafe": NetworkKind.PROVIDER,
    "traveler": NetworkKind.PROVIDER,
    "consumer_privacy_network": NetworkKind.HOSTING,
    "content_delivery_network": NetworkKind.HOSTING,
    "search_engine_spider": NetworkKind.HOSTING,
    "college": NetworkKind.EDUCATION,
    "school": NetworkKind.EDUCATION,
    "library": NetworkKind.EDUCATION,
    "military": NetworkKind.COMPANY,
}


def record_of(found: Iterable[object]) -> NetworkRecord:
    """All that the files say of one address together; of two that say the same, the first."""
    fields: dict[str, Any] = {}
    for one in found:
        if isinstance(one, Mapping):
            for name, value in _said(one).items():
                if value and not fields.get(name):
                    fields[name] = value
    return NetworkRecord(**fields)


def _said(record: Found) -> dict[str, Any]:
    traits = _part(record, "traits")
    if traits or "autonomous_system_organization" in record or "isp" in record:
        return _maxmind(record, traits or record)
    if "names" in _part(record, "city") or "names" in _part(record, "country"):
        return _place(record)
    return _ipinfo(record)


def _maxmind(record: Found, traits: Found) -> dict[str, Any]:
    kind = _KINDS.get(_text(traits, "user_type"))
    if kind is None and (traits.get("mobile_network_code") or _is_mobile(traits)):
        kind = NetworkKind.MOBILE
    return {
        "organisation": _text(traits, "organization"),
        "organisation_kind": kind,
        "network": _text(traits, "autonomous_system_organization"),
        "asn": _number(traits.get("autonomous_system_number")),
        "provider": _text(traits, "isp"),
        "domain": _text(traits, "domain"),
        **_place(record),
    }


def _is_mobile(traits: Found) -> bool:
    return _text(traits, "connection_type").casefold() == "cellular"


def _ipinfo(record: Found) -> dict[str, Any]:
    network = _part(record, "as") or record
    nested = network is not record
    name = _text(record, "name")
    # Of a network alone `name` and `type` are its own; beside `as_name` they are the range's.
    of_range = bool(name) and ("as_name" in record or nested or "asn" not in record)
    number = network.get("asn")
    as_name = _text(network, "name") if nested or not of_range else ""
    as_kind = _text(network, "type") if nested or not of_range else ""
    return {
        "organisation": name if of_range else "",
        "organisation_kind": _KINDS.get(_text(record, "type")) if of_range else None,
        "network": _text(record, "as_name") or as_name,
        "network_kind": _KINDS.get(_text(record, "as_type") or as_kind),
        "asn": _number(number),
        "domain": _text(record, "domain") if of_range else _text(network, "domain"),
        **_place(_part(record, "geo") or record),
    }


def _place(record: Found) -> dict[str, Any]:
    return {"city": _name(record.get("city")), "country": _name(record.get("country"))}


def _name(value: object) -> str:
    """A plain text, or the English one of several languages."""
    if isinstance(value, Mapping):
        names = value.get("names")
        value = names.get("en") if isinstance(names, Mapping) else ""
    return value if isinstance(value, str) else ""


def _part(record: Found, name: str) -> Found:
    value = record.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(record: Found, name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    if isinstance(value, str):
        value = value.upper().removeprefix("AS")
        return int(value) if value.isdecimal() and len(value) <= 10 else None
    return value if isinstance(value, int) else None
