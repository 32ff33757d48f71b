"""What cannot be trusted about lists, and what can: order, offset, windows, deleted ones."""

from collections.abc import Iterator

import pytest
from lxml import etree

from local.sugar import SugarSimulator
from local.sugar.settings import ENDPOINTS
from tests.contract.simulator.playing import signed_in
from tests.contract.simulator.requests import Wire

_LEADS = 600
_PRODUCTS = ("suitecrm", "sugarce")


@pytest.fixture(scope="module", params=_PRODUCTS)
def sugar(request: pytest.FixtureRequest) -> Iterator[SugarSimulator]:
    with SugarSimulator(request.param, seed=5) as simulator:
        for place in range(_LEADS):
            lead = simulator.company.create("Leads", last_name=f"Lead {place}")
            simulator.company.back_date("Leads", lead, f"2026-01-{place % 28 + 1:02d} 10:00:00")
        yield simulator


def _ids(body: bytes) -> list[str]:
    found = etree.fromstring(body).findall(".//entry_list/item/id")
    return [str(one.text) for one in found]


def _paged(wire: Wire, session: str, order: str, size: int = 50) -> list[str]:
    found: list[str] = []
    for offset in range(0, _LEADS, size):
        _, body = wire.call(
            "get_entry_list", session=session, module_name="Leads", order_by=order,
            offset=offset, max_results=size, select_fields=["id"],
        )  # fmt: skip
        found += _ids(body)
    return found


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_offset_paging_by_a_qualified_order_repeats_some_records_and_never_shows_others(
    sugar: SugarSimulator, endpoint: str
) -> None:
    wire, session = signed_in(sugar, endpoint)
    found = _paged(wire, session, "leads.date_modified ASC, leads.id ASC")
    wire.close()
    lost = set(sugar.company.ids("Leads")) - set(found)
    assert 0 < len(lost) < _LEADS // 10


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_an_unqualified_order_is_honoured_just_where_it_was_measured_to_be(
    sugar: SugarSimulator, endpoint: str
) -> None:
    product = sugar.sugar.world.settings.product
    ignored = {"suitecrm": ("v3_1",), "sugarce": ("v3_1", "v4", "v4_1")}[product]
    wire, session = signed_in(sugar, endpoint)
    found = _paged(wire, session, "date_modified ASC, id ASC")
    wire.close()
    complete = sorted(found) == sugar.company.ids("Leads")
    assert complete is (endpoint not in ignored)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_windows_no_page_exceeds_are_complete_on_every_endpoint(
    sugar: SugarSimulator, endpoint: str
) -> None:
    wire, session = signed_in(sugar, endpoint)
    found: list[str] = []
    for day in range(1, 29):
        query = (
            f"leads.date_modified >= '2026-01-{day:02d} 00:00:00'"
            f" AND leads.date_modified < '2026-01-{day:02d} 23:59:59'"
        )
        _, body = wire.call(
            "get_entry_list", session=session, module_name="Leads", query=query,
            max_results=50, select_fields=["id"],
        )  # fmt: skip
        found += _ids(body)
    wire.close()
    assert sorted(found) == sugar.company.ids("Leads")


@pytest.mark.parametrize("endpoint", ["v2", "v4_1"])
def test_names_compare_as_in_mysql_without_case_and_accents(endpoint: str) -> None:
    with SugarSimulator() as sugar:
        lead = sugar.company.create("Leads", last_name="MÜLLER-O'Néill")
        wire, session = signed_in(sugar, endpoint)
        for query in (
            "leads.last_name = 'muller-o''neill'",
            "leads.last_name = 'Müller-O\\'Neill  '",
            "leads.last_name LIKE '%o_neil%'",
            "UPPER(leads.last_name) LIKE 'MU%' && leads.deleted=0",
        ):
            _, body = wire.call(
                "get_entry_list", session=session, module_name="Leads", query=query,
                select_fields=["id"],
            )  # fmt: skip
            assert _ids(body) == [lead], query
        wire.close()


def test_each_text_is_html_escaped_once_and_an_ampersand_is_not() -> None:
    with SugarSimulator() as sugar:
        name = 'O\'Neil & "Söhne" <x> &amp;'
        lead = sugar.company.create("Leads", last_name=name)
        wire, session = signed_in(sugar, "v4_1")
        _, body = wire.call(
            "get_entry", session=session, module_name="Leads", id=lead, select_fields=["last_name"]
        )
        wire.close()
        value = etree.fromstring(body).findtext(".//name_value_list/item/value")
        assert value == "O&#039;Neil & &quot;Söhne&quot; &lt;x&gt; &amp;"
