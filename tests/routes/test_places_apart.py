"""Every list, asked for from a place that is another tenant's, another list's, or forged.

A place (cursor) is no secret and has a checksum that anybody can make. What the store makes of one is
in tests/contract/storage/test_forged_places.py.
"""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from funnel.domain.ids import TenantId
from funnel.web.cursors import sealed
from funnel.web.replies import Reply
from funnel.web.room import Route
from tests.routes.test_tenants_apart import GUARDED, Both, paths_of
from tests.routes.two_tenants import STRANGER, TWIN, VICTIM, rows_of
from tests.unit.web.asking import Client

pytestmark = pytest.mark.feature("G3")

ROUTES = [route for routes in GUARDED for route in routes if route.method == "GET"]
LISTS = [r for r in ROUTES if r.is_api and "cursor" in r.queries and r.returns is not Reply]
PAGES = [route for route in ROUTES if not route.is_api]
FORGED = [VICTIM, f"{VICTIM}#person#anneliese", "\U0010ffff", "0#\0", "x" * 2_000, "anneliese"]


def sealed_place(place: str) -> str:
    found = sealed({"cursor": place})
    assert isinstance(found, dict)
    return str(found["cursor"])


def places_of(victim: Client, route: Route) -> Iterator[str]:
    """Where the victim's own list goes on."""
    for path in paths_of(route, 3):
        answer = victim.get(f"{path}?limit=1&root=Accounts/0dcf1400")
        if answer.status == 200 and answer.json.get("cursor"):
            yield answer.json["cursor"]


@pytest.mark.parametrize("tenant", [STRANGER, TWIN], ids=["stranger", "twin"])
def test_a_place_of_another_tenant_shows_nothing_of_it(tenant: TenantId) -> None:
    both = Both(tenant)
    victim = Client(both.here, both.here.token(VICTIM))
    places = {route.rule: list(places_of(victim, route)) for route in LISTS}
    known = list(dict.fromkeys(one for found in places.values() for one in found))
    assert len([found for found in places.values() if found]) > len(LISTS) // 2
    both.before = rows_of(both.here, VICTIM)
    forged = [*map(sealed_place, FORGED), *FORGED]
    asked = 0
    for at, route in enumerate(LISTS):
        others = [known[(at * 3 + turn) % len(known)] for turn in range(3)]
        for path in paths_of(route, 1):
            for place in dict.fromkeys([*places[route.rule], *others, *forged]):
                answer = both.ask("GET", f"{path}?cursor={quote(place)}&limit=5&root=Leads/p0")
                assert answer.status in (200, 400, 404), f"{path} {place}"
                asked += answer.status == 200
    assert asked
    for route in PAGES:
        for path in paths_of(route, 1):
            both.ask("GET", f"{path}?cursor={quote(known[len(path) % len(known)])}")
    both.check("asking for places in lists")
