"""Our WSDLs load in zeep from this machine alone, and make the envelopes the real ones make."""

import re
import warnings
from typing import Any

import pytest
from lxml import etree
from requests import Session
from zeep import Client, Transport

from local.sugar import SugarSimulator
from local.sugar.settings import ENDPOINTS
from local.sugar.soap.methods import methods_of, types_of
from tests.contract.simulator import recordings

_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_XSD = "{http://www.w3.org/2001/XMLSchema}"


class _Local(Transport):  # type: ignore[misc,unused-ignore]
    """Refuses to load anything from elsewhere."""

    def load(self, url: str) -> bytes:
        assert url.startswith("http://127.0.0.1:"), url
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            found: bytes = super().load(url)  # type: ignore[no-untyped-call,unused-ignore]
        return found


def _client(sugar: SugarSimulator, endpoint: str, session: Session) -> Any:
    make: Any = Client
    transport: Any = _Local
    return make(f"{sugar.endpoint(endpoint)}?wsdl", transport=transport(session=session))


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_zeep_loads_the_wsdl_without_the_internet_and_reads_the_replies(endpoint: str) -> None:
    with SugarSimulator() as sugar, Session() as session:
        client = _client(sugar, endpoint, session)
        if endpoint == "soap.php":
            assert client.service.get_server_version() == "6.5.25"
        else:
            assert client.service.get_server_info()["version"] == "6.5.25"
        assert set(client.service._operations) == set(methods_of(endpoint))


def test_zeep_makes_the_recorded_envelope_of_a_list_call() -> None:
    with SugarSimulator() as sugar, Session() as session:
        client = _client(sugar, "v4_1", session)
        fields = {"_value_1": ["id", "x"], "arrayType": "xsd:string[2]"}
        made = client.create_message(
            client.service, "get_entry_list", "S", "Leads", "q", "", 0, fields, [], 5, 0, False
        )
    text = re.sub(r' xmlns:[\w-]+="[^"]*"', "", etree.tostring(made[0][0]).decode())
    assert text == (
        "<ns0:get_entry_list><session>S</session><module_name>Leads</module_name><query>q</query>"
        '<order_by></order_by><offset>0</offset><select_fields ns1:arrayType="xsd:string[2]">'
        '<item xsi:type="xs:string">id</item><item xsi:type="xs:string">x</item></select_fields>'
        "<link_name_to_fields_array/><max_results>5</max_results><deleted>0</deleted>"
        "<favorites>false</favorites></ns0:get_entry_list>"
    )


def test_the_address_in_the_wsdl_is_the_configured_site_url() -> None:
    with SugarSimulator(site_url="https://crm.example/sugar/") as sugar, Session() as session:
        text = session.get(f"{sugar.endpoint('v2')}?wsdl").text
        assert 'location="https://crm.example/sugar/service/v2/soap.php"' in text


def test_an_endpoint_that_is_not_configured_is_not_there() -> None:
    with SugarSimulator(endpoints=["soap.php"]) as sugar, Session() as session:
        assert session.get(f"{sugar.endpoint('soap.php')}?wsdl").status_code == 200
        assert session.get(f"{sugar.endpoint('v4_1')}?wsdl").status_code == 404


@pytest.mark.skipif(
    not recordings.available(), reason="the recordings (../shared/sugar) are not beside the project"
)
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_our_methods_and_types_are_those_of_the_recorded_wsdl(endpoint: str) -> None:
    folder = recordings.FOLDER / recordings.PRODUCTS["suitecrm"] / endpoint
    tree = etree.parse(str(folder / "wsdl.xml"))
    messages = {
        one.get("name"): [
            (part.get("name"), part.get("type").split(":")[1])
            for part in one.findall(f"{_WSDL}part")
        ]
        for one in tree.iter(f"{_WSDL}message")
    }
    for name, method in methods_of(endpoint).items():
        assert list(method.arguments) == messages[f"{name}Request"], name
        result = [("return", method.result)] if method.result else []
        assert result == messages[f"{name}Response"], name
    theirs = {one.get("name"): one for one in tree.iter(f"{_XSD}complexType")}
    for name, declared in types_of(endpoint).items():
        members = [
            (one.get("name"), one.get("type").split(":")[1])
            for one in theirs[name].iter(f"{_XSD}element")
        ]
        assert list(declared.members) == members, name
