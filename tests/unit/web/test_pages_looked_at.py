"""Every page that there is, is looked at in a browser, or it is said why not.

Parts of FunnelVision: tests/browser/test_vision_parts.py.
"""

import re

import pytest

from funnel.web.marketing.door import ROOMS as MARKETING
from funnel.web.setup.door import ROOMS as SETUP
from tests.browser.pages import NOT_LOOKED_AT, PAGES

RULES = [
    route.rule
    for room in (*SETUP, *MARKETING)
    for route in room.routes
    if route.method == "GET" and not route.is_api
]
STATIC = {rule for rule in RULES if "<" not in rule}
SEEN = {page.path.partition("?")[0] for page in PAGES}
PUBLIC = ("/f/", "/m/u/")
"""Answered by the collector, which has no table of routes."""


def is_seen(rule: str) -> bool:
    paths = re.compile(re.sub(r"<\w+>", "[^/]+", rule))
    return any(paths.fullmatch(path) and (path == rule or path not in STATIC) for path in SEEN)


@pytest.mark.parametrize("rule", RULES)
def test_every_page_is_looked_at_or_it_is_said_why_not(rule: str) -> None:
    excused = rule.endswith("/live") or rule in NOT_LOOKED_AT
    assert is_seen(rule) != excused


def test_nothing_is_excused_that_is_not_there() -> None:
    assert NOT_LOOKED_AT.keys() - set(RULES) == set()
    assert all(NOT_LOOKED_AT.values())


def test_pages_of_visitors_are_looked_at() -> None:
    for prefix in PUBLIC:
        assert len([path for path in SEEN if path.startswith(prefix)]) > 1
    assert [path for path in SEEN if "/confirm/" in path]
