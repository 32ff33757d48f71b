"""What DynamoDB takes of one partition and one row: 1,000 units a second, and a unit for each KB."""

import base64
from collections import Counter
from datetime import UTC, datetime, timedelta

from funnel.adapters.dynamodb.prospects import prospect_item
from funnel.adapters.dynamodb.tables import DUE_PARTS, PACKED, due_part
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.scoring.trends import TrendDay
from funnel.domain.vision.prospect_visits import MOST_PAGES, MOST_VISITS, SeenPage, SeenVisit
from funnel.domain.vision.prospects import Prospect, Reason
from tests.fakes.system import FakeIds

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def test_what_is_due_of_all_tenants_is_spread_evenly() -> None:
    ids = FakeIds()
    parts = Counter(due_part(PersonId(ids.new_id())) for _ in range(100 * DUE_PARTS))
    assert set(parts) == set(range(DUE_PARTS))
    assert max(parts.values()) < 150


def test_the_row_of_a_busy_prospect_is_two_units_in_each_index() -> None:
    pages = tuple(
        SeenPage(
            NOW - timedelta(minutes=7 * n),
            f"https://www.nordwind-logistik.example/solutions/heavy-freight/{n * 7919}?utm=news",
            f"/solutions/heavy-freight/{n * 7919}",
            f"Heavy freight to the north, part {n} - Nordwind Logistik",
        )
        for n in range(MOST_PAGES)
    )
    visits = tuple(
        SeenVisit(f"{n}" * 20, NOW, NOW, {"source": "search", "engine": "Google"}, pages, 3)
        for n in range(MOST_VISITS)
    )
    row = Prospect(
        TenantId("acme"), RecordKey(Module.LEADS, SugarId("l1")), PersonId("p1"), "Ada Brandt",
        "Nordwind Logistik", None, SugarId("anna"), 740, NOW,
        tuple(TrendDay(739_000 + n, 20 * n) for n in range(31)),
        (Reason("Looked at prices", 3, 15),) * 5, visits, NOW,
    )  # fmt: skip
    item = prospect_item(row)
    assert item["v"] == {"N": str(PACKED)}, "who reads text alone is told so"
    size = sum(len(name) + len(str(*value.values())) for name, value in item.items())
    packed = len(base64.b64decode(item["body"]["B"]))
    assert size - len(item["body"]["B"]) + packed < 2 * 1024
