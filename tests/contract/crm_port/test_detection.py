"""From whatever a person pastes to the best endpoint."""

import socket
from urllib.parse import urlsplit

import pytest

from funnel.domain.crm import Dialect
from funnel.domain.errors import NotASugar, RedirectedElsewhere, SugarBusy, SugarUnavailable
from local.sugar.settings import ENDPOINTS, Product
from local.sugar.simulator import SugarSimulator
from tests.contract.crm_port.servers import SERVER_INFO, Answer, answer, serve
from tests.contract.crm_port.subject import Subject
from tests.contract.crm_port.test_network import connector, good

PASTED = [
    "",
    "/",
    "/index.php",
    "/index.php?module=Home&action=index",
    "/index.php/junk",
    "/soap.php",
    "/soap.php?wsdl",
    "/service/v2/soap.php?wsdl",
    "/service/v4_1/soap.php?wsdl#top",
    "/service/v4_1/rest.php",
    "/service/v9/soap.php",
    "/rest/v10",
    "/rest/v11_4/Leads",
    "/rest/v10/",
    "//service//v4//soap.php",
    "/pasted/by/mistake",
    "/#Leads/create",
]


@pytest.mark.parametrize("path", PASTED)
def test_any_pasted_url_leads_to_the_best_endpoint(best: Subject, path: str) -> None:
    found = best.connector().detect(f"  {best.sugar.url}{path} ")
    assert found.url == best.sugar.endpoint("v4_1")
    assert found.site_url == best.sugar.url
    assert found.dialect is Dialect.V4_1
    assert (found.version, found.edition) == ("6.5.25", "CE")
    assert (found.product, found.own_version) == ("SuiteCRM", "7.14.6")
    assert "not encrypted" in found.warnings[0]
    assert found.cannot == ()
    assert best.requests("login") == 0


def test_without_a_scheme_https_is_tried_before_http(best: Subject) -> None:
    host = urlsplit(best.sugar.url).netloc
    assert best.connector().detect(host).url == best.sugar.endpoint("v4_1")
    assert best.connector().detect(f"{host}/soap.php?wsdl").warnings


@pytest.mark.parametrize("product", [Product.SUITECRM, Product.SUGARCE])
@pytest.mark.parametrize("served", [ENDPOINTS[:count] for count in range(1, len(ENDPOINTS) + 1)])
def test_the_best_of_what_is_served_is_used(served: tuple[str, ...], product: Product) -> None:
    with SugarSimulator(product, served) as sugar:
        found = connector().detect(f"{sugar.url}/service/v2/soap.php?wsdl")
    assert found.dialect == served[-1]
    assert found.edition == "CE"
    assert found.version == {Product.SUITECRM: "6.5.25", Product.SUGARCE: "6.5.23"}[product]
    tells = product is Product.SUITECRM and "v4_1" in served
    assert found.own_version == ("7.14.6" if tells else "")
    if found.dialect is Dialect.SOAP_5:
        assert any("Target Lists" in one for one in found.cannot)


def under(path: str, respond: Answer) -> Answer:
    """Only what is under a path; 404 elsewhere."""

    def site(line: str, peer: socket.socket) -> bytes:
        return respond(line, peer) if line.split()[1].startswith(path) else answer(404, "no")

    return site


def v4_1_under(path: str, page: str = "", login: int = 200) -> Answer:
    def site(line: str, peer: socket.socket) -> bytes:
        target = line.split()[1]
        if target == f"{path}/service/v4_1/soap.php":
            return good(line, peer)
        if target.startswith(f"{path}/index.php"):
            return answer(login, page)
        return answer(404, "no")

    return site


@pytest.mark.parametrize("path", ["", "/sugar", "/apps/crm"])
def test_a_sugar_in_sub_folders_is_found_from_its_pages(path: str) -> None:
    with serve(v4_1_under(path)) as server:
        for pasted in ("", "/", "/index.php?action=Login", "/service/v4/soap.php", "/Leads/list"):
            found = connector().detect(f"{server.http}{path}{pasted}")
            assert found.site_url == f"{server.http}{path}"


@pytest.mark.parametrize(
    ("page", "status", "product"),
    [
        ("<title>SuiteCRM</title>", 200, "SuiteCRM"),
        ("<link href='themes/SuiteP/css/style.css'>", 200, "SuiteCRM"),
        ("<title>SugarCRM</title>", 200, "SugarCRM"),
        ("x" * 2_000_000, 200, "SugarCRM"),
        ("no", 500, ""),
    ],
    ids=["title", "theme", "sugar", "large", "failing"],
)
def test_the_sign_in_page_tells_the_two_products_apart(
    page: str, status: int, product: str
) -> None:
    with serve(v4_1_under("", page, status)) as server:
        assert connector().detect(server.http).product == product


@pytest.mark.parametrize(
    ("status", "told", "own"),
    [
        (200, '{"version": "6.5.25", "suitecrm_version": "8.6.1"}', "8.6.1"),
        (200, '{"suitecrm_version": "7.15.0-beta"}', "7.15.0-beta"),
        (200, '{"version": "6.5.25"}', ""),
        (200, '{"suitecrm_version": "<b>7.14</b>"}', ""),
        (200, '{"suitecrm_version": 7}', ""),
        (200, "[]", ""),
        pytest.param(200, "[" * 50_000, "", id="nested without end"),
        (200, "", ""),
        (500, '{"suitecrm_version": "7.14.6"}', ""),
    ],
)
def test_the_version_of_a_suitecrm_is_what_its_json_face_tells(
    status: int, told: str, own: str
) -> None:
    def site(line: str, peer: socket.socket) -> bytes:
        if line.split()[1] == "/service/v4_1/rest.php":
            return answer(status, told)
        return v4_1_under("", "<title>SuiteCRM</title>")(line, peer)

    with serve(site) as server:
        assert connector().detect(server.http).own_version == own


def test_a_redirect_within_the_host_is_followed_while_looking() -> None:
    def moved(line: str, peer: socket.socket) -> bytes:
        target = line.split()[1]
        if target.startswith("/crm"):
            return v4_1_under("/crm")(line, peer)
        return answer(301, Location="/crm" + target)

    with serve(moved) as server:
        assert connector().detect(server.http).site_url == f"{server.http}/crm"


@pytest.mark.parametrize(
    "location", ["http://elsewhere.example/", "//elsewhere.example/x", "http://127.0.0.2/"]
)
def test_a_redirect_to_another_host_is_named_and_not_followed(location: str) -> None:
    with serve(lambda *_: answer(302, Location=location)) as server:
        with pytest.raises(RedirectedElsewhere) as error:
            connector().detect(server.http)
        assert urlsplit(location).netloc in error.value.text
        assert len(server.asked) == 1


def test_redirects_in_a_circle_end() -> None:
    def circle(line: str, _peer: socket.socket) -> bytes:
        return answer(302, Location="/b/" if line.split()[1].startswith("/a/") else "/a/")

    with serve(circle) as server:
        with pytest.raises(NotASugar, match="circle"):
            connector().detect(server.http)
        assert len(server.asked) < 10


@pytest.mark.parametrize(
    "respond",
    [
        pytest.param(lambda *_: answer(404, "no"), id="nothing there"),
        pytest.param(lambda *_: answer(200, "<!DOCTYPE html><html>Shop</html>"), id="a web page"),
        pytest.param(lambda *_: answer(200, '{"a": 1}'), id="JSON"),
        pytest.param(lambda *_: answer(302, Location="/index.php?login"), id="its own login"),
        pytest.param(lambda *_: answer(200, "x" * 3_000_000), id="much"),
        pytest.param(lambda *_: answer(401, "who?"), id="a password for the web server"),
        pytest.param(
            lambda *_: answer(200, SERVER_INFO.replace("6.7.1", "")), id="a service of another kind"
        ),
    ],
)
def test_what_is_no_sugar_is_said_to_be_none(respond: Answer) -> None:
    with serve(respond) as server:
        with pytest.raises(NotASugar) as error:
            connector().detect(f"{server.http}/a/b")
        assert error.value.mend


def rest_only(version: str, *, told: str = "") -> Answer:
    """A Sugar that serves REST up to a version; `told` is its public metadata."""

    def site(line: str, _peer: socket.socket) -> bytes:
        target = line.split()[1]
        if target == f"/rest/{version}/ping":
            return answer(401, '{"error": "need_login", "error_message": "No valid token."}')
        if target.startswith(f"/rest/{version}/metadata/public"):
            return answer(200, told) if told else answer(404, "no")
        if target.startswith("/rest/"):
            return answer(301, '{"error": "incorrect_version", "error_message": "No."}')
        return answer(404, "no")

    return site


@pytest.mark.parametrize("path", PASTED)
def test_any_pasted_url_leads_to_rest_where_the_site_serves_it(rest: Subject, path: str) -> None:
    found = rest.connector().detect(f"{rest.sugar.url}{path}")
    assert found.url == rest.sugar.endpoint("rest/v11")
    assert found.site_url == rest.sugar.url
    assert found.dialect is Dialect.REST_11
    assert (found.product, found.version, found.edition) == ("SugarCRM", "13.0.2", "ENT")
    assert any("unproven on a live Sugar" in one for one in found.warnings)
    assert any("email addresses changed" in one for one in found.cannot)
    assert rest.requests("login") == 0


def test_a_sugar_without_rest_is_found_by_soap_and_one_of_old_by_v10() -> None:
    with SugarSimulator(Product.SUGAR, ENDPOINTS) as sugar:
        assert connector().detect(f"{sugar.url}/rest/v11_20").dialect is Dialect.V4_1
    with SugarSimulator(Product.SUGAR, ("v4_1", "rest/v10")) as sugar:
        found = connector().detect(f"{sugar.url}/service/v4_1/soap.php?wsdl")
    assert (found.dialect, found.version) == (Dialect.REST_10, "13.0.2")


@pytest.mark.parametrize(
    ("told", "version", "edition"),
    [
        ('{"server_info": {"version": "7.8.2.0", "flavor": "PRO"}}', "7.8.2.0", "PRO"),
        ('{"server_info": {"flavor": "ENT"}}', "", "ENT"),
        ("", "", ""),
        ("[]", "", ""),
    ],
)
def test_a_sugar_that_tells_little_of_itself_is_one_all_the_same(
    told: str, version: str, edition: str
) -> None:
    with serve(rest_only("v10", told=told)) as server:
        found = connector().detect(f"{server.http}/rest/v11_4")
    assert found.url == f"{server.http}/rest/v10"
    assert (found.dialect, found.version, found.edition) == (Dialect.REST_10, version, edition)


def test_rest_that_is_away_for_a_while_does_not_make_a_new_sugar_speak_soap(rest: Subject) -> None:
    rest.trouble("status", code=503, endpoints=("rest/v11", "rest/v10"), count=None)
    with pytest.raises(SugarBusy):
        rest.connector().detect(rest.sugar.url)


def test_a_server_in_trouble_is_not_called_no_sugar() -> None:
    with serve(lambda *_: answer(500)) as server, pytest.raises(SugarUnavailable):
        connector().detect(server.http)
    with serve(lambda *_: answer(503)) as server, pytest.raises(SugarBusy):
        connector().detect(server.http)
