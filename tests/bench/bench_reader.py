"""The list reader against bare `lxml.iterparse`, in one run.

Run as `python -m tests.bench.bench_reader`. Both do the same work on the same page of 500 records
with 60 fields: XML to records, HTML-decoding, and typing by a field list. The bare one is written
by hand without any check: no caps, no faults, no refusal of DTDs, whole reply in memory.
"""

import gc
import io
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

from lxml import etree

from funnel.adapters.sugar_soap.reader import read_list
from funnel.adapters.sugar_soap.rows import RowBuilder
from funnel.domain.crm import FieldDef
from funnel.domain.ids import Module

RECORDS, FIELDS, ROUNDS = 500, 60, 15
CHUNK = 64 * 1024
TARGET_PERCENT, TARGET_MIB = 60, 20
TYPES = (
    "varchar",
    "varchar",
    "text",
    "varchar",
    "enum",
    "bool",
    "int",
    "datetime",
    "date",
    "currency",
)
SAMPLES = {
    "varchar": "M&amp;#039;Gee &amp;lt;{0}&amp;gt;",
    "text": "A longer text about record {0}, with a second half that says little",
    "enum": "Web Site",
    "bool": "1",
    "int": "{0}",
    "datetime": "2026-11-24 10:42:07",
    "date": "2026-12-31",
    "currency": "50000.000000",
}


def field_defs() -> dict[str, FieldDef]:
    """60 fields of the usual mixture, `id`, `date_modified` and `deleted` among them."""
    fixed = {"id": "id", "date_modified": "datetime", "deleted": "bool"}
    names = {**fixed, **{f"field_{at}_c": TYPES[at % len(TYPES)] for at in range(FIELDS - 3)}}
    return {name: FieldDef(name, kind, name) for name, kind in names.items()}


def page(known: dict[str, FieldDef]) -> bytes:
    """A `get_entry_list` reply as v4_1 sends it; every fourth value is empty."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope'
        ' xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"'
        ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"'
        ' xmlns:tns="http://www.sugarcrm.com/sugarcrm"><SOAP-ENV:Body>'
        '<ns1:get_entry_listResponse xmlns:ns1="http://www.sugarcrm.com/sugarcrm"><return>'
        f'<result_count xsi:type="xsd:int">{RECORDS}</result_count><entry_list>'
    )
    records = "".join(
        f'<item xsi:type="tns:entry_value"><id xsi:type="xsd:string">id-{number}</id>'
        '<module_name xsi:type="xsd:string">Leads</module_name>'
        f'<name_value_list xsi:type="SOAP-ENC:Array">{_values(known, number)}</name_value_list></item>'
        for number in range(RECORDS)
    )
    tail = "</entry_list></return></ns1:get_entry_listResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>"
    return (head + records + tail).encode()


def _values(known: dict[str, FieldDef], number: int) -> str:
    values = []
    for at, field in enumerate(known.values()):
        text = "" if at % 4 == 3 and at > 3 else SAMPLES.get(field.type, "id-{0}").format(number)
        values.append(
            f'<item xsi:type="tns:name_value"><name xsi:type="xsd:string">{field.name}</name>'
            f'<value xsi:type="xsd:string">{text}</value></item>'
        )
    return "".join(values)


def ours(body: bytes, known: dict[str, FieldDef]) -> list[object]:
    """The product's reader."""
    builder = RowBuilder(Module.LEADS, known, tuple(known))
    read_list(_chunks(body), builder.add, method="get_entry_list", cap=2**21)
    return list(builder.rows)


def bare(body: bytes, known: dict[str, FieldDef]) -> list[object]:
    """The same by hand: one loop around `iterparse`."""
    types = {name: field.type for name, field in known.items()}
    rows: list[object] = []
    for _, element in etree.iterparse(io.BytesIO(body), events=("end",), tag="name_value_list"):
        row: dict[str, object] = {}
        for item in element:
            name, text = item[0].text, item[1].text
            row[name] = _typed(types[name], unescape(text)) if text else None
        rows.append(row)
        element.clear()
    return rows


def only_xml(body: bytes, known: dict[str, FieldDef]) -> list[object]:
    """`iterparse` to dictionaries of raw text: neither decoded nor typed."""
    del known
    rows: list[object] = []
    for _, element in etree.iterparse(io.BytesIO(body), events=("end",), tag="name_value_list"):
        rows.append({item[0].text: item[1].text for item in element})
        element.clear()
    return rows


def _typed(kind: str, text: str) -> object:
    if kind == "bool":
        return text == "1"
    if kind == "int":
        return int(text)
    if kind == "datetime":
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    return text


def _chunks(body: bytes) -> Iterator[bytes]:
    return (body[at : at + CHUNK] for at in range(0, len(body), CHUNK))


def peak_mib() -> float:
    """Memory one page takes at its most, in a process that reads it from a file, in MiB."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(page(field_defs()))
        file.flush()
        command = [sys.executable, "-m", "tests.bench.bench_reader", "--peak", file.name]
        told = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(told.stdout)


def _peak(file: str) -> None:
    """The rows are kept, as a page's are; what was used before is not counted."""
    known = field_defs()
    builder = RowBuilder(Module.LEADS, known, tuple(known))
    gc.collect()
    before = _resident("VmRSS")
    with Path(file).open("rb") as body:
        chunks = iter(lambda: body.read(CHUNK), b"")
        read_list(chunks, builder.add, method="get_entry_list", cap=2**21)
    print(_resident("VmHWM") - before)


def _resident(which: str) -> float:
    """Linux: resident memory now (`VmRSS`) or at its most (`VmHWM`), in MiB."""
    told = Path("/proc/self/status").read_text()
    return float(re.search(rf"{which}:\s+(\d+)", told)[1]) / 1024  # type: ignore[index]


def measure() -> tuple[dict[str, float], float]:
    """Median records per second of each contestant, alternating, and the peak in MiB."""
    known = field_defs()
    body = page(known)
    contestants: dict[str, Callable[[bytes, dict[str, FieldDef]], list[object]]] = {
        "reader": ours,
        "bare": bare,
        "only XML": only_xml,
    }
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, read in contestants.items():
            gc.collect()
            began = time.process_time()
            rows = read(body, known)
            seconds[name].append(time.process_time() - began)
            assert len(rows) == RECORDS
    return {name: RECORDS / statistics.median(taken) for name, taken in seconds.items()}, peak_mib()


def main() -> None:
    """Print the table; exit with 1 where a target is missed."""
    rates, peak = measure()
    share = 100 * rates["reader"] / rates["bare"]
    print(
        f"Page of {RECORDS} records with {FIELDS} fields, median of {ROUNDS} alternating rounds.\n"
    )
    print("| | records/s | of bare |\n|---|---:|---:|")
    print(f"| reader: streamed, checked, decoded, typed | {rates['reader']:,.0f} | {share:.0f} % |")
    print(f"| bare `lxml.iterparse`, decoded and typed | {rates['bare']:,.0f} | 100 % |")
    raw = 100 * rates["only XML"] / rates["bare"]
    print(f"| bare `lxml.iterparse`, raw text | {rates['only XML']:,.0f} | {raw:.0f} % |")
    print(f"\nPeak memory of one page: {peak:.1f} MiB (target: under {TARGET_MIB}).")
    print(f"Target: at least {TARGET_PERCENT} % of bare.")
    if share < TARGET_PERCENT or peak >= TARGET_MIB:
        sys.exit(1)


if __name__ == "__main__":
    if "--peak" in sys.argv:
        _peak(sys.argv[2])
    else:
        main()
