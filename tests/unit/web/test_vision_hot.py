"""Who's Hot and a prospect whole: who may see whom, what is said of nobody, and names that are code."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.consent.consent import Consent, Flag
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.sync.records import Claim, Unit
from funnel.usecases.vision.project_people import project_people
from tests.browser.prospects import EVIL, visit
from tests.browser.world import EMPTY, FULL, REFUSED, World
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.unit.web.asking import Answer, Client

pytestmark = pytest.mark.feature("E1")
MINE, HIS = RecordKey(Module.LEADS, SugarId("p0")), RecordKey(Module.CONTACTS, SugarId("p1"))
Ask = Callable[..., Answer]


def ask(
    world: World, path: str, user: str = "sarah", *, tenant: TenantId = FULL, api: bool = False,
    record: RecordKey | None = None,
) -> Answer:  # fmt: skip
    token = dashlet_token(world.app, tenant, user, record=record)
    address = vision_address(world.app, tenant)
    return Client(world).get(
        f"{'/api' if api else ''}{address}{path}", authorization=f"Bearer {token}"
    )


def listed(world: World, query: str = "", user: str = "sarah") -> list[Any]:
    items: list[Any] = ask(world, f"/panels/hot{query}", user, api=True).json["items"]
    return items


def owner_of(world: World, item: dict[str, str]) -> str:
    key = RecordKey(Module(item["module"]), SugarId(item["sugar_id"]))
    return world.store.records(FULL, [key])[key].owner_id


def test_the_hottest_come_first_with_why_how_it_moved_and_when_they_were_seen(full: World) -> None:
    items = listed(full)
    scores = [one["score"] for one in items]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0
    hottest = next(one for one in items if one["sugar_id"] == "p20")
    assert [one["name"] for one in hottest["reasons"]] == [
        "Sent a form", "Looked at prices", "Viewed a page",
    ]  # fmt: skip
    assert hottest["trend"][-1] == hottest["score"] == 45
    assert hottest["trend"][-8] + hottest["change"] == hottest["score"]
    assert len(hottest["trend"]) == 31
    assert hottest["url"].endswith("module=Contacts&action=DetailView&record=p20")
    text = ask(full, "/panels").text
    assert "Looked at prices 3×" in text  # noqa: RUF001
    assert 'aria-label="Score in the last 30 days: ' in text


def test_a_rep_sees_own_prospects_and_a_manager_those_of_the_team(full: World) -> None:
    assert {owner_of(full, one) for one in listed(full)} == {"sarah"}
    assert {owner_of(full, one) for one in listed(full, user="jonas")} == {"jonas"}
    assert {owner_of(full, one) for one in listed(full, "?whose=jonas")} == {"jonas"}
    team = listed(full, "?whose=team")
    assert {owner_of(full, one) for one in team} == {"sarah", "jonas", "max", "will"}
    assert {one["owner"] for one in team} >= {"Sarah Okafor", "Jonas Weiß"}
    scores = [one["score"] for one in team]
    assert scores == sorted(scores, reverse=True)
    assert ask(full, "/panels/hot?whose=team", "jonas", api=True).json["items"] == listed(
        full, user="jonas"
    )


@pytest.mark.parametrize("query", ["", "&everybody=yes"])
def test_more_goes_on_where_the_page_ended_until_all_were_shown(full: World, query: str) -> None:
    found: list[Any] = []
    cursor = ""
    for _ in range(9):
        path = f"/hot?whose=team&days=30{query}&cursor={cursor}"
        page = ask(full, path, api=True).json
        assert len(page["items"]) <= 25
        found += [(one["module"], one["sugar_id"]) for one in page["items"]]
        cursor = page["cursor"].replace("#", "%23")
        if not cursor:
            break
    assert len(found) == len(set(found)) > 25
    scores = {(one.key.module.value, one.key.sugar_id): one.score for one in shown(full)}
    wanted = {key for key, score in scores.items() if score > 0}
    assert set(found) == wanted
    assert [scores[key] for key in found] == sorted((scores[k] for k in found), reverse=True)


def shown(world: World) -> list[Any]:
    return [one for (tenant, _), one in world.store.prospect_rows.items() if tenant == FULL]


def test_only_who_was_on_the_site_in_that_time_is_shown_unless_everybody_is_wanted(
    full: World,
) -> None:
    today, week, month = (len(listed(full, f"?days={days}")) for days in (1, 7, 30))
    everybody = len(ask(full, "/hot?everybody=yes", api=True).json["items"])
    assert 0 < today < week < month
    assert month <= everybody
    assert "Show also who was not on the site" in ask(full, "/panels").text


def test_what_happened_just_now_is_marked_and_counted(full: World) -> None:
    assert 'class="count" title="1 new"' in ask(full, "/panels").text
    full.clock.advance(3_600)
    assert 'class="count"' not in ask(full, "/panels").text


def why_none(world: World, query: str = "", user: str = "sarah") -> str:
    said: str = ask(world, f"/panels/hot{query}", user, api=True).json["why_none"]
    return said


def test_where_nobody_is_shown_it_is_said_why_and_what_to_do(world: World) -> None:
    store = world.store
    for key in list(store.prospect_rows):
        del store.prospect_rows[key]
    assert why_none(world) == "no_prospects"
    assert "Nobody has been seen yet" in ask(world, "/panels").text
    visit(world.app, FULL, "person-4", "job", world.clock.now(), ("/careers",))
    assert why_none(world) == "no_scores"
    assert "did nothing that gives points" in ask(world, "/panels").text
    rules = store.scoring_rules(FULL)
    store.save_scoring_rules(replace(rules, rules=(), generation=rules.generation + 1))
    assert why_none(world) == "no_rules"
    assert "No score rules yet" in ask(world, "/panels").text


def test_one_who_was_not_seen_lately_is_not_forgotten(full: World) -> None:
    full.clock.advance(60 * 86_400)
    assert why_none(full, "?days=1") == "not_seen"
    assert "Nobody with a score was here in this time" in ask(full, "/panels?days=1").text


# ------------------------------------------------------------------------------ one whole


def test_a_prospect_opens_with_reasons_that_add_up_contact_and_links(full: World) -> None:
    found = ask(full, "/prospect/Contacts/p20", api=True).json
    assert sum(one["points"] for one in found["score"]["lines"]) == found["score"]["value"] == 45
    assert found["trend"][-1] == {"day": "2026-11-24", "value": 45}
    assert found["account"]["name"] == "Great Lakes Shipping Co."
    assert found["owner"]["name"] == "Sarah Okafor"
    assert found["phones"] == ["+49 711 020 5520"]
    assert [one["allowed"] for one in found["emails"]] == [True]
    assert len(found["activities"]["items"]) == 11
    assert len(found["visits"]) == 3
    text = ask(full, "/prospect/Contacts/p20").text
    for said in ("Why 45?", "Open the Contact in Sugar", "May be mailed", "How the score moved"):
        assert said in text
    assert "record=p20" in text


def test_who_opted_out_may_not_be_mailed_and_it_is_said_since_when(full: World) -> None:
    email = full.store.people(FULL, ["person-20"])["person-20"].emails[0]  # type: ignore[list-item,index]
    claim = full.store.claims(FULL, [email])[email]
    consent = Consent(FULL, email, opt_out=Flag(True, True))
    unit = Unit(consents=[consent], claims=[replace(claim, consent=True)])
    assert isinstance(claim, Claim)
    assert full.store.commit(FULL, [unit]) == [True]
    found = ask(full, "/prospect/Contacts/p20", api=True).json["emails"]
    assert [(one["allowed"], one["kind"]) for one in found] == [(False, "opted_out")]
    assert "Opted out: no mail" in ask(full, "/prospect/Contacts/p20").text


@pytest.mark.parametrize(
    ("user", "path"),
    [
        ("jonas", "/prospect/Leads/p0"),
        ("sarah", "/prospect/Leads/nobody"),
        ("sarah", "/prospect/Contacts/p0"),
        ("sarah", "/prospect/Accounts/a0"),
        ("sarah", "/prospect/Users/sarah"),
        ("sarah", "/prospect/Nothing/p0"),
    ],
)
def test_whoever_may_not_be_seen_is_as_one_who_is_not_there(
    full: World, user: str, path: str
) -> None:
    for api in (False, True):
        answer = ask(full, path, user, api=api)
        assert answer.status == 404
        assert "There is no such prospect of yours." in answer.text
        assert "Am" not in answer.text


def test_the_record_panel_opens_its_record_whoever_owns_it_and_no_other(full: World) -> None:
    answer = ask(full, "/record/panels", "jonas", record=MINE)
    assert answer.status == 200
    assert "Why 124?" in answer.text
    assert ask(full, "/prospect/Leads/p0", "jonas", record=MINE).status == 200
    assert ask(full, "/prospect/Contacts/p1", "jonas", record=MINE).status == 404
    assert ask(full, "/panels/hot", "jonas", record=MINE).status == 401
    assert ask(full, "/hot", "jonas", record=MINE).status == 401


def test_names_companies_and_rules_are_text_whatever_they_hold(full: World) -> None:
    record = full.store.records(FULL, [HIS])[HIS]
    lead = full.store.records(FULL, [MINE])[MINE]
    person = full.store.people(FULL, [lead.person_id])[lead.person_id]
    renamed = replace(
        lead,
        name=f"Eve {EVIL}",
        fields={**lead.fields, "account_name": f"Co {EVIL}", "title": EVIL},
    )
    link = replace(person.links[0], name=renamed.name)
    done = full.store.commit(
        FULL, [Unit(records=[renamed], people=[replace(person, links=(link,), name=link.name)])]
    )
    assert done == [True]
    rules = full.store.scoring_rules(FULL)
    evil = tuple(replace(one, name=f"{one.name} {EVIL}") for one in rules.rules)
    full.store.save_scoring_rules(replace(rules, rules=evil, generation=rules.generation + 1))
    at = full.clock.now()
    visit(full.app, FULL, "person-0", "evil", at - timedelta(minutes=1), ("/contact", "/pricing"))
    project_people(full.app, FULL, [lead.person_id, record.person_id])
    for path in ("/panels", "/prospect/Leads/p0", "/hot?everybody=yes"):
        text = ask(full, path).text
        assert "&lt;img src=x" in text
        assert "<img" not in text


def test_nothing_of_another_tenant_is_shown(full: World) -> None:
    for tenant in (REFUSED, EMPTY):
        if full.store.connection(tenant) is None:
            continue
        answer = ask(full, "/prospect/Leads/p0", "sarah", tenant=tenant)
        assert answer.status in (403, 404)
