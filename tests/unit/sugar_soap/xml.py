"""Replies made by hand."""

from collections.abc import Iterator, Mapping

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
)
TAIL = "</e:Body></e:Envelope>"


def values(record: Mapping[str, str]) -> str:
    items = "".join(
        f"<item><name>{name}</name><value>{text}</value></item>" for name, text in record.items()
    )
    return f"<name_value_list>{items}</name_value_list>"


def reply(
    *records: Mapping[str, str], links: str = "", count: int | None = None, more: str = ""
) -> bytes:
    """A list of records whose values are XML already."""
    entries = "".join(f"<item><id>x</id>{values(one)}</item>" for one in records)
    return (
        f"{HEAD}<r><return><result_count>{len(records) if count is None else count}</result_count>"
        f"<entry_list>{entries}</entry_list>"
        f"<relationship_list>{links}</relationship_list>{more}</return></r>{TAIL}"
    ).encode()


def fault(code: str, text: str = "", detail: str = "") -> bytes:
    return (
        f"{HEAD}<e:Fault><faultcode>{code}</faultcode><faultstring>{text}</faultstring>"
        f"<detail>{detail}</detail></e:Fault>{TAIL}"
    ).encode()


def pieces(body: bytes, size: int = 7) -> Iterator[bytes]:
    return (body[at : at + size] for at in range(0, len(body), size))
