"""What Anonymous Visitors costs does not grow with the companies that visited."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.adapters.dynamodb.company_rows import VISITS, body_of, company_pk, index_keys
from funnel.adapters.dynamodb.requests import chunks, key_of
from funnel.domain.companies.companies import company_key
from funnel.domain.companies.company_visits import Company
from funnel.domain.ids import TenantId
from funnel.usecases.companies.view_companies import CompanyReader, Order, Span
from tests.contract.storage.builders import NOW
from tests.contract.storage.conftest import Server, Store
from tests.contract.storage.test_companies import company
from tests.contract.storage.test_prospects_at_scale import measured
from tests.fakes.world import World

pytestmark = pytest.mark.parametrize("backend", ["dynamodb-local"], indirect=True)


def item(one: Company) -> dict[str, Any]:
    body, visits = body_of(replace(one, version=1))
    texts = {"body": body, "visits": visits, **index_keys(one)}
    kept = {name: {"S": text} for name, text in texts.items()}
    return {**key_of(company_pk(one.tenant, one.key), VISITS), **kept, "version": {"N": "1"}}


def fill(server: Server, tenant: TenantId, companies: int) -> None:
    """So many companies of two visits each, and a third as many Internet providers."""
    shown, hidden = company(tenant, "x", 2), company(tenant, "x", 2, kind="internet provider")
    rows = []
    for number in range(companies):
        for plain in (shown, hidden)[: 1 + (number % 3 == 0)]:
            name = f"{plain.kind} {number:05}"
            back = timedelta(seconds=60 * (number % 9000))
            visits = tuple(
                replace(one, since=one.since - back, until=one.until - back) for one in plain.visits
            )
            rows.append(replace(plain, organisation=name, key=company_key(name), visits=visits))

    def put(part: Sequence[Company]) -> None:
        puts = [{"PutRequest": {"Item": item(row)}} for row in part]
        server.client.batch_write_item(RequestItems={server.tables.vision: puts})

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(put, chunks(rows, 25)))


def test_a_panel_takes_as_many_requests_and_as_much_capacity_of_twenty_thousand_companies(
    server: Server, store: Store, new_tenant: Any
) -> None:
    app = replace(World().app, companies=store)
    costs = []
    for companies in (1_000, 20_000):
        tenant = new_tenant()
        fill(server, tenant, companies)
        reader = CompanyReader(app, tenant, lambda *_: True, lambda _: "")
        for order in Order:
            for days in (7, 30):
                span = Span(NOW - timedelta(days=days), NOW)
                with measured(server.client) as took:
                    found = reader.companies(span, order)
                assert (len(found.items), found.more) == (25, True)
                assert len(took) == 8
                costs.append((companies, order, days, sorted(took)))
    half = len(costs) // 2
    assert [one[1:] for one in costs[:half]] == [one[1:] for one in costs[half:]]
