"""The control API and the pages, over HTTP."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from local.sugar import SugarSimulator
from local.sugar.funnel_module import Entered


@pytest.fixture
def sugar() -> Iterator[SugarSimulator]:
    with SugarSimulator(seed=3) as simulator:
        yield simulator


def _ask(
    sugar: SugarSimulator, method: str, path: str, body: str = "", cookie: str = ""
) -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection(sugar.url.removeprefix("http://"), timeout=20)
    try:
        connection.request(method, path, body.encode(), {"Cookie": cookie})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read().decode()
    finally:
        connection.close()


def _do(sugar: SugarSimulator, action: str, **body: object) -> dict[str, object]:
    status, _, answer = _ask(sugar, "POST", f"/_simulator/{action}", json.dumps(body))
    found: dict[str, object] = json.loads(answer)
    assert status == 200, found
    return found


def _get(sugar: SugarSimulator, path: str) -> object:
    return json.loads(_ask(sugar, "GET", f"/_simulator/{path}")[2])


def test_a_record_is_created_changed_deleted_and_restored_by_the_control_api(
    sugar: SugarSimulator,
) -> None:
    values = {"last_name": "Kühn", "email1": "k@x.example"}
    lead = str(_do(sugar, "create", module="Leads", values=values)["id"])
    _do(sugar, "update", module="Leads", id=lead, values={"status": "Dead"})
    _do(sugar, "email", module="Leads", id=lead, set="n@x.example")
    found = _get(sugar, f"records/Leads/{lead}")
    assert isinstance(found, dict)
    assert (found["status"], found["email1"]) == ("Dead", "n@x.example")
    _do(sugar, "delete", module="Leads", id=lead)
    assert _get(sugar, "records/Leads") == []
    assert _get(sugar, "records/Leads?deleted=1") == [lead]
    _do(sugar, "restore", module="Leads", id=lead)
    assert _get(sugar, "records/Leads") == [lead]


def test_lists_get_members_and_lose_them(sugar: SugarSimulator) -> None:
    lead = str(_do(sugar, "create", module="Leads", values={"last_name": "X"})["id"])
    list_ = str(_do(sugar, "create", module="ProspectLists", values={"name": "L"})["id"])
    member = {"module": "ProspectLists", "id": list_, "link": "leads", "others": [lead]}
    _do(sugar, "link", **member)
    assert _get(sugar, f"linked/ProspectLists/{list_}/leads") == [lead]
    _do(sugar, "unlink", **member)
    assert _get(sugar, f"linked/ProspectLists/{list_}/leads") == []


def test_the_clock_is_fixed_skewed_and_moved_on(sugar: SugarSimulator) -> None:
    assert _do(sugar, "clock", fixed="2026-01-01 00:00:00")["time"] == "2026-01-01 00:00:00"
    assert _do(sugar, "clock", skew=3600)["time"] == "2026-01-01 01:00:00"
    assert _do(sugar, "clock", skew=0, advance=5)["time"] == "2026-01-01 00:00:05"


def test_a_reset_leaves_nothing_but_the_standard_users(sugar: SugarSimulator) -> None:
    _do(sugar, "seed", seed=1, people=100)
    assert _get(sugar, "records/Leads")
    _do(sugar, "reset")
    assert _get(sugar, "records/Leads?deleted=-1") == []
    users = _get(sugar, "records/Users")
    assert isinstance(users, list)
    assert len(users) == 5


def test_a_module_is_switched_off_and_a_field_removed(sugar: SugarSimulator) -> None:
    from tests.contract.simulator.playing import signed_in
    from tests.contract.simulator.shapes import fault_of

    wire, session = signed_in(sugar, "v4_1")
    _do(sugar, "fields", removed=["Leads.score_c"])
    call = {"session": session, "module_name": "Leads"}
    assert b">score_c<" not in wire.call("get_module_fields", **call)[1]
    _do(sugar, "modules", off=["Leads"])
    assert fault_of(wire.call("get_entry_list", **call)[1]) == "20"
    _do(sugar, "modules", off=[])
    assert fault_of(wire.call("get_entry_list", **call)[1]) == ""
    wire.close()


def test_the_log_counts_requests_by_method_and_rows(sugar: SugarSimulator) -> None:
    from tests.contract.simulator.playing import signed_in

    for place in range(3):
        sugar.company.create("Leads", last_name=str(place))
    wire, session = signed_in(sugar, "v4_1")
    wire.call("get_entry_list", session=session, module_name="Leads", select_fields=["id"])
    wire.close()
    assert sugar.log.methods == {"login": 1, "get_entry_list": 1}
    assert sugar.log.rows == 3
    assert sugar.log.last()[-1].module == "Leads"
    _do(sugar, "log/clear")
    assert sugar.log.requests == 0


@pytest.mark.parametrize(
    ("action", "body", "status"),
    [
        ("create", {"module": "Nope"}, 400),
        ("update", {"module": "Leads", "id": "none", "values": {}}, 404),
        ("troubles", {"kind": "nonsense"}, 400),
        ("no-such-action", {}, 404),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_word(
    sugar: SugarSimulator, action: str, body: dict[str, object], status: int
) -> None:
    answered, _, text = _ask(sugar, "POST", f"/_simulator/{action}", json.dumps(body))
    assert answered == status
    assert json.loads(text)["error"]


def _sign_in(sugar: SugarSimulator, user: str = "admin") -> str:
    form = urlencode({"user_name": user, "password": user, "next": "/index.php?module=Leads"})
    path = "/index.php?module=Users&action=Authenticate"
    status, headers, _ = _ask(sugar, "POST", path, form)
    assert status == 303
    return headers["Set-Cookie"].split(";")[0]


@pytest.mark.parametrize(("product", "brand"), [("suitecrm", "SuiteCRM"), ("sugarce", "SugarCRM")])
def test_the_sign_in_page_names_the_product(product: str, brand: str) -> None:
    with SugarSimulator(product) as sugar:
        status, _, page = _ask(sugar, "GET", "/index.php?module=Users&action=Login")
    assert status == 200
    assert [one for one in ("SuiteCRM", "SugarCRM") if one in page] == [brand]


def test_a_person_signs_in_and_changes_a_lead_at_its_real_address(sugar: SugarSimulator) -> None:
    lead = sugar.company.create("Leads", last_name="<Kühn>", email1="k@x.example")
    here = f"/index.php?module=Leads&action=DetailView&record={lead}"
    assert "Sign in" in _ask(sugar, "GET", here)[2]
    cookie = _sign_in(sugar)
    status, _, page = _ask(sugar, "GET", here, cookie=cookie)
    assert status == 200
    assert "Sugar (simulated)" in page
    assert "&lt;Kühn&gt;" in page
    assert "<Kühn>" not in page
    form = urlencode({"last_name": "Kuhn", "email1": "new@x.example", "status": "Dead"})
    _ask(sugar, "POST", f"/index.php?module=Leads&action=Save&record={lead}", form, cookie)
    values = sugar.company.get("Leads", lead)
    assert values is not None
    told = [values[name] for name in ("last_name", "email1", "status")]
    assert told == ["Kuhn", "new@x.example", "Dead"]


def test_whom_to_be_is_chosen_above_the_frame_which_grows(sugar: SugarSimulator) -> None:
    sugar.company.enter_module(Entered("https://funnel.example/sugar/acme/c1", f"k.{'0' * 64}"))
    _, _, page = _ask(sugar, "GET", "/index.php?module=Home", cookie=_sign_in(sugar))
    assert 0 < page.index("Look at Sugar as") < page.index("<iframe class=funnel-frame")


def test_lists_show_what_the_search_finds(sugar: SugarSimulator) -> None:
    sugar.company.create("Leads", last_name="Findme", email1="needle@x.example")
    sugar.company.create("Leads", last_name="Other")
    page = _ask(sugar, "GET", "/index.php?module=Leads&q=NEEDLE", cookie=_sign_in(sugar))[2]
    assert "Findme" in page
    assert "Other" not in page


@pytest.mark.parametrize("module", ["Leads", "Contacts", "Accounts", "Opportunities"])
def test_a_person_deletes_a_record_and_brings_it_back(sugar: SugarSimulator, module: str) -> None:
    name = "last_name" if module in ("Leads", "Contacts") else "name"
    record, cookie = sugar.company.create(module, {name: "X"}), _sign_in(sugar)
    at = f"/index.php?module={module}&record={record}&action="
    _ask(sugar, "POST", f"{at}Delete", cookie=cookie)
    assert sugar.company.get(module, record) is None
    assert "Restore" in _ask(sugar, "GET", f"{at}DetailView", cookie=cookie)[2]
    _ask(sugar, "POST", f"{at}Restore", cookie=cookie)
    assert sugar.company.get(module, record) is not None


def test_a_wrong_password_and_a_missing_right_are_refused(sugar: SugarSimulator) -> None:
    form = urlencode({"user_name": "admin", "password": "nope"})
    assert _ask(sugar, "POST", "/index.php?action=Authenticate", form)[0] == 401
    lead = sugar.company.create("Leads", last_name="X")
    path = f"/index.php?module=Leads&action=Delete&record={lead}"
    assert _ask(sugar, "POST", path, cookie=_sign_in(sugar, "restricted"))[0] == 403
    assert sugar.company.get("Leads", lead) is not None


def test_a_person_puts_a_lead_on_a_target_list_and_takes_it_off(sugar: SugarSimulator) -> None:
    company = sugar.company
    lead = company.create("Leads", last_name="Kühn")
    fair = company.create("ProspectLists", name="Fair", list_type="default")
    cookie = _sign_in(sugar)
    here = f"/index.php?module=ProspectLists&record={fair}&action="
    form = urlencode({"link": "leads", "member": lead})
    assert _ask(sugar, "POST", f"{here}Add", form, cookie)[0] == 303
    shown = _ask(sugar, "GET", f"{here}DetailView", cookie=cookie)[2]
    assert "Kühn" in shown
    assert "Take off" in shown
    assert list(company.linked("ProspectLists", fair, "leads")) == [lead]
    assert _ask(sugar, "POST", f"{here}Drop&link=leads&member={lead}", "", cookie)[0] == 303
    assert list(company.linked("ProspectLists", fair, "leads")) == []
    wrong = urlencode({"link": "leads", "member": "nobody"})
    assert _ask(sugar, "POST", f"{here}Add", wrong, cookie)[0] == 404
    listed = _ask(sugar, "GET", "/index.php?module=ProspectLists&action=index", cookie=cookie)[2]
    assert "Fair" in listed


def test_a_campaign_is_shown_with_its_target_list_and_that_with_its_members(
    sugar: SugarSimulator,
) -> None:
    company = sugar.company
    lead = company.create("Leads", last_name="Byron")
    target_list = company.create("ProspectLists", name="Spring list")
    campaign = company.create("Campaigns", name="Spring", status="Active")
    company.link("ProspectLists", target_list, "leads", lead)
    company.link("Campaigns", campaign, "prospectlists", target_list)
    cookie = _sign_in(sugar)
    shown = _ask(sugar, "GET", "/index.php?module=Campaigns&action=index", cookie=cookie)[2]
    assert "Spring" in shown
    assert "Active" in shown
    here = f"/index.php?module=Campaigns&action=DetailView&record={campaign}"
    assert "Spring list" in _ask(sugar, "GET", here, cookie=cookie)[2]
    there = f"/index.php?module=ProspectLists&action=DetailView&record={target_list}"
    told = _ask(sugar, "GET", there, cookie=cookie)[2]
    assert "Byron" in told
    assert "<h2>Leads (1)</h2>" in told
    assert ">Spring</a>" in told
