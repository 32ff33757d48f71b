"""The list reader on replies made by hand."""

import gc
import tracemalloc
from collections.abc import Iterator
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.adapters.sugar_soap import reader
from funnel.adapters.sugar_soap.reader import Record, read_list
from funnel.domain.errors import (
    FunnelError,
    ModuleMissing,
    NoRight,
    ReplyTooLarge,
    ServerCrashed,
    SessionGone,
    SugarReplyBroken,
)
from tests.unit.sugar_soap.xml import HEAD, TAIL, fault, pieces, reply

MIB = 1024 * 1024


def read(body: bytes, *, size: int = 7, with_links: bool = False) -> list[Record]:
    rows: list[Record] = []
    read_list(
        pieces(body, size), rows.append, method="get_entry_list", cap=MIB, with_links=with_links
    )
    return rows


@given(
    st.lists(
        st.dictionaries(
            st.from_regex(r"[a-z_]{1,8}", fullmatch=True),
            st.text(st.characters(codec="utf-8", exclude_characters="<>&\r", min_codepoint=32)),
            min_size=1,
        ),
        max_size=5,
    ),
    st.integers(1, 400),
)
def test_records_come_as_they_were_sent_in_whatever_pieces(
    records: list[dict[str, str]], size: int
) -> None:
    assert read(reply(*records), size=size) == [
        {name: text or None for name, text in record.items()} for record in records
    ]


def test_xml_escapes_are_undone_and_sugars_own_are_left_to_the_typing() -> None:
    assert read(reply({"a": "1 &lt; 2 &amp;lt; 3"})) == [{"a": "1 < 2 &lt; 3"}]


NESTED = (
    "<item><item><name>contacts</name><records>"
    "<item><item><name>id</name><value>c1</value></item></item>"
    "<item><item><name>id</name><value>c2</value></item></item></records></item></item>"
)
WRAPPED = (
    "<item><link_list><item><name>contacts</name><records>"
    "<item><link_value><item><name>id</name><value>c1</value></item></link_value></item>"
    "<item><link_value><item><name>id</name><value>c2</value></item></link_value></item>"
    "</records></item></link_list></item>"
)


@pytest.mark.parametrize(
    ("linked", "none"),
    [
        pytest.param(NESTED, "<item></item>", id="nested, as v2 and v3 send them"),
        pytest.param(WRAPPED, "<item><link_list></link_list></item>", id="wrapped, as v4_1 does"),
        pytest.param(
            WRAPPED,
            "<item><link_list><item><name>contacts</name><records/></item></link_list></item>",
            id="an empty link",
        ),
    ],
)
def test_links_belong_to_the_record_at_their_place(linked: str, none: str) -> None:
    records = [{"id": str(at)} for at in range(6)]
    told = [none, linked, none, none, linked, none]
    seen: list[Record] = []
    end = read_list(
        pieces(reply(*records, links="".join(told))),
        seen.append,
        method="get_entry_list",
        cap=MIB,
        with_links=True,
    )
    both: list[Record] = [{"id": "c1"}, {"id": "c2"}]
    assert [links.get("contacts", []) for links in end.links] == [[], both, [], [], both, []]


def test_links_that_cannot_be_paired_with_records_are_refused() -> None:
    with pytest.raises(SugarReplyBroken, match="links"):
        read(reply({"id": "1"}, {"id": "2"}, links=NESTED), with_links=True)


@pytest.mark.parametrize("cut", [0.05, 0.3, 0.6, 0.9, 0.999])
def test_a_reply_that_ends_early_is_broken_wherever_it_ends(cut: float) -> None:
    body = reply(*({"id": str(at), "name": "x" * 20} for at in range(20)))
    with pytest.raises(SugarReplyBroken):
        read(body[: int(len(body) * cut)], size=100)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"words", "something else"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"<HTML><body>x</body></HTML>", "web page"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'><html/>", "web page"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>', "document type"),
        (b'<!-- x --><!DOCTYPE a SYSTEM "http://x/y.dtd"><a/>', "document type"),
        (b"<!--" + b"x" * 100_000, "something else"),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', "encoding"),
        (reply({"a": "b"}).decode().encode("utf-16"), "something else"),
        (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE', "encoding"),
        (b"<a><b></a>", "something else"),
        (reply({"a": "vertical \x0b tab"}), "control character"),
        (reply({"a": "&#11;"}), "control character"),
        (reply({"a": "x"}).replace(b">x<", b">\xff\xfe<"), "bytes that are no text"),
        (reply({"a": "&undeclared;"}), "well-formed"),
        (reply({"a": "x"}) + b"<more/>", "well-formed"),
        (reply({"a": "x"}, count=2), "announces 2 records and has 1"),
        (f"{HEAD}<r><return/></r>{TAIL}".encode(), "no list"),
        (reply({"a": "x"}).replace(b"<value>x</value>", b""), "without a value"),
        (reply({"a": "x"}).replace(b">1<", b">many<"), "no list"),
    ],
)
@pytest.mark.parametrize("size", [7, 100_000])
def test_what_is_no_list_is_refused_and_said_what_it_is(body: bytes, said: str, size: int) -> None:
    with pytest.raises(SugarReplyBroken, match=said):
        read(body, size=size)


def test_a_long_beginning_in_tiny_pieces_is_looked_at_a_few_times_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prolog = Mock(wraps=reader._PROLOG)
    monkeypatch.setattr(reader, "_PROLOG", prolog)
    comment = b"<!--" + b"x" * 30_000 + b"-->"
    body = reply({"a": "b"}).replace(b"<e:Envelope", comment + b"<e:Envelope", 1)
    assert read(body) == [{"a": "b"}]
    assert prolog.match.call_count < 20


def test_a_byte_order_mark_and_comments_before_the_reply_are_harmless() -> None:
    body = reply({"a": "b"})
    assert read(b"\xef\xbb\xbf" + body) == [{"a": "b"}]
    assert read(body.replace(b"<e:Envelope", b"<!-- a < b --><e:Envelope", 1)) == [{"a": "b"}]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (fault("11", "Invalid Session ID"), SessionGone),
        (fault("20"), ModuleMissing),
        (fault("40"), NoRight),
        (fault("-1", "service died unexpectedly"), ServerCrashed),
        (b"Database failure. Please refer to the log.", ServerCrashed),
        (reply(count=-1, more="<error><number>10</number></error>"), SessionGone),
        (reply(count=-1, more="<error><number>40</number></error>"), NoRight),
    ],
)
def test_faults_in_a_list_are_raised_as_ours(body: bytes, expected: type[FunnelError]) -> None:
    with pytest.raises(expected):
        read(body)


def test_no_error_is_no_error() -> None:
    assert read(reply({"a": "b"}, more="<error><number>0</number></error>")) == [{"a": "b"}]


def huge(value: int) -> Iterator[bytes]:
    """One value of so many bytes, made as it is read."""
    yield f"{HEAD}<r><return><result_count>1</result_count><entry_list><item>".encode()
    yield b"<name_value_list><item><name>a</name><value>"
    block = b"x" * 65536
    for _ in range(value // len(block)):
        yield block
    yield f"</value></item></name_value_list></item></entry_list></return></r>{TAIL}".encode()


def test_a_value_of_200_megabytes_is_refused_after_the_first_two_in_little_memory() -> None:
    taken = 0

    def counted() -> Iterator[bytes]:
        nonlocal taken
        for piece in huge(200 * MIB):
            taken += len(piece)
            yield piece

    gc.collect()
    tracemalloc.start()
    with pytest.raises(ReplyTooLarge, match="2 MiB"):
        read_list(counted(), lambda _: None, method="get_entry_list", cap=2 * MIB)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 3 * MIB
    assert peak < 8 * MIB


def test_many_records_leave_nothing_behind_in_the_tree() -> None:
    """10,000 records of 1 KB are read with no more memory than a few take."""
    body = reply({"id": "1", "text": "y" * 1000})
    start, _, rest = body.partition(b"<item><id>")
    record, _, end = rest.partition(b"</entry_list>")

    def many() -> Iterator[bytes]:
        yield start.replace(b">1<", b">10000<")
        for _ in range(10_000):
            yield b"<item><id>" + record
        yield b"</entry_list>" + end

    gc.collect()
    seen = 0

    def count(_record: Record) -> None:
        nonlocal seen
        seen += 1

    tracemalloc.start()
    read_list(many(), count, method="get_entry_list", cap=MIB)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seen == 10_000
    assert peak < MIB
