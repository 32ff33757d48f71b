"""Recorded replies about Target List members, read by our parser; our requests beside theirs."""

import pytest
from lxml import etree

from funnel.adapters.sugar import Caps
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.crm import SoapCrm
from funnel.adapters.sugar_soap.dialects import TRAITS
from funnel.adapters.sugar_soap.envelopes import envelope
from funnel.adapters.sugar_soap.member_reader import METHOD, read_members
from funnel.adapters.sugar_soap.reader import Record
from funnel.domain.crm import Dialect, Endpoint, IdRange
from funnel.domain.errors import FunnelError
from funnel.domain.ids import Module, SugarId
from tests.contract.crm_port.recorded import FOLDER, PRODUCTS, Exchange, exchanges
from tests.contract.crm_port.subject import RunningClock

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the recordings of live servers are not beside the project"
)

SIDES = [
    pytest.param(product, dialect, id=f"{product}-{dialect}")
    for product in PRODUCTS
    for dialect in TRAITS
]
FAILED = {"missing-parent": Dialect.V4_1, "bad-module": Dialect.SOAP_5}


def told(product: str, dialect: Dialect) -> list[Exchange]:
    return [one for one in exchanges(product, dialect) if one.method == METHOD]


@pytest.mark.parametrize(("product", "dialect"), SIDES)
def test_every_recorded_reply_about_members_is_read_whole_or_as_its_error(
    product: str, dialect: Dialect
) -> None:
    read = 0
    for one in told(product, dialect):
        rows: list[Record] = []

        def take(row: Record, rows: list[Record] = rows) -> bool:
            rows.append(row)
            return True

        old = dialect is Dialect.SOAP_5
        if FAILED.get(one.case) is dialect:
            with pytest.raises(FunnelError):
                read_members(one.pieces(), take, cap=2**20, ids_only=old)
            continue
        assert read_members(one.pieces(), take, cap=2**20, ids_only=old), one.name
        tree = etree.fromstring(one.response)
        plain = [item.findtext("id") for item in tree.iter("item") if item.find("id") is not None]
        assert [row["id"] for row in rows] == plain, one.name
        read += len(rows)
    assert read >= 2


@pytest.mark.parametrize(("product", "dialect"), SIDES)
def test_our_request_for_members_has_the_parameters_of_the_recorded_one(
    product: str, dialect: Dialect
) -> None:
    recorded = next(one for one in told(product, dialect) if one.case == "pl-prospects")
    theirs = etree.fromstring(recorded.request)[0][0]
    ours = _our_request(dialect)
    assert etree.QName(ours).text == etree.QName(theirs).text
    assert [child.tag for child in ours] == [child.tag for child in theirs]
    for name in ("module_name", "link_field_name", "related_module", "deleted"):
        assert ours.findtext(name) == theirs.findtext(name)


def _our_request(dialect: Dialect) -> etree._Element:
    sent: list[bytes] = []

    class Listening(Caller):
        def members(self, parts, on_member, *, ids_only):  # type: ignore[no-untyped-def]
            sent.append(envelope(METHOD, parts))
            return True

    endpoint = Endpoint("http://127.0.0.1/x", "http://127.0.0.1", dialect, "", "", "")
    caller = Listening(endpoint, None, Caps())  # type: ignore[arg-type]
    crm = SoapCrm(caller, _Signed(), RunningClock())  # type: ignore[arg-type]
    crm.members(SugarId("list"), Module.PROSPECTS, IdRange("1", "2"), 10)
    return etree.fromstring(sent[0])[0][0]


class _Signed:
    def run(self, call):  # type: ignore[no-untyped-def]
        return call("session")
