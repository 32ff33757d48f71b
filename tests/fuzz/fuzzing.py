"""Every operation of the document, asked with whatever fits it and whatever does not.

Paths carry ids of what there is as often as made-up ones, so that functions are reached behind their
first look-up.
"""

import random
import re
from collections.abc import Iterator
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from funnel.domain.ids import Module, RecordKey, SugarId
from scripts import openapi
from tests.browser.broadcasts import DRAFT, SENT
from tests.browser.campaigns import QUIET, WEBINAR, WELCOME
from tests.browser.companies import key_of
from tests.browser.emails import NEWS as WINTER
from tests.browser.emails import OFFER
from tests.browser.forms import NEWS, QUOTE
from tests.browser.mails import READ
from tests.browser.prospects import fill_prospects
from tests.browser.records import BOSS
from tests.browser.segments import OVERLAY, READY, VIPS
from tests.browser.tracking import BLOG, SHOP
from tests.browser.world import FULL, make_world
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.fuzz.wsgi import Application

KNOWN: dict[str, tuple[str, ...]] = {
    "tenant": (FULL,),
    "person_id": ("anneliese",),
    "list_id": ("status-new", READY, VIPS),
    "sugar_id": ("a1", "o1", BOSS),
    "broadcast_id": (DRAFT, SENT),
    "campaign_id": (WELCOME, WEBINAR, QUIET),
    "step_id": ("s1", "s2", "s6"),
    "email_id": (WINTER, OFFER),
    "form_id": (QUOTE, NEWS),
    "overlay_id": (OVERLAY,),
    "key": (SHOP, BLOG),
    "job_id": (
        "import-look",
        "export-done",
        "found",
        "look",
        "test-passed",
        "preview",
        "erasure-done",
    ),
    "module": ("Leads", "Contacts", "Accounts"),
    "run_id": ("run-0",),
    "key_id": ("warehouse",),
}
"""Ids of what there is in the world, by the name of the parameter."""

NAMES = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


REP, PROSPECT = "sarah", RecordKey(Module.CONTACTS, SugarId("p20"))
KNOWN_IN_FRAMES: dict[str, tuple[str, ...]] = {
    "tenant": (FULL,),
    "connection": (vision_address(make_world().app, FULL).rpartition("/")[2],),
    "module": (PROSPECT.module.value,),
    "sugar_id": (PROSPECT.sugar_id,),
    "mail_id": (READ,),
    "email_id": (WINTER, OFFER),
    "key": (key_of("Harbour Cranes AS"),),
}
"""The same of what reps see."""
ASKED = {
    "days": ("1", "7", "30"),
    "whose": ("team", ""),
    "offset": ("60", "-60"),
    "limit": ("1", "100"),
}
"""What a query may be, so that more is reached than the refusal of a query."""


def operations() -> list[str]:
    """Every operation, as `METHOD /path`."""
    document = openapi.document()
    return [
        f"{method.upper()} {path}" for path, found in document["paths"].items() for method in found
    ]


def is_of_frames(path: str) -> bool:
    """Whether it is asked with Sugar's word for who somebody is, and not with a session."""
    return path.startswith("/api/vision/")


def fuzz(wanted: list[str], examples: int, number: int) -> dict[str, str]:
    """What is wrong with each of these operations; those with nothing wrong are absent."""
    world = make_world()
    schema = schemathesis.openapi.from_wsgi("/openapi.json", _Documented(world))
    found = {}
    results: Iterator[Any] = schema.get_all_operations()
    for operation in (one.ok() for one in results):
        name = f"{operation.method.upper()} {operation.path}"
        if name in wanted:
            problem = _problem(operation, examples, number)
            if problem:
                found[name] = problem
    return found


def _problem(operation: Any, examples: int, number: int) -> str:
    world = make_world()
    token, known = world.token(FULL), KNOWN
    if is_of_frames(operation.path):
        fill_prospects(world, FULL)
        record = PROSPECT if "/record/" in operation.path else None
        token, known = dashlet_token(world.app, FULL, REP, record=record), KNOWN_IN_FRAMES
    operation.app = Application(world)
    bearer = {"Authorization": f"Bearer {token}"}
    checks = [CHECKS.get_one(name) for name in NAMES]
    cases = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, pick=st.integers(0, 2**16))
    def ask(case: Any, pick: int) -> None:
        _with_known(case, random.Random(pick), known)
        case.headers.pop("Authorization", None)
        response = case.call(headers=bearer)
        case.validate_response(response, checks=checks)

    try:
        ask()
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return _told(error)
    return ""


def _with_known(case: Any, choice: random.Random, known: dict[str, tuple[str, ...]]) -> None:
    """Ids of what there is in most cases; in frames, queries that are let through in half."""
    in_frames = known is KNOWN_IN_FRAMES
    # An address in a frame has up to four parts, of which none may be wrong.
    share = 0.95 if in_frames else 0.8
    for name in case.path_parameters or {}:
        if name in known and choice.random() < share:
            case.path_parameters[name] = choice.choice(known[name])
    for name in case.query or {}:
        if in_frames and name in ASKED and choice.random() < 0.5:
            case.query[name] = choice.choice(ASKED[name])


def _told(error: BaseException) -> str:
    text = "".join(_texts(error))
    return re.sub(r"Bearer [\w-]+", "Bearer …", text)[:2_000]


def _texts(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__name__}: {error}\n"
    for one in getattr(error, "exceptions", ()):
        yield from _texts(one)


class _Documented(Application):
    """The doors, and the document itself."""

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        if environ["PATH_INFO"] == "/openapi.json":
            start("200 OK", [("Content-Type", "application/json")])
            return [openapi.text().encode()]
        return super().__call__(environ, start)
