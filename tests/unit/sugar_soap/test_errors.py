"""Every error below us becomes exactly one of ours."""

import contextlib
import http.client
import inspect
import socket
import ssl
import zlib
from collections.abc import Iterator
from types import ModuleType

import pytest
import requests.exceptions
import urllib3.exceptions
import zeep.exceptions
from lxml import etree

from funnel.adapters.sugar_http.failures import http_failure, translate
from funnel.adapters.sugar_soap.faults import fault_error, sugar5_error
from funnel.domain.errors import (
    CertificateInvalid,
    FunnelError,
    Mender,
    MethodMissing,
    ModuleMissing,
    NoRight,
    NotASugar,
    ServerCrashed,
    SessionGone,
    SignInRefused,
    SugarBusy,
    SugarReplyBroken,
    SugarUnavailable,
)


def exceptions_of(module: ModuleType) -> Iterator[type[Exception]]:
    for _, found in inspect.getmembers(module, inspect.isclass):
        home = found.__module__.partition(".")[0]
        ours = home == module.__name__.partition(".")[0] and not found.__name__.startswith("_")
        if ours and issubclass(found, Exception) and not issubclass(found, Warning):
            yield found


LOWER = sorted(
    {
        *exceptions_of(requests.exceptions),
        *exceptions_of(urllib3.exceptions),
        *exceptions_of(zeep.exceptions),
        *exceptions_of(etree),
        *exceptions_of(http.client),
        *exceptions_of(ssl),
        *exceptions_of(socket),
        zlib.error,
        ConnectionResetError,
        ConnectionAbortedError,
        ConnectionRefusedError,
        BrokenPipeError,
        TimeoutError,
    },
    key=lambda kind: f"{kind.__module__}.{kind.__name__}",
)


def made(kind: type[Exception]) -> Exception:
    """An instance, whatever its constructor wants."""
    for arguments in (("x", 1, 1, 1), ("x",)):
        if issubclass(kind, etree.LxmlSyntaxError):
            with contextlib.suppress(TypeError):
                return kind(*arguments)
    return kind.__new__(kind)


@pytest.mark.parametrize("kind", LOWER, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_error_of_the_libraries_below_is_one_of_ours(kind: type[Exception]) -> None:
    ours = translate(made(kind), "crm.example")
    assert isinstance(ours, FunnelError)
    assert "crm.example" in ours.text


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ssl.SSLCertVerificationError(), CertificateInvalid),
        (ssl.CertificateError(), CertificateInvalid),
        (TimeoutError(), SugarUnavailable),
        (ssl.SSLError(), SugarUnavailable),
        (ConnectionRefusedError(), SugarUnavailable),
        (ConnectionResetError(), SugarUnavailable),
        (http.client.RemoteDisconnected("x"), SugarUnavailable),
        (http.client.IncompleteRead(b""), SugarReplyBroken),
        (http.client.BadStatusLine("x"), SugarReplyBroken),
        (zlib.error(), SugarReplyBroken),
        (etree.XMLSyntaxError("x", 1, 1, 1), SugarReplyBroken),
        (made(zeep.exceptions.XMLParseError), SugarReplyBroken),
    ],
)
def test_the_usual_ones_become_what_they_mean(
    error: Exception, expected: type[FunnelError]
) -> None:
    assert type(translate(error, "crm.example")) is expected


def test_our_own_errors_pass_and_our_own_bugs_are_not_blamed_on_sugar() -> None:
    ours = NotASugar("x")
    assert translate(ours, "crm.example") is ours
    for bug in (KeyError("x"), TypeError("x"), AssertionError("x")):
        with pytest.raises(type(bug)):
            translate(bug, "crm.example")


@pytest.mark.parametrize(
    ("code", "text", "expected", "mender"),
    [
        ("10", "Invalid Login", SignInRefused, Mender.ADMIN),
        ("11", "Invalid Session ID", SessionGone, Mender.NOBODY),
        ("20", "Module Does Not Exist", ModuleMissing, Mender.ADMIN),
        ("40", "Access Denied", NoRight, Mender.ADMIN),
        ("1005", "Invalid set_campaign_merge data", ServerCrashed, Mender.US),
        ("-1", "service died unexpectedly", ServerCrashed, Mender.US),
        ("SOAP-ENV:Client", "method 'x' not defined in service", MethodMissing, Mender.US),
        ("SOAP-ENV:Server", "something new", ServerCrashed, Mender.US),
        (" 40 ", "Access Denied", NoRight, Mender.ADMIN),
    ],
)
def test_each_fault_is_one_error_that_says_who_can_mend_it(
    code: str, text: str, expected: type[FunnelError], mender: Mender
) -> None:
    error = fault_error("get_entry_list", code, text, "secret detail of leads_cstm")
    assert type(error) is expected
    assert error.mender is mender
    assert bool(error.mend) == (mender is Mender.ADMIN)
    assert "leads_cstm" not in error.text


@pytest.mark.parametrize(
    ("method", "number", "expected"),
    [
        ("login", "10", SignInRefused),
        ("get_entry_list", "10", SessionGone),
        ("get_module_fields", "11", SessionGone),
        ("get_entry_list", "40", NoRight),
        ("get_module_fields", "20", ModuleMissing),
        ("logout", "-1", ServerCrashed),
    ],
)
def test_the_numbers_of_soap_php_mean_another_thing_by_method(
    method: str, number: str, expected: type[FunnelError]
) -> None:
    assert type(sugar5_error(method, number, "")) is expected


@pytest.mark.parametrize(
    ("status", "retry_after", "expected", "seconds"),
    [
        (429, "17", SugarBusy, 17),
        (503, "9" * 400, SugarBusy, 86_400),
        (503, "Wed, 21 Oct 2026 07:28:00 GMT", SugarBusy, 0),
        (503, None, SugarBusy, 0),
        (500, None, SugarUnavailable, None),
        (502, None, SugarUnavailable, None),
        (404, None, SugarReplyBroken, None),
        (200, None, SugarReplyBroken, None),
    ],
)
def test_http_statuses_become_what_can_be_done(
    status: int, retry_after: str | None, expected: type[FunnelError], seconds: float | None
) -> None:
    error = http_failure(status, "crm.example", retry_after)
    assert type(error) is expected
    assert getattr(error, "retry_after", None) == seconds
    assert error.transient
