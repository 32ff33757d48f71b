"""Lists as they come off the wire, in memory that one record bounds.

zeep needs a reply as a whole, and about eight times the time
(`docs/decisions/0001-soap-reading.md`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from funnel.adapters.sugar_soap.faults import fault_error, sugar5_error
from funnel.domain.errors import ReplyTooLarge, ServerCrashed, SugarReplyBroken

Record = dict[str, str | None]
Links = dict[str, list[Record]]
"""Link name to the linked records."""

_NAMESPACE = "{http://www.sugarcrm.com/sugarcrm}"
_FAULT = "{http://schemas.xmlsoap.org/soap/envelope/}Fault"
_PROLOG = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*(<(?!!--)[A-Za-z_!][^\s>/]*)", re.DOTALL
)
_ENCODING = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_ENCODINGS = frozenset((b"utf-8", b"iso-8859-1", b"us-ascii", b"windows-1252"))
_PROLOG_CAP = 64 * 1024
_ERR_INVALID_CHAR = 9
_ERR_INVALID_ENCODING = 81


@dataclass(slots=True)
class ListEnd:
    """What a list tells beside its records; `links` are in the records' order."""

    count: int | None = None
    links: list[Links] = field(default_factory=list)


def read_list(
    chunks: Iterable[bytes],
    on_record: Callable[[Record], None],
    *,
    method: str,
    cap: int,
    with_links: bool = False,
) -> ListEnd:
    """Hand each record of a reply on as it is complete.

    Parameters
    ----------
    chunks
        The body of an `entry_list` reply in pieces.
    on_record
        Called with field name to text, not yet HTML-decoded; None for what is empty.
    method
        The method that was called; named in errors.
    cap
        Bytes one record may have.
    with_links
        Whether links were asked for, so that there must be as many sets of them as records.

    Raises
    ------
    SugarReplyBroken
        Not well-formed, a DTD, a web page, cut off, or fewer records than it says.
    ReplyTooLarge
        One record is larger than `cap`.
    FunnelError
        The fault the reply carries.
    """
    reading = _Reading(on_record, method)
    feed(reading.handlers, chunks, cap)
    return reading.finish(with_links)


def read_first(chunks: Iterable[bytes], *, method: str, cap: int) -> Record | None:
    """The first record of an `entry_list` reply that does not count its records; None for none.

    Raises as `read_list`.
    """
    found: list[Record] = []
    answered: list[str] = []
    handlers = {
        "name_value_list": lambda element: found.append(taken(element)),
        f"{_NAMESPACE}{method}Response": lambda element: answered.append(element.tag),
        **failures(method),
    }
    feed(handlers, chunks, cap)
    if not answered:
        raise SugarReplyBroken(f"The reply is no answer to {method}.")
    return found[0] if found else None


def check_answer(chunks: Iterable[bytes], *, method: str, cap: int) -> None:
    """Read an answer whose content says nothing, to its end.

    Raises the fault or the error it carries, and `SugarReplyBroken` where it is cut off or of
    another method.
    """
    answered: list[str] = []
    tag = f"{_NAMESPACE}{method}Response"
    feed({tag: lambda found: answered.append(found.tag), **failures(method)}, chunks, cap)
    if not answered:
        raise SugarReplyBroken(f"The reply is no answer to {method}.")


def read_counts(chunks: Iterable[bytes], *, method: str, cap: int) -> dict[str, int]:
    """What an answer counts as `created`, `failed` and `deleted`.

    Raises the fault it carries, and `SugarReplyBroken` for what counts nothing.
    """
    found: dict[str, int] = {}

    def take(element: Any) -> None:
        if (element.text or "").isdecimal():
            found[element.tag] = int(element.text)

    counted = dict.fromkeys(("created", "failed", "deleted"), take)
    feed({**counted, **failures(method)}, chunks, cap)
    if len(found) != len(counted):
        raise SugarReplyBroken(f"The reply is no answer to {method}.")
    return found


def check_prolog(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """Pass the pieces of an XML reply on after a look at how it begins.

    Refuses a DTD before any parser sees it, encodings in which it could hide, web pages, and
    the plain text in which some servers report a failed query.
    """
    pieces = iter(chunks)
    start = b""
    looked_at = 0
    for piece in pieces:
        start += piece
        # Each look begins anew: one at every piece would take a time of its own on tiny ones.
        if len(start) < 2 * looked_at:
            continue
        looked_at = len(start)
        found = _PROLOG.match(start)
        if looked_at > _PROLOG_CAP or (found and _is_told(found, start)):
            break
    found = _PROLOG.match(start)
    _refuse_what_is_no_envelope(start, found[1] if found else b"")
    yield start
    yield from pieces


def _is_told(found: re.Match[bytes], start: bytes) -> bool:
    """Whether the first tag is there as a whole; of a document type, what it is the type of."""
    if found[1].startswith(b"<!"):
        return b">" in start[found.end() :] or b"[" in start[found.end() :]
    return found.end() < len(start)


def _refuse_what_is_no_envelope(start: bytes, tag: bytes) -> None:
    text = start.lstrip()[:200].lower()
    if not text:
        raise SugarReplyBroken("The server sent an empty reply.")
    if text.startswith(b"database failure"):
        raise ServerCrashed("Sugar's database could not carry the query out.")
    if tag.lower() in (b"<!doctype", b"<html"):
        if b"html" in start[:1000].lower():
            raise SugarReplyBroken("The server sent a web page instead of data.")
        raise SugarReplyBroken("The reply contains a document type declaration; it was refused.")
    declared = _ENCODING.match(start)
    if declared and declared[1].lower() not in _ENCODINGS:
        raise SugarReplyBroken("The reply is in an encoding that Sugar does not use.")
    if not tag.endswith(b"Envelope"):
        raise SugarReplyBroken("The server sent something else than a SOAP reply.")


def feed(handlers: Mapping[str, Callable[[Any], None]], chunks: Iterable[bytes], cap: int) -> None:
    """Parse a reply piece by piece; each handler gets the elements of its tag as they are complete.

    Raises `SugarReplyBroken`, `ReplyTooLarge` where more than `cap` bytes bring no such element,
    and what the handlers raise.
    """
    try:
        _feed(handlers, check_prolog(chunks), cap)
    except etree.XMLSyntaxError as error:
        raise broken_xml(error) from error


def _feed(handlers: Mapping[str, Callable[[Any], None]], chunks: Iterable[bytes], cap: int) -> None:
    parser = etree.XMLPullParser(
        events=("end",),
        tag=tuple(handlers),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    since_event = 0
    for chunk in chunks:
        parser.feed(chunk)
        since_event += len(chunk)
        for _, element in parser.read_events():
            handlers[element.tag](element)
            since_event = 0
        if since_event > cap:
            raise ReplyTooLarge(
                f"One record in the reply is larger than {cap // 1024 // 1024} MiB.",
                mend="Shorten the text of that record in Sugar.",
            )
    parser.close()


class _Reading:
    """The state of one reply."""

    def __init__(self, on_record: Callable[[Record], None], method: str) -> None:
        self._on_record = on_record
        self._records = 0
        self._end = ListEnd()
        self._links_seen = 0
        self.handlers: dict[str, Callable[[Any], None]] = {
            "name_value_list": self._record,
            "records": self._linked,
            "relationship_list": self._relationship_list,
            "result_count": self._result_count,
            **failures(method),
        }

    def finish(self, with_links: bool) -> ListEnd:
        """What the list tells, once it has proved to be complete."""
        end = self._end
        if end.count is None:
            raise SugarReplyBroken("The reply is no list of records.")
        if end.count != self._records:
            raise SugarReplyBroken(
                f"The reply announces {end.count} records and has {self._records}."
            )
        if with_links and len(end.links) != self._records:
            raise SugarReplyBroken("The reply's links do not belong to its records.")
        return end

    def _record(self, element: Any) -> None:
        record = taken(element)
        self._records += 1
        self._on_record(record)

    def _linked(self, element: Any) -> None:
        """The linked records of one link: arrays nested in v2 and v3, wrapped in v2_1 and later."""
        named = element.getparent()
        pairs = [[node.text for node in one.iter("name", "value")] for one in element]
        records = [dict(zip(texts[::2], texts[1::2], strict=True)) for texts in pairs]
        self._of_this_record(named.getparent())[named.findtext("name") or ""] = records
        element.clear()

    def _of_this_record(self, holder: Any) -> Links:
        """The links of the record whose turn it is, by the position of its item in the list."""
        item = holder if holder.getparent().tag == "relationship_list" else holder.getparent()
        while item.getprevious() is not None:
            item.getparent().remove(item.getprevious())
            self._links_seen += 1
        self._fill_links(self._links_seen + 1)
        return self._end.links[self._links_seen]

    def _relationship_list(self, element: Any) -> None:
        self._fill_links(self._links_seen + len(element))
        element.clear()

    def _fill_links(self, upto: int) -> None:
        while len(self._end.links) < upto:
            self._end.links.append({})

    def _result_count(self, element: Any) -> None:
        self._end.count = int(element.text) if (element.text or "").isdecimal() else None


def taken(element: Any) -> Record:
    """A `name_value_list` as a record; what was read of the reply is let go."""
    try:
        record = {item[0].text: item[1].text for item in element}
    except IndexError as error:
        raise SugarReplyBroken("A record in the reply has a field without a value.") from error
    element.clear()
    # The item it hangs on is still open and goes with the next one.
    let_go(element.getparent().getprevious())
    return record


def let_go(element: Any | None) -> None:
    """Take an element that is complete out of the tree."""
    if element is not None:
        element.getparent().remove(element)


def failures(method: str) -> dict[str, Callable[[Any], None]]:
    """Handlers that raise the fault, or the error of `soap.php`, that a reply carries."""

    def error(element: Any) -> None:
        number = element.findtext("number") or "0"
        if number != "0":
            raise sugar5_error(method, number, element.findtext("description") or "")

    def fault(element: Any) -> None:
        raise fault_error(
            method,
            element.findtext("faultcode") or "",
            element.findtext("faultstring") or "",
            element.findtext("detail") or "",
        )

    return {"error": error, _FAULT: fault}


def broken_xml(error: etree.XMLSyntaxError) -> SugarReplyBroken:
    """The error for a reply no parser takes, by what is wrong with it."""
    if error.code == _ERR_INVALID_CHAR:
        return SugarReplyBroken(
            "The reply contains a control character that XML does not allow.",
            mend="Find the record with the invisible character in Sugar and type its text anew.",
        )
    if error.code == _ERR_INVALID_ENCODING:
        return SugarReplyBroken("The reply contains bytes that are no text in its encoding.")
    return SugarReplyBroken("The reply was cut off or is not well-formed XML.")
