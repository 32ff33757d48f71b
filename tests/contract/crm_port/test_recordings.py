"""The recorded replies of live servers, read by our parsers; skipped where they are not beside us."""

import re
from collections.abc import Iterator

import pytest
from lxml import etree

from funnel.adapters.sugar import Caps
from funnel.adapters.sugar_http.rights import from_acls
from funnel.adapters.sugar_soap import protocol
from funnel.adapters.sugar_soap.acls import told_acls
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.crm import SoapCrm
from funnel.adapters.sugar_soap.currencies import base_parts
from funnel.adapters.sugar_soap.dialects import TRAITS
from funnel.adapters.sugar_soap.envelopes import envelope, text
from funnel.adapters.sugar_soap.linking import link_parts, lists_of, members_of
from funnel.adapters.sugar_soap.metadata import field_defs
from funnel.adapters.sugar_soap.reader import (
    ListEnd,
    Record,
    check_answer,
    read_counts,
    read_first,
    read_list,
)
from funnel.adapters.sugar_soap.updating import update_parts
from funnel.domain.crm import Access, Dialect, Endpoint, FieldDef
from funnel.domain.errors import (
    FunnelError,
    MethodMissing,
    ModuleMissing,
    NoRight,
    ServerCrashed,
    SessionGone,
    SignInRefused,
    SugarReplyBroken,
)
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
FAULTS: dict[str, type[FunnelError]] = {
    "10": SignInRefused,
    "11": SessionGone,
    "20": ModuleMissing,
    "40": NoRight,
    "1005": ServerCrashed,
    "-1": ServerCrashed,
    "SOAP-ENV:Client": MethodMissing,
}


def lists(product: str, dialect: Dialect) -> Iterator[tuple[Exchange, list[Record], ListEnd]]:
    for one in exchanges(product, dialect):
        if one.method == "get_entry_list" and one.status == 200 and b"entry_list" in one.response:
            if b'<result_count xsi:type="xsd:int">-1' in one.response:
                continue
            rows: list[Record] = []
            asked = etree.fromstring(one.request).find(".//link_name_to_fields_array")
            end = read_list(
                one.pieces(),
                rows.append,
                method=one.method,
                cap=2**20,
                with_links=asked is not None and len(asked) > 0,
            )
            yield one, rows, end


@pytest.mark.parametrize(("product", "dialect"), SIDES)
def test_every_recorded_list_is_read_as_a_plain_parser_reads_it(
    product: str, dialect: Dialect
) -> None:
    read = 0
    for one, rows, end in lists(product, dialect):
        tree = etree.fromstring(one.response)
        plain = [
            {item.findtext("name"): item.findtext("value") or None for item in record}
            for record in tree.iter("name_value_list")
        ]
        assert rows == plain, one.name
        assert end.count == len(plain)
        read += 1
    assert read >= 8


@pytest.mark.parametrize(("product", "dialect"), SIDES)
def test_recorded_opportunities_name_their_contacts(product: str, dialect: Dialect) -> None:
    if not TRAITS[dialect].links:
        return
    (told,) = ((one, end) for one, _, end in lists(product, dialect) if one.case == "opportunities")
    one, end = told
    (links,) = end.links
    assert [record["id"] for record in links["contacts"]]
    assert str(links["contacts"][0]["id"]) in one.response.decode()
    assert len(links["accounts"]) == 1


@pytest.mark.parametrize(("product", "dialect"), SIDES)
def test_every_recorded_fault_becomes_exactly_one_of_our_errors(
    product: str, dialect: Dialect
) -> None:
    wsdl = TRAITS[dialect].wsdl
    walked = 0
    for one in exchanges(product, dialect):
        expected = _expected(one, dialect)
        if expected is None:
            continue
        walked += 1
        bulk = one.method == "get_entry_list"
        if not bulk or dialect is not Dialect.SOAP_5:
            with pytest.raises(FunnelError) as by_zeep:
                protocol.result(wsdl, one.method, one.status, one.pieces())
            assert type(by_zeep.value) is expected, one.name
        if bulk:
            with pytest.raises(expected):
                read_list(one.pieces(), lambda _: None, method=one.method, cap=2**20)
    assert walked >= 12


def _expected(one: Exchange, dialect: Dialect) -> type[FunnelError] | None:
    text = one.response.decode()
    if not one.response:
        return SugarReplyBroken
    if text.startswith("Database failure"):
        return ServerCrashed
    if text.startswith("<!DOCTYPE"):
        return SugarReplyBroken
    code = re.search(r"<faultcode[^>]*>([^<]*)<", text)
    if code:
        return FAULTS[code[1]]
    if dialect is Dialect.SOAP_5 and one.method in _STRUCTS:
        number = re.search(r"<number[^>]*>(-?\d+)<", text)
        if number and number[1] != "0":
            login = one.method == "login"
            return SessionGone if number[1] == "10" and not login else FAULTS[number[1]]
    return None


_STRUCTS = ("login", "logout", "get_entry_list", "get_module_fields", "get_relationships")


@pytest.mark.parametrize(("product", "dialect"), SIDES)
def test_recorded_field_lists_sign_ins_and_counts_are_understood(
    product: str, dialect: Dialect
) -> None:
    wsdl = TRAITS[dialect].wsdl
    for one in exchanges(product, dialect):
        if one.status != 200 or _expected(one, dialect):
            continue
        if one.method == "get_module_fields" and one.case.startswith("Leads"):
            fields = field_defs(protocol.result(wsdl, one.method, 200, one.pieces()).module_fields)
            assert fields["score_c"].type == "int"
            assert fields["date_modified"].type == "datetime"
            assert fields["deleted"].type == "bool"
            assert fields["email1"].type == "varchar"
            assert fields["status"].options["New"] == "New"
        elif one.method == "login":
            told = protocol.result(wsdl, one.method, 200, one.pieces())
            assert told.id in one.response.decode()
        elif one.method == "get_entries_count":
            told = protocol.result(wsdl, one.method, 200, one.pieces())
            number = told.result_count if dialect is Dialect.SOAP_5 else told
            assert (number is None) == (one.case == "bad-sql")
        elif one.method == "get_server_info":
            told = protocol.result(wsdl, one.method, 200, one.pieces())
            assert (told.flavor, told.version[:4]) == ("CE", "6.5.")


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("dialect", [one for one in TRAITS if TRAITS[one].acls])
def test_recorded_rights_of_a_restricted_user_are_told(product: str, dialect: Dialect) -> None:
    (one,) = (
        one
        for one in exchanges(product, dialect)
        if (one.method, one.case) == ("get_available_modules", "restricted-user")
    )
    told = protocol.result(TRAITS[dialect].wsdl, one.method, 200, one.pieces())
    blocks = TRAITS[dialect].export_blocks
    modules = ("Leads", "Accounts", "Contacts", "Opportunities", "Users", "ProspectLists", "Nope")
    rights = {
        right.module: right for right in from_acls(modules, told_acls(told), export_blocks=blocks)
    }
    assert rights["Leads"].read is Access.NO
    assert rights["Leads"].write is Access.NO
    assert rights["Accounts"].read is Access.NO
    assert rights["Accounts"].write is Access.YES
    assert rights["Contacts"].read is (Access.NO if blocks else Access.YES)
    assert rights["Contacts"].write is Access.NO
    for module in ("Opportunities", "Users", "ProspectLists"):
        assert (rights[module].read, rights[module].write) == (Access.YES, Access.YES)
    assert rights["Nope"].read is Access.NO


def shape(element: etree._Element) -> object:
    """Names and array types; texts and the prefixes of namespaces aside."""
    array = next(
        (
            re.sub(r"^\w+:", "", value)
            for name, value in element.attrib.items()
            if name.endswith("arrayType")
        ),
        None,
    )
    children = [shape(child) for child in element]
    if array is not None:
        # An array's items may have any name, and an empty one may leave its type out.
        return ("array", re.sub(r"\[\d+\]", "", array), children and children[0][1:])  # type: ignore[index]
    return (etree.QName(element).localname, *children)


@pytest.mark.parametrize(("product", "dialect"), SIDES)
def test_a_record_by_its_id_is_asked_and_read_as_it_was_recorded(
    product: str, dialect: Dialect
) -> None:
    """What the base currency is read with; no recording asks for a currency."""
    ours = etree.fromstring(envelope("get_entry", base_parts(links=TRAITS[dialect].links)))[0][0]
    read = 0
    for one in exchanges(product, dialect):
        if one.method != "get_entry" or one.status != 200:
            continue
        sent = [child.tag for child in etree.fromstring(one.request).find(".//session").getparent()]
        assert sent[: len(ours) + 1] == ["session", *(child.tag for child in ours)]
        pairs = etree.fromstring(one.response).find(".//name_value_list")
        if pairs is None:
            with pytest.raises(FunnelError):
                read_first(one.pieces(), method=one.method, cap=2**20)
            continue
        plain = {pair[0].text: pair[1].text for pair in pairs}
        assert read_first(one.pieces(), method=one.method, cap=2**20) == plain
        with pytest.raises(SugarReplyBroken):
            read_first([one.response[:-40]], method=one.method, cap=2**20)
        read += 1
    assert read


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("dialect", list(TRAITS))
def test_our_bulk_requests_have_the_parameters_of_the_recorded_wsdl_in_their_order(
    product: str, dialect: Dialect
) -> None:
    wsdl = etree.parse(FOLDER / PRODUCTS[product] / dialect / "wsdl.xml")
    names = {"w": "http://schemas.xmlsoap.org/wsdl/"}
    parts = {
        part.get("name"): part.get("type")
        for part in wsdl.iterfind(".//w:message[@name='get_entry_listRequest']/w:part", names)
    }
    sent = _our_list_request(dialect)
    call = sent[0][0]
    assert etree.QName(call).text == "{http://www.sugarcrm.com/sugarcrm}get_entry_list"
    assert [child.tag for child in call] == list(parts)
    encoding = "{http://schemas.xmlsoap.org/soap/encoding/}arrayType"
    assert call.find("select_fields").get(encoding) == "xsd:string[2]"
    assert sent.nsmap["xsd"] == "http://www.w3.org/2001/XMLSchema"
    if TRAITS[dialect].links:
        links = call.find("link_name_to_fields_array")
        assert links.get(encoding) == "tns:link_name_to_fields_array[1]"
        assert sent.nsmap["tns"] == "http://www.sugarcrm.com/sugarcrm"
        assert links[0].find("value").get(encoding) == "xsd:string[1]"
    for name, kind in parts.items():
        if kind in ("xsd:int", "xsd:boolean"):
            assert call.findtext(name) in ("0", "1", "-1", "10", "false")


def _our_list_request(dialect: Dialect) -> etree._Element:
    sent: list[bytes] = []

    class Listening(Caller):
        def list(self, method, parts, on_record, *, with_links):  # type: ignore[no-untyped-def]
            sent.append(envelope(method, parts))
            return ListEnd(0)

    endpoint = Endpoint("http://127.0.0.1/x", "http://127.0.0.1", dialect, "", "", "")
    caller = Listening(endpoint, None, Caps())  # type: ignore[arg-type]
    crm = SoapCrm(caller, _Signed(), RunningClock())  # type: ignore[arg-type]
    crm._fields["Opportunities"] = {"name": FieldDef("name", "name", "Name")}
    links = {"contacts": ("id",)}
    crm._records("Opportunities", "", 10, ("id", "name"), lambda _: None, links=links)
    return etree.fromstring(sent[0])


class _Signed:
    def run(self, call):  # type: ignore[no-untyped-def]
        return call("session")


@pytest.mark.parametrize("dialect", [one for one in TRAITS if TRAITS[one].links])
def test_our_list_request_has_the_shape_of_the_recorded_one(dialect: Dialect) -> None:
    recorded = next(
        one
        for one in exchanges("suitecrm", dialect)
        if (one.method, one.case) == ("get_entry_list", "opportunities")
    )
    theirs = etree.fromstring(recorded.request)[0][0]
    ours = _our_list_request(dialect)[0][0]
    assert [shape(child) for child in ours] == [shape(child) for child in theirs]


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("dialect", list(TRAITS))
def test_our_update_has_the_parameters_of_the_wsdl_and_the_shape_of_the_recorded_request(
    product: str, dialect: Dialect
) -> None:
    wsdl = etree.parse(FOLDER / PRODUCTS[product] / dialect / "wsdl.xml")
    names = {"w": "http://schemas.xmlsoap.org/wsdl/"}
    parts = [
        part.get("name")
        for part in wsdl.iterfind(".//w:message[@name='set_entriesRequest']/w:part", names)
    ]
    rows = {SugarId(one): {"score_c": 1} for one in ("a", "b")}
    told = update_parts(Module.LEADS, rows, {})
    sent = etree.fromstring(envelope("set_entries", [text("session", "s"), *told]))
    ours = sent[0][0]
    assert [child.tag for child in ours] == parts
    lists = ours.find("name_value_lists")
    encoding = "{http://schemas.xmlsoap.org/soap/encoding/}arrayType"
    assert lists.get(encoding) == "tns:name_value_list[2]"
    assert [one.get(encoding) for one in lists] == ["tns:name_value[2]"] * 2
    recorded = next(one for one in exchanges(product, dialect) if one.method == "set_entries")
    theirs = etree.fromstring(recorded.request)[0][0]
    assert [shape(child) for child in ours] == [shape(child) for child in theirs]


@pytest.mark.parametrize(("product", "dialect"), SIDES)
def test_recorded_answers_to_updates_are_answers(product: str, dialect: Dialect) -> None:
    found = [one for one in exchanges(product, dialect) if one.method == "set_entries"]
    assert found
    for one in found:
        check_answer(one.pieces(), method=one.method, cap=2**20)
        with pytest.raises(SugarReplyBroken):
            check_answer([one.response[:-60]], method=one.method, cap=2**20)


def _links(product: str, dialect: Dialect, method: str = "set_relationship") -> list[Exchange]:
    return [one for one in exchanges(product, dialect) if one.method == method]


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("dialect", [one for one in TRAITS if one.fills_target_lists])
def test_our_links_have_the_shape_of_the_recorded_requests(product: str, dialect: Dialect) -> None:
    told = {one.case: etree.fromstring(one.request)[0][0] for one in _links(product, dialect)}
    for case, of, delete in (
        ("pl-leads", members_of(SugarId("l"), Module.LEADS), False),
        ("remove", members_of(SugarId("l"), Module.CONTACTS), True),
        ("campaign-pl", lists_of(SugarId("c")), False),
    ):
        theirs = told[case]
        ids = [SugarId(one.text) for one in theirs.find("related_ids")]
        parts = [text("session", "s"), *link_parts(of, ids, delete=delete)]
        ours = etree.fromstring(envelope("set_relationship", parts))[0][0]
        assert [shape(child) for child in ours] == [shape(child) for child in theirs]
        for name in ("module_name", "link_field_name", "delete"):
            assert ours.findtext(name) == theirs.findtext(name)


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("dialect", [one for one in TRAITS if one.fills_target_lists])
def test_recorded_answers_to_links_are_counted(product: str, dialect: Dialect) -> None:
    told = {
        one.case: read_counts(one.pieces(), method=one.method, cap=2**20)
        for one in _links(product, dialect)
        if one.status == 200
    }
    assert told["pl-leads"] == {"created": 1, "failed": 0, "deleted": 0}
    assert told["remove"] == {"created": 0, "failed": 0, "deleted": 1}
    assert told["bad-link"] == {"created": 0, "failed": 1, "deleted": 0}
    with pytest.raises(SugarReplyBroken):
        read_counts([_links(product, dialect)[0].response[:-200]], method="x", cap=2**20)
