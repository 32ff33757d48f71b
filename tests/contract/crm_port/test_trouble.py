"""A server in trouble: one clear error each, in bounded time and memory, and nothing hangs."""

import pytest

from funnel.adapters.sugar import Caps, Timeouts
from funnel.adapters.sugar_rest import filters
from funnel.adapters.sugar_soap import sql
from funnel.domain.errors import (
    FunnelError,
    RedirectedElsewhere,
    ReplyTooLarge,
    ServerCrashed,
    SugarBusy,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.domain.ids import Module
from tests.contract.crm_port.subject import EVERYTHING, Subject

LIST = "get_entry_list"
COUNT = "get_entries_count"
TROUBLES = [
    pytest.param("cut", {}, SugarReplyBroken, "cut off", id="cut off half-way"),
    pytest.param("drop", {}, SugarUnavailable, "closed the connection", id="dropped"),
    pytest.param("lose_reply", {}, SugarUnavailable, "closed the connection", id="reply lost"),
    pytest.param("status", {"code": 500}, SugarUnavailable, "HTTP 500", id="500"),
    pytest.param("status", {"code": 502}, SugarUnavailable, "HTTP 502", id="502"),
    pytest.param("status", {"code": 503}, SugarBusy, "slow down", id="503"),
    pytest.param("status", {"code": 429}, SugarBusy, "slow down", id="429"),
    pytest.param("status", {"code": 404}, SugarReplyBroken, "HTTP 404", id="404"),
    pytest.param("html", {}, SugarReplyBroken, "web page", id="a web page"),
    pytest.param("invalid_xml", {}, SugarReplyBroken, "not well-formed", id="broken XML"),
    pytest.param("control", {}, SugarReplyBroken, "control character", id="control character"),
    pytest.param("dtd", {}, SugarReplyBroken, "document type", id="DTD"),
    pytest.param(
        "redirect",
        {"location": "http://elsewhere.example/"},
        RedirectedElsewhere,
        "elsewhere.example",
        id="redirect",
    ),
]


@pytest.mark.parametrize(("kind", "more", "expected", "said"), TROUBLES)
@pytest.mark.parametrize("method", [LIST, COUNT])
def test_each_trouble_is_one_clear_error_and_the_next_call_works(
    subject: Subject,
    kind: str,
    more: dict[str, object],
    expected: type[FunnelError],
    said: str,
    method: str,
) -> None:
    if kind == "dtd" and subject.dialect.is_rest:
        pytest.skip("JSON has no document types")
    subject.sugar.company.create("Leads", last_name="A lead")
    crm = subject.open()
    crm.fields(Module.LEADS)

    def ask() -> int:
        if method == COUNT:
            return crm.count(Module.LEADS, EVERYTHING)
        return len(crm.read(Module.LEADS, EVERYTHING, 10, fields=("last_name",)).rows)

    subject.trouble(kind, methods=(method,), count=2, **more)
    with pytest.raises(expected) as error:
        ask()
    assert said in str(error.value)
    assert type(error.value) is expected
    subject.sugar.troubles.clear()
    assert ask() == 1
    assert subject.requests("login") == 1


def test_a_control_character_is_named_with_what_can_be_done(best: Subject) -> None:
    best.sugar.company.create("Leads", last_name="A lead")
    crm = best.open()
    crm.fields(Module.LEADS)
    best.trouble("control", methods=(LIST,))
    with pytest.raises(SugarReplyBroken) as error:
        crm.read(Module.LEADS, EVERYTHING, 10, fields=("last_name",))
    assert "control character" in error.value.text
    assert "type its text anew" in error.value.mend


def test_a_value_of_200_megabytes_is_refused_and_the_connection_goes_on(best: Subject) -> None:
    best.sugar.company.create("Leads", last_name="A lead")
    crm = best.open()
    crm.fields(Module.LEADS)
    best.trouble("huge", methods=(LIST,))
    with pytest.raises(ReplyTooLarge) as error:
        crm.read(Module.LEADS, EVERYTHING, 10, fields=("last_name",))
    assert "2 MiB" in error.value.text
    assert crm.count(Module.LEADS, EVERYTHING) == 1


def test_a_page_beyond_the_cap_is_refused(best: Subject) -> None:
    for number in range(20):
        best.sugar.company.create("Leads", last_name=f"Lead {number}")
    crm = best.open(connector=best.connector(caps=Caps(page=4096)))
    with pytest.raises(ReplyTooLarge):
        crm.read(Module.LEADS, EVERYTHING, 100, fields=("last_name",))


def test_a_slow_server_is_given_up_on(best: Subject) -> None:
    quick = Timeouts(connect=1, read=0.2, total=1)
    crm = best.open(connector=best.connector(timeouts=quick))
    crm.sign_in()
    best.trouble("slow", seconds=30.0, methods=(COUNT,))
    with pytest.raises(SugarUnavailable, match="in time"):
        crm.count(Module.LEADS, EVERYTHING)


def test_a_count_of_a_failing_query_is_an_error_never_zero(subject: Subject) -> None:
    crm = subject.open()
    crm.sign_in()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sql, "window_query", lambda *_: "no_such_column = 1")
        patch.setattr(filters, "window_filter", lambda *_: [{"no_such_column": "1"}])
        with pytest.raises(ServerCrashed):
            crm.count(Module.LEADS, EVERYTHING)
        with pytest.raises(ServerCrashed):
            crm.sweep(Module.LEADS, EVERYTHING, 1)
