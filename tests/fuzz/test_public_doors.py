"""What is open to all and in no document: pages, scripts and events of customers' sites, mail, webhooks.

They are HTML, images and forms for browsers, not an API, so Schemathesis has nothing to hold them to.
They are asked with what fits, mixed with what does not: nothing is a fault of ours.
"""

import json
import os
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.connecting.signing import (
    WEBHOOK,
    derived_key,
    module_key,
    signature_of,
)
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.connecting.signing_keys import new_signing_key
from funnel.web.hooking import answer_hook
from tests.browser.forms import LINK, NEWS, QUOTE
from tests.browser.mails import TOKEN
from tests.browser.site import Doors, event_of
from tests.browser.tracking import BLOG, OFF, SHOP
from tests.browser.world import FULL, World, make_world

pytestmark = pytest.mark.feature("G5")

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

texts = st.one_of(st.text(max_size=40), st.sampled_from(["", "\x00", "x" * 5_000, "\ud800", "<b>"]))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
methods = st.sampled_from(
    ["GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"]
)
kinds = st.sampled_from(
    ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "é"]
)  # fmt: skip
tails = st.integers(0, 5).flatmap(
    lambda n: (
        st.just("")
        if n
        else st.sampled_from(["/", "/1", "/0", "/99999999999", "/x"])
        | texts.map(lambda one: "/" + quote(one, errors="replace"))
    )
)
"""What comes after an address: mostly nothing."""


def as_bytes(value: Any) -> bytes:
    return json.dumps(value).encode()


def often(key: str, fits: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, Any]]:
    """A field as it should be, mostly."""
    return st.tuples(st.just(key), st.integers(0, 19).flatmap(lambda n: fits if n else plain))


def objects(*fields: st.SearchStrategy[tuple[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """With most of these fields, and others."""
    return st.tuples(*fields, st.dictionaries(texts, plain, max_size=1)).map(
        lambda found: {**dict(found[:-1]), **found[-1]}
    )


NOW = int(make_world().clock.now().timestamp() * 1000)
hits = objects(
    often("id", st.text("abcdef0123456789", min_size=8, max_size=20)),
    often("kind", st.sampled_from(["page view", "page view", "form"])),
    often("at", st.integers(NOW - 10_000, NOW)),
    often(
        "url", st.sampled_from(["https://www.nordwind.example/", "https://blog.example/a?b=c#d"])
    ),
    often("title", st.text(max_size=10)),
    often("fields", st.dictionaries(st.sampled_from(["email", "name"]), texts, max_size=2)),
)
batches = objects(
    often("browser", st.just("b7a2c4d8e1f5a9b3")),
    often("sent", st.just(NOW)),
    often("hits", st.lists(hits, max_size=3)),
)
typed = st.dictionaries(
    st.sampled_from(["email", "first_name", "consent", "last_name", "token", "browser", "at", "x"]),
    st.sampled_from(["a@b.test", "yes", "Ann"]) | texts,
    max_size=5,
).map(lambda found: urlencode(found, errors="replace").encode())
bodies = st.one_of(
    batches.map(as_bytes), batches.map(as_bytes), typed, plain.map(as_bytes), st.binary(max_size=60)
)
doors = st.sampled_from(
    [
        *(f"/c/{key}" for key in (SHOP, SHOP, BLOG, OFF, "nobody")),
        *(f"/f/{key}" for key in (QUOTE, NEWS, LINK, "nobody")),
        *(f"/m/{kind}/{TOKEN}" for kind in ("o", "c", "u", "c/0", "c/1", "x")),
        f"/m/c/{TOKEN}/0", f"/m/c/{TOKEN}/1", f"/c/{SHOP}/script.js", "/f/", "/m/", "/c/",
    ]
)  # fmt: skip
told = st.fixed_dictionaries(
    {
        "origin": st.sampled_from([*["https://www.nordwind.example"] * 6, "null", "https://x.test"]),
        "content-type": kinds, "user-agent": st.just(FIREFOX) | texts},
    optional={"accept-language": texts, "cookie": texts, "referer": texts},
)  # fmt: skip


@pytest.fixture(scope="module")
def world() -> World:
    made = make_world()
    new_signing_key(made.app, FULL, "https://funnel.example")
    return made


@settings(max_examples=EXAMPLES * 3, derandomize="FUZZ_EXAMPLES" not in os.environ)
@given(method=methods, door=doors, tail=tails, query=texts, headers=told, body=bodies)
def test_no_visitor_meets_a_fault_of_ours(
    world: World, method: str, door: str, tail: str, query: str,
    headers: dict[str, str], body: bytes,
) -> None:  # fmt: skip
    target = f"{door}{tail}?{quote(query, errors='replace')}"
    answer = Doors(world.app).answer(event_of(method, target, headers, body))
    check(answer)


@settings(max_examples=EXAMPLES, derandomize="FUZZ_EXAMPLES" not in os.environ)
@given(
    body=st.one_of(
        objects(
            often("by", st.just("u1")),
            often(
                "records",
                st.lists(
                    objects(
                        often("module", st.sampled_from(["Leads", "Contacts", "Calls"])),
                        often("id", st.just("p0")),
                        often("event", st.sampled_from(["saved", "deleted"])),
                    ),
                    max_size=3,
                ),
            ),
        ).map(as_bytes),
        plain.map(as_bytes),
        st.binary(max_size=60),
    ),
    is_signed=st.sampled_from([True, True, True, False]),
    tail=tails,
)
def test_no_webhook_meets_a_fault_of_ours(
    world: World, body: bytes, is_signed: bool, tail: str
) -> None:
    connection = connection_of(world.app, FULL)
    key, where = connection.signing_keys[-1], connection.connection_id
    secret = derived_key(
        module_key(world.app.secrets.get_key(FULL, key.secret_ref), where), WEBHOOK, where
    )
    sent = str(int(world.clock.now().timestamp()))
    signature = signature_of(secret, sent, body) if is_signed else "0" * 64
    headers = {"x-funnel-time": sent, "x-funnel-key": key.kid, "x-funnel-signature": signature}
    check(
        answer_hook(
            world.app, event_of("POST", f"/hooks/sugar/{FULL}/{where}{tail}", headers, body)
        )
    )


def check(answer: dict[str, Any]) -> None:
    """Whatever it says, API Gateway can pass it on, and the fault is not ours."""
    assert 200 <= answer["statusCode"] < 500
    assert isinstance(answer.get("body") or "", str)
    assert (answer.get("body") or "").encode() is not None
    for name, value in answer["headers"].items():
        assert "\n" not in f"{name}{value}"
        assert "\r" not in f"{name}{value}"
    if "json" in str(answer["headers"].get("content-type")) and answer["body"]:
        json.loads(answer["body"])
