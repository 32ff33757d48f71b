"""Each error of Sugar's REST is one of ours, and says who can mend it."""

import pytest

from funnel.adapters.sugar_http.refusals import sign_in_refused
from funnel.adapters.sugar_rest.refusals import refusal, sign_in_refusal
from funnel.domain.errors import (
    FunnelError,
    Mender,
    MethodMissing,
    ModuleMissing,
    NoRight,
    ServerCrashed,
    SessionGone,
    SignInRefused,
    SugarBusy,
    SugarReplyBroken,
    SugarUnavailable,
)

# Code and label of each: Sugar Developer Guide 13.0, API Exceptions.
TOLD = [
    (301, "incorrect_version", MethodMissing, Mender.US),
    (401, "need_login", SessionGone, Mender.NOBODY),
    (401, "invalid_grant", SessionGone, Mender.NOBODY),
    (403, "not_authorized", NoRight, Mender.ADMIN),
    (404, "no_method", MethodMissing, Mender.US),
    (404, "not_found", ModuleMissing, Mender.ADMIN),
    (409, "edit_conflict", ServerCrashed, Mender.US),
    (412, "metadata_out_of_date", SugarReplyBroken, Mender.NOBODY),
    (413, "request_too_large", ServerCrashed, Mender.US),
    (422, "missing_parameter", ServerCrashed, Mender.US),
    (422, "invalid_parameter", ServerCrashed, Mender.US),
    (424, "request_failure", ServerCrashed, Mender.US),
    (429, "too_many_requests", SugarBusy, Mender.NOBODY),
    (433, "client_outdated", MethodMissing, Mender.US),
    (500, "fatal_error", ServerCrashed, Mender.US),
    (503, "maintenance", SugarBusy, Mender.NOBODY),
    (418, "teapot", SugarReplyBroken, Mender.NOBODY),
]


@pytest.mark.parametrize(("status", "label", "expected", "mender"), TOLD)
def test_each_error_of_sugar_is_one_of_ours(
    status: int, label: str, expected: type[FunnelError], mender: Mender
) -> None:
    error = refusal(status, label, "What Sugar says.", "crm.example", None)
    assert type(error) is expected
    assert error.mender is mender
    assert error.text
    if mender is Mender.ADMIN:
        assert error.mend


@pytest.mark.parametrize(
    ("status", "expected"),
    [(401, SugarReplyBroken), (404, SugarReplyBroken), (500, SugarUnavailable), (503, SugarBusy)],
)
def test_a_reply_that_is_not_sugars_is_judged_by_its_status_alone(
    status: int, expected: type[FunnelError]
) -> None:
    assert type(refusal(status, "", "", "crm.example", None)) is expected


def test_a_busy_sugar_says_how_long_to_wait() -> None:
    error = refusal(429, "too_many_requests", "", "crm.example", "30")
    assert isinstance(error, SugarBusy)
    assert error.retry_after == 30


def test_what_sugar_says_of_a_mistake_is_cut() -> None:
    assert len(refusal(422, "invalid_parameter", "x" * 1000, "crm.example", None).text) < 300


@pytest.mark.parametrize(
    ("status", "label", "expected"),
    [
        (401, "need_login", SignInRefused),
        (401, "invalid_grant", SignInRefused),
        (400, "invalid_grant", SignInRefused),
        (422, "invalid_parameter", NoRight),
        (503, "maintenance", SugarBusy),
        (500, "fatal_error", ServerCrashed),
        (422, "missing_parameter", ServerCrashed),
    ],
)
def test_a_sign_in_is_refused_for_the_password_or_the_platform_and_nothing_else(
    status: int, label: str, expected: type[FunnelError]
) -> None:
    told = refusal(status, label, "", "crm.example", None)
    error = sign_in_refusal(status, label, told)
    assert type(error) is expected
    if expected is SignInRefused:
        assert error.text == sign_in_refused().text
