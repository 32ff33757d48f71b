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

from scripts import openapi
from tests.browser.broadcasts import DRAFT, SENT
from tests.browser.campaigns import QUIET, WEBINAR, WELCOME
from tests.browser.emails import NEWS as WINTER
from tests.browser.emails import OFFER
from tests.browser.forms import NEWS, QUOTE
from tests.browser.records import BOSS
from tests.browser.segments import OVERLAY, READY, VIPS
from tests.browser.tracking import BLOG, SHOP
from tests.browser.world import FULL, make_world
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


def operations() -> list[str]:
    """Every operation that asks for a session, as `METHOD /path`."""
    document = openapi.document()
    return [
        f"{method.upper()} {path}"
        for path, found in document["paths"].items()
        for method, one in found.items()
        if not path.startswith(("/api/vision/", "/api/sign-in/"))
    ]


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
    operation.app = Application(world)
    bearer = {"Authorization": f"Bearer {world.token(FULL)}"}
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
        _with_known(case, random.Random(pick))
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


def _with_known(case: Any, choice: random.Random) -> None:
    """Ids of what there is in four of five cases."""
    for name in case.path_parameters or {}:
        if name in KNOWN and choice.random() < 0.8:
            case.path_parameters[name] = choice.choice(KNOWN[name])


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
