"""The pages and API functions of lists made by hand."""

import pytest

from funnel.domain.ids import ListId, PersonId
from funnel.domain.lists.lists import ListStatus
from funnel.domain.signing_in.tenants import Role
from funnel.ports.marketing_messages import DoPeopleJob
from funnel.usecases.work.handle_message import handle_message
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Answer, Client, signed_in


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def made(client: Client, name: str = "VIPs", key: str = "k1", **more: str | list[str]) -> ListId:
    """The list that a form makes."""
    answer = client.send("/app/lists/new", key=key, name=name, **more)
    assert answer.status == 303
    return ListId(answer.headers["Location"].partition("?")[0].rpartition("/")[2])


def members(client: Client, list_id: str) -> list[str]:
    found = client.get(f"/api/app/lists/{list_id}/members").json["items"]
    return sorted(one["person"]["person_id"] for one in found)


def following(client: Client, answer: Answer) -> str:
    assert answer.status == 303, answer.text
    return client.get(answer.headers["Location"]).text


def test_a_list_is_made_once_however_often_the_form_comes(marketer: Client) -> None:
    page = marketer.get("/app/lists/new")
    assert 'name="key" value="' in page.text
    first = made(marketer, "<b>VIPs</b>", description="Whom we <i>call</i>")
    assert made(marketer, "<b>VIPs</b>") == first
    text = marketer.get(f"/app/lists/{first}?saved=made").text
    assert "The list is made." in text
    assert "&lt;b&gt;VIPs&lt;/b&gt;" in text
    assert "Whom we &lt;i&gt;call&lt;/i&gt;" in text
    assert "<b>VIPs" not in text
    found = marketer.get("/api/app/lists?show=manual&q=%3Cb").json["items"]
    assert [(one["name"], one["by"], one["kind"]) for one in found] == [
        ("<b>VIPs</b>", "Mo Sandberg", "manual")
    ]


def test_a_list_without_a_name_is_refused_at_the_name(marketer: Client) -> None:
    answer = marketer.send("/app/lists/new", key="k", name=" ", people=["anneliese", "person-1"])
    assert answer.status == 400
    assert "Give the list a name." in answer.text
    assert answer.text.count('name="people"') == 2


def test_people_chosen_in_the_search_are_put_on_a_list_or_a_new_one(marketer: Client) -> None:
    page = marketer.get("/app/people")
    assert 'value="anneliese" form="on-list"' in page.text
    ask = marketer.send("/app/people/on-list", list="new", people=["anneliese", "person-1"])
    assert "The 2 people you chose will be on it." in ask.text
    vips = made(marketer, people=["anneliese", "person-1"])
    assert members(marketer, vips) == ["anneliese", "person-1"]
    sent = marketer.send("/app/people/on-list", list=vips, people=["person-1", "person-2"])
    assert "1 person is put on the list." in following(marketer, sent)
    assert members(marketer, vips) == ["anneliese", "person-1", "person-2"]
    assert "VIPs" in marketer.get("/app/people").text


def test_nobody_and_no_list_are_told_how_to_go_on(marketer: Client) -> None:
    nobody = marketer.send("/app/people/on-list", list="new")
    assert nobody.status == 400
    assert "tick the people" in nobody.text
    nowhere = marketer.send("/app/people/on-list", people=["anneliese"])
    assert nowhere.status == 400
    assert "choose a list" in nowhere.text
    assert marketer.send("/app/people/on-list", list="gone", people=["anneliese"]).status == 404
    assert marketer.send("/app/people/on-list", list="fair", people=["anneliese"]).status == 404


def test_somebody_is_put_on_and_taken_off_on_the_persons_own_page(marketer: Client) -> None:
    vips = made(marketer)
    put = marketer.send("/app/people/on-list", list=vips, people="anneliese", then="person")
    text = following(marketer, put)
    assert "Put on the list." in text
    assert f"/app/lists/{vips}/off" in text
    off = marketer.send(f"/app/lists/{vips}/off", person="anneliese", then="person")
    assert f"/app/lists/{vips}/off" not in following(marketer, off)
    assert members(marketer, vips) == []


def test_members_are_found_put_on_and_taken_off_on_the_lists_page(marketer: Client) -> None:
    vips = made(marketer)
    text = marketer.get(f"/app/lists/{vips}?q=Anneliese").text
    assert 'name="people" value="anneliese"' in text
    sent = marketer.send("/app/people/on-list", list=vips, people="anneliese")
    assert 'name="person" value="anneliese"' in following(marketer, sent)
    off = marketer.send(f"/app/lists/{vips}/off", person="anneliese")
    assert "Taken off the list." in following(marketer, off)


def test_a_list_is_renamed_retired_and_taken_back(marketer: Client, world: World) -> None:
    vips = made(marketer)
    sent = marketer.send(f"/app/lists/{vips}/rename", name="Friends", description="of ours")
    assert "<h1>Friends</h1>" in following(marketer, sent)
    assert marketer.send(f"/app/lists/{vips}/rename", name="").status == 400
    gone = following(marketer, marketer.send(f"/app/lists/{vips}/retire"))
    assert "Nobody can be put on it" in gone
    assert marketer.send("/app/people/on-list", list=vips, people=["anneliese"]).status == 400
    assert "Friends" not in marketer.get("/app/people/anneliese").text
    back = following(marketer, marketer.send(f"/app/lists/{vips}/take-back"))
    assert "The list is in use again." in back
    assert world.app.lists.lists(FULL, [vips])[vips].status is ListStatus.ACTIVE


def test_the_api_does_what_the_pages_do(marketer: Client) -> None:
    new = {"key": "a", "name": "By machine", "description": "Made by an API key"}
    first = marketer.call("POST", "/api/app/lists", new)
    assert first.status == 201
    vips = first.json["list_id"]
    assert marketer.call("POST", "/api/app/lists", new).json["list_id"] == vips
    url = f"/api/app/lists/{vips}"
    put = marketer.call("POST", f"{url}/members", {"people": ["anneliese", "nobody"]})
    assert (put.json["joined"], put.json["list"]["members"]) == (1, 1)
    assert marketer.call("POST", f"{url}/members", {"people": []}).status == 400
    many = {"people": [f"p{n}" for n in range(101)]}
    assert marketer.call("POST", f"{url}/members", many).status == 400
    changed = marketer.call("PATCH", url, {"name": "Machines", "status": "retired"}).json
    assert (changed["name"], changed["status"]) == ("Machines", "retired")
    assert marketer.call("PATCH", url, {"status": "active"}).json["status"] == "active"
    assert marketer.get(f"{url}/uses").json == {"items": []}
    assert marketer.call("DELETE", f"{url}/members/anneliese").json["members"] == 0
    assert marketer.call("POST", "/api/app/lists", {**new, "key": ""}).status == 400
    assert marketer.call("PATCH", "/api/app/lists/fair", {"name": "x"}).status == 404


def test_no_company_reaches_the_list_of_another(marketer: Client, world: World) -> None:
    vips = made(marketer)
    other = signed_in(world, EMPTY, Role.MARKETER)
    assert other.send(f"/app/lists/{vips}/rename", name="Mine").status == 404
    assert other.send(f"/app/lists/{vips}/retire").status == 404
    people = {"people": ["anneliese"]}
    assert other.call("POST", f"/api/app/lists/{vips}/members", people).status == 404
    assert PersonId("anneliese") not in members(marketer, vips)


def work(world: World) -> None:
    """The jobs about people."""
    while (message := world.queue.pop()) is not None:
        if isinstance(message, DoPeopleJob):
            handle_message(world.app, message, "worker", lambda: 600.0)


@pytest.mark.feature("D6")
def test_all_who_are_found_are_counted_and_put_on_a_list_or_a_new_one(
    marketer: Client, world: World
) -> None:
    vips = made(marketer)
    search = "/app/people?q=m%C3%BCller"
    assert 'action="/app/found?q=m%C3%BCller"' in marketer.get(search).text
    found = marketer.get(f"/api{search}").json["items"]
    begun = marketer.send("/app/found?q=m%C3%BCller")
    place = begun.headers["Location"]
    assert "Counting." in marketer.get(place).text
    work(world)
    page = marketer.get(place).text
    number = f"{len(found)} {'person' if len(found) == 1 else 'people'}"
    assert f"Put {number} on the list" in page
    assert f'href="{search}"' in page
    assert members(marketer, vips) == []
    assert marketer.send(f"{place}/on-list").status == 400
    put = marketer.send(f"{place}/on-list", list=vips)
    assert (
        marketer.send(f"{place}/on-list", list=vips).headers["Location"]
        == (put.headers["Location"])
    )
    work(world)
    assert "They are on the list." in following(marketer, put)
    assert members(marketer, vips) == sorted(one["person_id"] for one in found)
    ask = marketer.send(f"{place}/on-list", list="new")
    assert f"The {number} who" in ask.text
    job = place.rpartition("/")[2]
    nameless = marketer.send("/app/lists/new", key=job, found=job, name="")
    assert (nameless.status, f"The {number} who" in nameless.text) == (400, True)
    put = marketer.send("/app/lists/new", key=job, found=job, name="Müllers")
    work(world)
    assert "“Müllers”" in following(marketer, put)
    lists = marketer.get("/api/app/lists?show=manual&q=M%C3%BCllers").json["items"]
    assert [one["members"] for one in lists] == [len(found)]


@pytest.mark.feature("D6")
def test_by_json_they_are_counted_and_put_on_and_no_company_sees_another(
    marketer: Client, world: World
) -> None:
    vips = made(marketer)
    begun = marketer.call("POST", "/api/app/found?q=m%C3%BCller")
    assert (begun.status, begun.json["people"], begun.json["of"]) == (202, 0, None)
    place = f"/api/app/found/{begun.json['job_id']}"
    assert marketer.call("POST", f"{place}/on-list", {"list": vips}).status == 400
    work(world)
    counted = marketer.get(place).json["people"]
    put = marketer.call("POST", f"{place}/on-list", {"list": vips})
    assert (put.status, put.json["of"], put.json["list"]["name"]) == (202, counted, "VIPs")
    work(world)
    done = marketer.get(f"/api/app/found/{put.json['job_id']}").json
    assert (done["status"], done["people"], len(members(marketer, vips))) == (
        "done", counted, counted
    )  # fmt: skip
    other = signed_in(world, EMPTY, Role.MARKETER)
    assert other.get(place).status == 404
    assert other.call("POST", f"{place}/on-list", {"list": vips}).status == 404
    assert other.get(f"/app/found/{begun.json['job_id']}").status == 404
    assert marketer.call("POST", "/api/app/found?consent=perhaps").status == 400


@pytest.mark.feature("D6")
def test_a_list_among_too_many_to_choose_from_is_named(marketer: Client) -> None:
    assert 'name="list_name"' not in marketer.get("/app/people/anneliese").text
    lists = {n: made(marketer, f"Fair {n:03}", key=f"f{n}") for n in range(1, 204)}
    for path in ("/app/people", "/app/people/anneliese"):
        page = marketer.get(path).text
        assert f'value="{lists[150]}"' in page
        assert f'value="{lists[203]}"' not in page
        assert "Only the first 200 are offered." in page
    put = marketer.send("/app/people/on-list", list="", list_name="fair 203", people="anneliese")
    assert put.headers["Location"].startswith(f"/app/lists/{lists[203]}?")
    several = marketer.send("/app/people/on-list", list_name="fair 20", people="anneliese")
    assert (several.status, "“Fair 200”, “Fair 201”" in several.text) == (400, True)
    none = marketer.send("/app/people/on-list", list_name="Nowhere", people="anneliese")
    assert (none.status, "begins with “Nowhere”" in none.text) == (400, True)
    found = marketer.get("/api/app/people?list_name=FAIR%20203").json["items"]
    assert [one["person_id"] for one in found] == ["anneliese"]
    page = marketer.get("/app/people?list_name=fair+203").text
    assert 'value="fair 203"' in page
    assert "Anneliese" in page
    assert marketer.get("/app/people?list_name=Nowhere").status == 400
    marketer.send(f"/app/lists/{lists[203]}/retire")
    gone = marketer.send("/app/people/on-list", list_name="fair 203", people="anneliese")
    assert gone.status == 400


@pytest.mark.feature("D5")
def test_a_segment_among_too_many_is_asked_about_by_its_name(marketer: Client) -> None:
    rule = {
        "match": "all",
        "parts": [{"test": "field", "field": "city", "operator": "is filled in"}],
    }
    body = {"key": "s1", "name": "Warm <leads>", "rule": rule}
    segment = marketer.call("POST", "/api/app/segments", body).json["list_id"]
    asked = marketer.get("/app/segments/why?person=anneliese&segment=&segment_name=warm")
    assert asked.headers["Location"] == f"/app/segments/{segment}?person=anneliese#why"
    wrong = marketer.get("/app/segments/why?person=anneliese&segment_name=cold")
    assert wrong.status == 400
