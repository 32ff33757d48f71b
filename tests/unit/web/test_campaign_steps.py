"""The editor of campaigns: steps are added, changed, moved, connected and removed."""

from tests.browser.campaigns import COMES, WEBINAR, WELCOME
from tests.unit.web.asking import Client

ROOT = f"/app/campaigns/{WELCOME}"
DRAFT = f"/app/campaigns/{WEBINAR}"
API = f"/api{DRAFT}"
KINDS = ("send", "wait", "branch", "list", "score", "owner", "sync", "task")

ADDED: tuple[tuple[dict[str, str | list[str]], dict[str, object]], ...] = (
    ({"kind": "send", "email": "email-news"}, {"email": "email-news"}),
    (
        {
            "kind": "wait",
            "minutes": "2",
            "minutes_unit": "weeks",
            "at": "09:30",
            "weekdays": "1",
        },
        {"minutes": 20160, "at": "09:30", "weekdays": [1]},
    ),
    ({"kind": "branch", "asks": "visited", "page": "/x*"}, {"asks": "visited", "page": "/x*"}),
    ({"kind": "branch", "asks": "segment", "segment": "energy"}, {"segment": "energy"}),
    ({"kind": "list", "list": COMES, "joins": "no"}, {"list": COMES, "joins": False}),
    ({"kind": "score", "points": "\u22125"}, {"points": -5}),
    (
        {"kind": "owner", "owner_rule": "round robin", "owners": ["sarah", "will"]},
        {"owner_rule": "round robin", "owners": ["sarah", "will"]},
    ),
    (
        {"kind": "sync", "module": "Contacts", "task_kind": "Call", "task_subject": "Ask"},
        {"module": "Contacts", "task_kind": "Call", "task_at": "09:00"},
    ),
    (
        {"kind": "task", "task_kind": "Email", "task_subject": "Ask", "task_days": "0"},
        {"task_days": 0, "task_priority": "Medium"},
    ),
)

WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"kind": "wait"}, "minutes"),
    ({"kind": "wait", "minutes": "many"}, "minutes"),
    ({"kind": "wait", "minutes": "1", "at": "25:00"}, "at"),
    ({"kind": "score", "points": "ten"}, "points"),
    ({"kind": "owner", "owner_rule": "chosen"}, "owners"),
    ({"kind": "sync", "module": "Leads", "task_kind": "Call"}, "task_subject"),
    ({"kind": "send", "name": "x" * 81}, "name"),
)


def steps(client: Client, place: str = API) -> dict[str, dict[str, str]]:
    return {one["step_id"]: one for one in client.call("GET", place).json["steps"]}


def test_each_kind_of_step_has_its_form(admin: Client) -> None:
    for kind in KINDS:
        page = admin.get(f"{DRAFT}/steps/new?after=1&port=next&kind={kind}").text
        assert f'name="kind" value="{kind}"' in page
        assert "After step 1, Mail" in page


def test_an_end_is_offered_only_where_nothing_follows(admin: Client) -> None:
    end = "kind=end"
    assert end not in admin.get(f"{DRAFT}/steps/new?after=1&port=next").text
    assert end in admin.get(f"{DRAFT}/steps/new?after=7&port=next").text


def test_a_step_is_added_once_with_its_settings(admin: Client) -> None:
    for number, (sent, said) in enumerate(ADDED, start=1):
        place = {"version": str(number), "after": "2", "port": "no", "key": str(number)}
        before = steps(admin)
        assert admin.send(f"{DRAFT}/steps/new", **place, **sent).status == 303
        found = admin.call("GET", API).json
        (new,) = [one for one in found["steps"] if one["step_id"] not in before]
        assert {name: new["settings"][name] for name in said} == said
        assert new["next"] == before["2"]["otherwise"]
        assert steps(admin)["2"]["otherwise"] == new["step_id"]
        again = {**place, "version": str(number + 1)}
        assert admin.send(f"{DRAFT}/steps/new", **again, **sent).status == 303
        assert admin.call("GET", API).json["version"] == number + 1
        assert admin.get(f"{DRAFT}/steps/{new['step_id']}").status == 200


def test_what_is_wrong_is_said_at_its_field(admin: Client) -> None:
    place = {"version": "1", "after": "1", "port": "next", "key": "k"}
    for sent, field in WRONG:
        page = admin.send(f"{DRAFT}/steps/new", **place, **sent)
        assert page.status == 400
        assert f'id="e-{field}"' in page.text
    assert admin.call("GET", API).json["version"] == 1


def test_all_that_is_wrong_with_a_step_is_said_at_once(admin: Client) -> None:
    place = {"version": "1", "after": "1", "port": "next", "key": "k"}
    sync = {
        "kind": "sync", "name": "x" * 81, "owner_rule": "chosen", "task_kind": "Call",
        "task_subject": " ", "task_days": "soon", "task_at": "noon",
    }  # fmt: skip
    page = admin.send(f"{DRAFT}/steps/new", **place, **sync)
    assert page.status == 400
    for field in ("name", "owners", "task_subject", "task_days", "task_at"):
        assert page.text.count(f'id="e-{field}"') == 1, field
    branch = {"kind": "branch", "asks": "rule", "within_minutes": "x", "rule.match": "all"}
    blank = {"rule.parts.0.what": "list", "rule.parts.0.list": ""}
    page = admin.send(f"{DRAFT}/steps/new", **place, **branch, **blank)
    assert 'id="e-within_minutes"' in page.text
    assert 'id="rule.parts.0.list-hint" role="alert"' in page.text


def test_a_step_is_changed_moved_and_connected(admin: Client) -> None:
    sent = {"version": "1", "kind": "wait", "minutes": "3", "minutes_unit": "days", "name": "Rest"}
    assert admin.send(f"{DRAFT}/steps/6", **sent).headers["Location"] == f"{DRAFT}?saved=saved"
    assert "Wait 3 days" in admin.get(DRAFT).text
    assert admin.send(f"{DRAFT}/steps/6/move", version="2", place="no 2").status == 303
    found = steps(admin)
    assert (found["2"]["otherwise"], found["6"]["next"], found["5"]["next"]) == ("6", "3", "7")
    assert admin.send(f"{DRAFT}/steps/4/connect", version="3", port="no", to="6").status == 303
    assert steps(admin)["4"]["otherwise"] == "6"
    assert "Goes on at step 3" in admin.get(DRAFT).text
    late = admin.send(f"{DRAFT}/steps/4/connect", version="3", port="no", to="")
    assert (late.status, "changed this campaign meanwhile" in late.text) == (409, True)
    branch = admin.send(f"{DRAFT}/steps/2/move", version="4", place="next 1")
    assert (branch.status, "A branch cannot be moved" in branch.text) == (400, True)


def test_what_goes_with_a_step_is_said_before_it_is_removed(admin: Client) -> None:
    page = admin.get(f"{DRAFT}/steps/2/remove").text
    assert "What comes after yes" in page
    assert page.index("Step 3: Reminder") < page.index("What comes after no")
    assert admin.send(f"{DRAFT}/steps/2/remove", version="1", keep="yes").status == 303
    assert set(steps(admin)) == {"1", "5", "6", "7"}
    assert "Nothing else goes with it." in admin.get(f"{DRAFT}/steps/6/remove").text
    assert admin.send(f"{DRAFT}/steps/6/remove", version="2").status == 303
    assert admin.get(f"{DRAFT}/steps/6").status == 404


def test_before_a_running_campaign_is_changed_it_is_said_what_happens_to_people(
    admin: Client,
) -> None:
    sent = {"version": "1", "kind": "wait", "minutes": "9", "minutes_unit": "days"}
    page = admin.send(f"{ROOT}/steps/s4", **sent)
    assert page.status == 200
    assert "stand at step 3, Wait 3 days" in page.text
    assert admin.call("GET", f"/api{ROOT}").json["version"] == 1
    gone = admin.send(f"{ROOT}/steps/s4/remove", version="1").text
    assert "which is removed, and go on at Send “Newsletter, winter”." in gone
    assert admin.send(f"{ROOT}/steps/s4", **sent, sure="yes").status == 303
    assert admin.call("GET", f"/api{ROOT}").json["version"] == 2
    unfit = admin.send(f"{ROOT}/steps/s1", version="2", kind="send", email="")
    assert (unfit.status, "No email is chosen." in unfit.text) == (400, True)


def test_steps_are_edited_by_the_api(admin: Client) -> None:
    new = {
        "version": 1,
        "key": "k",
        "after": "1",
        "settings": {"kind": "score", "points": 5},
    }
    found = admin.call("POST", f"{API}/steps", new)
    assert found.status == 201
    own = next(one["step_id"] for one in found.json["steps"] if len(one["step_id"]) > 2)
    changed = {"version": 2, "settings": {"kind": "score", "points": 7, "name": "Well done"}}
    assert admin.call("PUT", f"{API}/steps/{own}", changed).json["version"] == 3
    move = {"version": 3, "after": "7"}
    assert admin.call("POST", f"{API}/steps/{own}/move", move).json["version"] == 4
    connect = {"version": 4, "target": "1"}
    assert admin.call("POST", f"{API}/steps/{own}/connect", connect).json["version"] == 5
    assert steps(admin)[own]["next"] == "1"
    remove = {"version": 5, "keep": "no"}
    assert admin.call("POST", f"{API}/steps/{own}/remove", remove).json["version"] == 6
    assert own not in steps(admin)
    assert admin.call("POST", f"{API}/steps/{own}/remove", {"version": 6}).status == 404
    assert admin.call("POST", f"{API}/steps/1/remove", {"version": 1}).status == 409


RULE = {
    "match": "any",
    "parts": [
        {"test": "field", "field": "sales_stage", "operator": "is", "values": ["Closed Won"]},
        {"test": "field", "field": "score", "operator": "is at least", "values": ["40"]},
    ],
}


def test_a_branch_asks_a_rule_that_no_change_of_anything_else_drops(admin: Client) -> None:
    version = admin.call("GET", API).json["version"]
    settings = {"kind": "branch", "asks": "rule", "rule": RULE}
    added = {"version": version, "key": "k", "settings": settings, "after": "", "port": "next"}
    made = admin.call("POST", f"{API}/steps", added).json
    (own,) = (i for i, one in steps(admin).items() if one["settings"].get("rule"))  # type: ignore[attr-defined]
    page = admin.get(DRAFT).text
    assert "Sugar Sales Stage is “Closed Won” or Score is at least 40?" in page
    form = admin.get(f"{DRAFT}/steps/{own}")
    sent = {
        "kind": "branch",
        "asks": "rule",
        "version": str(made["version"]),
        "name": "Ready",
        "rule.match": "any",
        "rule.parts.0.what": "field:sales_stage",
        "rule.parts.0.about": "sales_stage",
    }
    assert 'name="rule.match"' in form.text
    drawn = admin.send(f"{DRAFT}/steps/{own}", **sent, **{"rule.do": "test "})
    assert drawn.status == 200
    assert 'name="rule.parts.1' in drawn.text
    refused = {**settings, "rule": {"match": "all", "parts": [{"test": "field", "field": "no"}]}}
    body = {"version": made["version"], "settings": refused}
    answer = admin.call("PUT", f"{API}/steps/{own}", body)
    assert (answer.status, answer.json["error"]["field"]) == (400, "rule.parts.0.field")
    assert steps(admin)[own]["settings"]["rule"] == RULE  # type: ignore[index, comparison-overlap]
