"""Tokens of dashlets: each thing that can be wrong with one refuses it, for a reason of its own."""

import base64
import hashlib
import hmac
import json
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.connecting.signing import DASHLET, derived_key, module_key
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId
from funnel.domain.vision.dashlet_tokens import (
    MOST_CHARACTERS,
    Audience,
    DashletToken,
    Flaw,
    TokenFlawed,
    minted,
    read_token,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE = ConnectionId("3f2a9c51-0c6d-4a54-8d9e-6a2f0f7a1b22")
KID, KEY = "kid-1", hashlib.sha256(b"the dashlet's key").hexdigest()
TOKEN = DashletToken(
    HERE, SugarId("seed_will_id"), Audience.PANELS, NOW, NOW + timedelta(seconds=600), "jti-1"
)
LEAD = RecordKey(Module.LEADS, SugarId("l1"))
GOOD = minted(TOKEN, KID, KEY)
HEADER = {"alg": "HS256", "typ": "JWT", "kid": KID}
CLAIMS = {
    "iss": HERE,
    "sub": "seed_will_id",
    "aud": "funnelvision",
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 600,
    "jti": "jti-1",
}


def read(
    text: str,
    *,
    audiences: Collection[Audience] = (Audience.PANELS,),
    now: datetime = NOW,
    clock_skew: float = 0,
) -> DashletToken:
    """The token, by the one key there is."""
    keys = {KID: KEY}
    return read_token(text, lambda kid: keys.get(kid, ""), HERE, audiences, now, clock_skew)


def flaw(text: str, **how: Any) -> Flaw:
    """What is wrong with it."""
    with pytest.raises(TokenFlawed) as raised:
        read(text, **how)
    return raised.value.flaw


def coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def signed(header: object, claims: object, key: str = KEY) -> str:
    """Whatever it says, signed as it has to be."""
    parts = [
        one if isinstance(one, bytes) else json.dumps(one).encode() for one in (header, claims)
    ]
    said = ".".join(map(coded, parts))
    mac = hmac.new(key.encode(), said.encode(), hashlib.sha256).digest()
    return f"{said}.{coded(mac)}"


def test_what_was_minted_is_read_as_it_was() -> None:
    assert read(GOOD) == TOKEN
    assert read(signed(HEADER, CLAIMS)) == TOKEN


def test_a_token_for_a_record_names_it() -> None:
    token = replace(TOKEN, audience=Audience.RECORD, record=LEAD)
    assert read(minted(token, KID, KEY), audiences=(Audience.RECORD,)) == token


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 127))
def test_a_token_of_which_one_character_is_another_is_refused(at: int, change: int) -> None:
    other = chr(ord(GOOD[at]) ^ change)
    with pytest.raises(TokenFlawed):
        read(GOOD[:at] + other + GOOD[at + 1 :])


@given(st.integers(0, len(GOOD) - 1))
def test_a_token_that_is_cut_off_is_refused(length: int) -> None:
    with pytest.raises(TokenFlawed):
        read(GOOD[:length])


@given(st.text(max_size=300))
def test_what_is_no_token_is_refused_and_nothing_else_is_raised(text: str) -> None:
    for one in (text, f"{text}.{text}.{text}", signed(text.encode("utf-8", "replace"), CLAIMS)):
        with pytest.raises(TokenFlawed):
            read(one)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted({*CLAIMS, "rec"})), JSON)
def test_a_claim_of_another_kind_is_refused_or_taken_at_its_word(name: str, value: object) -> None:
    text = signed(HEADER, {**CLAIMS, name: value})
    if len(text) > MOST_CHARACTERS:
        assert flaw(text) is Flaw.SIZE
        return
    try:
        found = read(text)
    except TokenFlawed:
        return
    assert name in {"sub", "jti", "iat", "exp"} or value in {CLAIMS.get(name), None}
    assert isinstance(found.user_id, str)


@pytest.mark.parametrize("alg", ["none", "None", "HS512", "hs256", "RS256", "", None, ["HS256"]])
def test_another_algorithm_is_refused_though_it_is_signed(alg: object) -> None:
    assert flaw(signed({**HEADER, "alg": alg}, CLAIMS)) is Flaw.ALGORITHM


def test_a_token_without_a_signature_is_refused() -> None:
    head, body, _ = signed({**HEADER, "alg": "none"}, CLAIMS).split(".")
    assert flaw(f"{head}.{body}.") is Flaw.ALGORITHM
    head, body, _ = GOOD.split(".")
    assert flaw(f"{head}.{body}.") is Flaw.SIGNATURE


@pytest.mark.parametrize(
    "header",
    [
        {**HEADER, "typ": "at+jwt"},
        {"alg": "HS256", "kid": KID},
        {**HEADER, "crit": ["b64"]},
        {**HEADER, "kid": 5},
        {**HEADER, "kid": ""},
        {**HEADER, "kid": "../" * 40},
        ["HS256"],
        b'{"alg":"HS256","typ":"JWT","kid":"kid-1","kid":"kid-1"}',
        b"[" * 1_200,
        b"\xff",
    ],
)
def test_another_header_is_refused(header: object) -> None:
    assert flaw(signed(header, CLAIMS)) is Flaw.HEADER


def test_a_key_that_nobody_knows_is_refused() -> None:
    assert flaw(signed({**HEADER, "kid": "kid-2"}, CLAIMS)) is Flaw.KEY
    assert flaw(signed({**HEADER, "kid": "kid-2"}, CLAIMS, "0" * 64)) is Flaw.KEY


def test_a_key_of_another_purpose_is_refused() -> None:
    assert flaw(signed(HEADER, CLAIMS, hashlib.sha256(b"webhook").hexdigest())) is Flaw.SIGNATURE


@pytest.mark.parametrize(
    "claims",
    [
        {k: v for k, v in CLAIMS.items() if k != "jti"},
        {**CLAIMS, "sub": ""},
        {**CLAIMS, "sub": 7},
        {**CLAIMS, "sub": "a b"},
        {**CLAIMS, "sub": "x" * 65},
        {**CLAIMS, "sub": "half \ud800"},
        {**CLAIMS, "aud": ["funnelvision"]},
        {**CLAIMS, "iat": True},
        {**CLAIMS, "exp": 1.5},
        {**CLAIMS, "exp": 10**30},
        {**CLAIMS, "iat": -1},
        [],
        b"{",
        b'{"iss":"a","iss":"b"}',
    ],
)
def test_claims_that_cannot_be_read_are_refused(claims: object) -> None:
    assert flaw(signed(HEADER, claims)) is Flaw.CLAIMS


def test_a_token_of_another_connection_is_refused() -> None:
    assert flaw(signed(HEADER, {**CLAIMS, "iss": "another"})) is Flaw.ISSUER


@pytest.mark.parametrize(
    "audience", ["funnelvision-record", "funnel-sign-in", "funnel", "FunnelVision"]
)
def test_a_token_for_another_use_is_refused(audience: str) -> None:
    assert flaw(signed(HEADER, {**CLAIMS, "aud": audience})) is Flaw.AUDIENCE


@pytest.mark.parametrize("seconds", [601, 0, -1, 86_400])
def test_a_token_is_good_for_ten_minutes_at_most(seconds: int) -> None:
    made = int(NOW.timestamp())
    assert flaw(signed(HEADER, {**CLAIMS, "exp": made + seconds})) is Flaw.LIFE


def test_a_token_is_good_from_when_it_was_made_until_it_ends_give_or_take_half_a_minute() -> None:
    for seconds in (-30, 0, 629):
        assert read(GOOD, now=NOW + timedelta(seconds=seconds)) == TOKEN
    assert flaw(GOOD, now=NOW - timedelta(seconds=31)) is Flaw.EARLY
    assert flaw(GOOD, now=NOW + timedelta(seconds=630)) is Flaw.EXPIRED


def test_a_clock_that_is_known_to_be_wrong_is_reckoned_with() -> None:
    assert read(GOOD, now=NOW - timedelta(hours=1), clock_skew=3_600) == TOKEN
    assert read(GOOD, now=NOW + timedelta(hours=1), clock_skew=-3_600) == TOKEN
    assert flaw(GOOD, clock_skew=3_600) is Flaw.EXPIRED


@pytest.mark.parametrize(
    "record",
    [
        None,
        "Leads/l1",
        {"module": "Leads"},
        {"module": "Accounts", "id": "a1"},
        {"module": "Leads", "id": ""},
        {"module": ["Leads"], "id": "l1"},
        {"module": "Leads", "id": "l1", "more": 1},
    ],
)
def test_a_token_for_a_record_names_one_lead_or_contact(record: object) -> None:
    claims = {**CLAIMS, "aud": "funnelvision-record", "rec": record}
    assert flaw(signed(HEADER, claims), audiences=(Audience.RECORD,)) is Flaw.RECORD


def test_a_token_for_panels_names_no_record() -> None:
    assert flaw(signed(HEADER, {**CLAIMS, "rec": {"module": "Leads", "id": "l1"}})) is Flaw.RECORD


def test_what_is_longer_than_any_token_is_not_looked_at() -> None:
    assert flaw(GOOD + "A" * MOST_CHARACTERS) is Flaw.SIZE
    assert flaw(signed(HEADER, {**CLAIMS, "more": "x" * MOST_CHARACTERS})) is Flaw.SIZE


@pytest.mark.parametrize("text", ["", "..", "a.b", f"{GOOD}.", f".{GOOD}", GOOD.replace(".", "")])
def test_what_has_other_parts_is_refused(text: str) -> None:
    assert flaw(text) in {Flaw.PARTS, Flaw.HEADER}


def test_a_second_way_to_write_the_same_bytes_is_refused() -> None:
    head, body, signature = GOOD.split(".")
    padded = f"{head}.{body}.{signature}="
    assert flaw(padded) is Flaw.CODING
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = last[last.index(signature[-1]) | 1]
    if other != signature[-1]:
        assert flaw(f"{head}.{body}.{signature[:-1]}{other}") is Flaw.CODING
    for odd in (f" {GOOD}", f"{GOOD}\n", GOOD.replace("-", "+").replace("_", "/") + "+"):
        with pytest.raises(TokenFlawed):
            read(odd)


VECTORS = json.loads((Path(__file__).parents[3] / "fakes/dashlet_vectors.json").read_text())


@pytest.mark.parametrize("made", VECTORS, ids=lambda made: str(made["audience"]))
def test_a_token_made_by_the_modules_php_says_what_it_was_made_for(made: dict[str, Any]) -> None:
    connection, audience = ConnectionId(made["connection"]), Audience(made["audience"])
    kid, _, key = made["key"].partition(".")
    assert key == module_key(made["secret"], connection)
    dashlet = derived_key(key, DASHLET, connection)
    now = datetime.fromtimestamp(made["now"], UTC)
    keys = {kid: dashlet}
    token = read_token(made["token"], lambda name: keys.get(name, ""), connection, (audience,), now)
    record = RecordKey.parse("/".join(made["record"])) if made["record"] else None
    assert (token.user_id, token.token_id, token.record) == (made["user"], made["id"], record)
    assert (token.ends_at - token.made_at).total_seconds() == min(made["seconds"], 600)
