"""Requests under an idempotency key: what is the same request, and what is kept beside it."""

import hashlib

from funnel.domain.ids import TenantId
from funnel.domain.sent_requests import fingerprint_of, sent_id

T = TenantId("t")


def test_a_request_is_the_same_however_its_json_is_written_and_no_other() -> None:
    body = {"a": 1, "b": [1, "ä\ud800"]}
    assert fingerprint_of("x=1", body) == fingerprint_of("x=1", {"b": [1, "ä\ud800"], "a": 1})
    others = [("x=1", {"a": 1, "b": []}), ("x=2", body), ("", body), ("x=1", None)]
    assert len({fingerprint_of(*one) for one in [("x=1", body), *others]}) == 5
    written = b'q=1\n{"a":[1],"b":2}'
    assert fingerprint_of("q=1", {"b": 2, "a": [1]}) == hashlib.sha256(written).hexdigest()


def test_a_key_stands_for_a_request_of_one_tenant_at_one_place() -> None:
    known = [
        (T, "POST /a", "k"),
        (TenantId("u"), "POST /a", "k"),
        (T, "POST /b", "k"),
        (T, "POST /a", "l"),
    ]
    assert len({sent_id(*one) for one in known}) == 4
    assert sent_id(*known[0]) == sent_id(*known[0])
