"""Sessions end, and belong to the caller's network."""

from datetime import UTC, datetime
from http.client import HTTPConnection

from local.sugar import Clock, SugarSimulator
from tests.contract.simulator.playing import signed_in
from tests.contract.simulator.requests import request
from tests.contract.simulator.shapes import fault_of


def test_a_session_ends_when_it_was_not_used_for_a_while() -> None:
    clock = Clock()
    clock.fix(datetime(2026, 3, 1, tzinfo=UTC))
    with SugarSimulator(clock=clock) as sugar:
        wire, session = signed_in(sugar, "v4_1")
        faults = []
        for minutes in (20, 20, 25):
            clock.advance(minutes * 60)
            faults.append(fault_of(wire.call("get_user_id", session=session)[1]))
        wire.close()
        assert faults == ["", "", "11"]


def test_a_session_is_not_known_from_another_network() -> None:
    with SugarSimulator() as sugar:
        wire, session = signed_in(sugar, "v4_1")
        wire.close()
        connection = HTTPConnection(sugar.url.removeprefix("http://"))
        faults = []
        for caller in ("127.0.0.77", "10.1.2.3"):
            body = request("v4_1", "get_user_id", {"session": session})
            connection.request("POST", "/service/v4_1/soap.php", body, {"X-Forwarded-For": caller})
            faults.append(fault_of(connection.getresponse().read()))
        connection.close()
        assert faults == ["", "11"]


def test_ten_thousand_leads_in_one_second_are_read_whole_by_id_ranges() -> None:
    from lxml import etree

    from local.sugar.demo.rows import Bulk

    second = "2026-03-01 10:00:00"
    with SugarSimulator() as sugar:
        rows = [
            {"id": sugar.sugar.world.new_id(), "last_name": "X", "date_modified": second}
            for _ in range(10_000)
        ]
        with sugar.sugar.world.database:
            Bulk(sugar.sugar).records("Leads", rows)
        wire, session = signed_in(sugar, "v3_1")
        found: set[str] = set()
        for digit in "0123456789abcdef":
            query = f"leads.date_modified = '{second}' AND leads.id LIKE '{digit}%'"
            _, body = wire.call(
                "get_entry_list", session=session, module_name="Leads", query=query,
                max_results=1000, select_fields=["id"],
            )  # fmt: skip
            found |= {
                str(one.text) for one in etree.fromstring(body).findall(".//entry_list/item/id")
            }
        wire.close()
        assert found == {row["id"] for row in rows}
