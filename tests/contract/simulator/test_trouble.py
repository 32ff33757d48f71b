"""Every fault on request happens, as often as asked, to the calls it is meant for."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection, IncompleteRead, RemoteDisconnected

import pytest
from lxml import etree

from local.sugar import SugarSimulator, Trouble
from tests.contract.simulator.playing import signed_in
from tests.contract.simulator.requests import request
from tests.contract.simulator.shapes import fault_of

_PATH = "/service/v4_1/soap.php"


@pytest.fixture
def sugar() -> Iterator[SugarSimulator]:
    with SugarSimulator() as simulator:
        yield simulator


def _one_lead(sugar: SugarSimulator) -> bytes:
    sugar.company.create("Leads", last_name="X", email1="x@y.example")
    wire, session = signed_in(sugar, "v4_1")
    wire.close()
    fields = {"session": session, "module_name": "Leads", "select_fields": ["id", "last_name"]}
    return request("v4_1", "get_entry_list", fields)


def _post(sugar: SugarSimulator, body: bytes) -> tuple[int, bytes, str]:
    connection = HTTPConnection(sugar.url.removeprefix("http://"), timeout=20)
    try:
        connection.request("POST", _PATH, body)
        response = connection.getresponse()
        return response.status, response.read(), response.getheader("Location") or ""
    finally:
        connection.close()


@pytest.mark.parametrize("code", [500, 502, 503])
def test_a_5xx_comes_as_often_as_asked_and_then_no_more(sugar: SugarSimulator, code: int) -> None:
    call = _one_lead(sugar)
    sugar.troubles.add(Trouble("status", count=2, code=code))
    assert [_post(sugar, call)[0] for _ in range(3)] == [code, code, 200]


def test_a_fault_meant_for_one_method_leaves_the_others_alone(sugar: SugarSimulator) -> None:
    call = _one_lead(sugar)
    sugar.troubles.add(Trouble("status", methods=("set_entry",)))
    assert _post(sugar, call)[0] == 200
    assert len(sugar.troubles.waiting()) == 1


def test_a_reply_is_cut_off_half_way(sugar: SugarSimulator) -> None:
    call = _one_lead(sugar)
    sugar.troubles.add(Trouble("cut"))
    with pytest.raises(IncompleteRead):
        _post(sugar, call)


def test_a_lost_reply_is_lost_after_the_record_was_saved(sugar: SugarSimulator) -> None:
    _one_lead(sugar)
    wire, session = signed_in(sugar, "v4_1")
    wire.close()
    values = {"new_with_id": "1", "id": "kept", "last_name": "Kept"}
    body = request(
        "v4_1", "set_entry", {"session": session, "module_name": "Leads", "name_value_list": values}
    )
    sugar.troubles.add(Trouble("lose_reply"))
    with pytest.raises(RemoteDisconnected):
        _post(sugar, body)
    assert "kept" in sugar.company.ids("Leads")


def test_a_dropped_connection_does_nothing(sugar: SugarSimulator) -> None:
    _one_lead(sugar)
    wire, session = signed_in(sugar, "v4_1")
    wire.close()
    body = request(
        "v4_1", "set_entry",
        {"session": session, "module_name": "Leads", "name_value_list": {"last_name": "Gone"}},
    )  # fmt: skip
    sugar.troubles.add(Trouble("drop"))
    with pytest.raises(RemoteDisconnected):
        _post(sugar, body)
    assert len(sugar.company.ids("Leads")) == 1


def test_all_sessions_end(sugar: SugarSimulator) -> None:
    call = _one_lead(sugar)
    sugar.troubles.add(Trouble("expire"))
    assert fault_of(_post(sugar, call)[1]) == "11"


def test_an_html_page_comes_instead_of_xml(sugar: SugarSimulator) -> None:
    call = _one_lead(sugar)
    sugar.troubles.add(Trouble("html"))
    status, body, _ = _post(sugar, call)
    assert status == 200
    assert body.startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("kind", ["invalid_xml", "control"])
def test_a_reply_is_no_xml(sugar: SugarSimulator, kind: str) -> None:
    call = _one_lead(sugar)
    sugar.troubles.add(Trouble(kind))
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(_post(sugar, call)[1])


def test_a_reply_brings_a_doctype_and_uses_its_entity(sugar: SugarSimulator) -> None:
    call = _one_lead(sugar)
    sugar.troubles.add(Trouble("dtd"))
    root = etree.fromstring(_post(sugar, call)[1])
    assert root.getroottree().docinfo.doctype
    assert "intruder" in "".join(root.itertext())


def test_a_redirect_leads_elsewhere(sugar: SugarSimulator) -> None:
    call = _one_lead(sugar)
    sugar.troubles.add(Trouble("redirect", location="http://elsewhere.example/"))
    assert _post(sugar, call)[::2] == (302, "http://elsewhere.example/")


def test_a_huge_value_is_as_long_as_told(sugar: SugarSimulator) -> None:
    call = _one_lead(sugar)
    sugar.troubles.add(Trouble("huge", bytes=30_000_000))
    root = etree.fromstring(_post(sugar, call)[1], etree.XMLParser(huge_tree=True))
    assert max(len(text) for text in root.itertext()) > 30_000_000


def test_a_slow_answer_keeps_the_client_waiting(sugar: SugarSimulator) -> None:
    call = _one_lead(sugar)
    sugar.troubles.add(Trouble("slow", seconds=60))
    connection = HTTPConnection(sugar.url.removeprefix("http://"), timeout=0.2)
    connection.request("POST", _PATH, call)
    with pytest.raises(socket.timeout):
        connection.getresponse()
    connection.close()


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown trouble"):
        Trouble("nonsense")
