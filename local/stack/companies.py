"""Databases of made-up companies, for the demo and for tests: addresses that nobody has.

192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 and 2001:db8::/32 are set aside for documentation
(RFC 5737, RFC 3849); 127.0.0.0/8 is this machine, for whoever looks at the demo site.
"""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mmdb_writer import MMDBWriter
from netaddr import IPSet

Rows = Iterable[tuple[str, Mapping[str, Any]]]

COMPANIES: tuple[tuple[str, str, str, str, str], ...] = (
    ("192.0.2.0/28", "Harbour Cranes AS", "business", "Bergen", "Norway"),
    ("192.0.2.16/28", "Bergfeld Maschinenbau GmbH", "business", "Stuttgart", "Germany"),
    ("192.0.2.32/28", "Moreau et Fils SA", "business", "Lyon", "France"),
    ("192.0.2.48/28", "Northgate Cold Storage Ltd", "business", "Leeds", "United Kingdom"),
    ("192.0.2.64/28", "Tulip Logistics BV", "business", "Rotterdam", "Netherlands"),
    ("192.0.2.80/28", "Pine Ridge Foods Inc", "business", "Portland", "United States"),
    ("192.0.2.96/28", "Università del Mare", "education", "Trieste", "Italy"),
    ("192.0.2.112/28", "Svensson & Söner AB", "business", "Malmö", "Sweden"),
    ("192.0.2.128/28", "Blue Anchor Insurance plc", "business", "London", "United Kingdom"),
    ("192.0.2.144/28", "Kowalczyk Transport Sp. z o.o.", "business", "Gdańsk", "Poland"),
    ("192.0.2.160/28", "Sierra Solar SL", "business", "Sevilla", "Spain"),
    ("192.0.2.176/28", "Meridian Textiles Ltd", "business", "Manchester", "United Kingdom"),
    ("198.51.100.0/25", "Fjordnett Telecom AS", "isp", "Oslo", "Norway"),
    ("198.51.100.128/26", "Rheinkabel Broadband GmbH", "isp", "Köln", "Germany"),
    ("198.51.100.192/26", "Rapide Mobile SA", "isp", "Paris", "France"),
    ("203.0.113.0/25", "Skyrack Hosting Ltd", "hosting", "Dublin", "Ireland"),
    ("2001:db8:1::/48", "Harbour Cranes AS", "business", "Bergen", "Norway"),
    ("127.0.0.0/8", "Your own company (this machine)", "business", "", ""),
)  # fmt: skip
"""Whose range it is, what that is, and where."""


def sample() -> bytes:
    """A database as IPinfo's of companies."""
    rows = [
        (network, {"name": name, "type": kind, "city": city, "country": country, "asn": "AS64500",
                   "as_name": "Example Carrier", "as_type": "isp"})
        for network, name, kind, city, country in COMPANIES
    ]  # fmt: skip
    return database("Funnel sample of made-up companies", rows)


def put_sample(s3: Any, bucket: str) -> None:
    """Put it where an operator puts real ones."""
    s3.put_object(Bucket=bucket, Key="sample.mmdb", Body=sample())


def database(kind: str, rows: Rows) -> bytes:
    """An MMDB file that says this of these networks."""
    writer = MMDBWriter(6, kind, ipv4_compatible=True, languages=["en"], description=kind)
    for network, record in rows:
        writer.insert_network(IPSet([network]), dict(record))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "made.mmdb"
        writer.to_db_file(str(place))
        return place.read_bytes()
