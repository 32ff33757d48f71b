"""The collector and the worker that writes down hits die at every call of every port."""

import json
import random
from dataclasses import replace

import pytest

from funnel.domain.ids import PersonId
from funnel.domain.tracking.sites import HitCounts
from funnel.ports.marketing_messages import RecordHits
from funnel.usecases.app import App
from funnel.usecases.segments.follow_scores import rescore_people
from funnel.usecases.tracking.accept_hits import Sender, accept_hits
from funnel.usecases.tracking.sign_links import sign_link
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.unit.usecases.scoring.scoring import points
from tests.unit.usecases.tracking.tracking import FIREFOX, HOME, LAPTOP, PHONE, Shop

ADA, BEN, CLEO = "ada@example.test", "ben@example.test", "cleo@example.test"
SENDER = Sender("192.0.2.7", FIREFOX, "https://www.example.com")
MOST_DELIVERIES = 3
SEEDS = range(3)


def mortal(shop: Shop, plan: Plan) -> App:
    """The same app, each of whose calls can be its last."""
    app = shop.world.app
    names = (
        "records", "sites", "visitors", "activities", "batches", "scoring", "secrets", "queue", "sync",
    )  # fmt: skip
    return replace(app, **{name: faulty(getattr(app, name), plan, name) for name in names})


@made_once
def scene() -> tuple[Shop, list[RecordHits]]:
    """Two devices and three people: pages, forms of new and of known people, and a signed link."""
    shop = Shop()
    shop.send(shop.form(-99, CLEO), browser="kiosk00000000000")
    link = sign_link(shop.world.app, TENANT, shop.person(CLEO), HOME, 30)
    pages = [shop.page(minutes, f"{HOME}pricing/{minutes}") for minutes in (0, 40, 80)]
    return shop, [
        shop.batch(pages[0]),
        shop.batch(pages[1], shop.form(41, ADA, last_name="Brandt")),
        shop.batch(shop.form(60, BEN), shop.page(61)),
        shop.batch(pages[2], shop.form(81, ADA)),
        shop.batch(shop.page(5, link), browser=PHONE),
        shop.batch(shop.form(9, BEN), browser=PHONE),
    ]


def written(plan: Plan, seed: int, at: int = 0) -> Shop:
    """All of it, in the order of the seed; what is not done with comes back."""
    shop, messages = scene()
    random.Random(seed).shuffle(messages)
    plan.calls.clear()
    plan.at = at
    app = mortal(shop, plan)
    late: list[RecordHits] = []
    for message in messages:
        late += [] if deliver(app, message, plan) else [message]
    for message in late:
        assert any(deliver(app, message, plan) for _ in range(MOST_DELIVERIES - 1)), message
    shop.world.drain()
    return shop


def deliver(app: App, message: RecordHits, plan: Plan) -> bool:
    """Once; whether it was done with. The next worker is another one."""
    try:
        handle_message(app, message, "worker", lambda: 600.0)
    except Crash:
        plan.revived = True
        return False
    return True


def state(shop: Shop) -> dict[str, object]:
    """Whose each activity is, and what it comes to."""
    found: dict[str, object] = {}
    for email in (ADA, BEN, CLEO):
        found[email] = sorted(shop.pages_of(email))
        found[f"{email} points"] = points(shop.world, shop.person(email))
    ids = [one for email in (ADA, BEN, CLEO) for one in found[email]]  # type: ignore[attr-defined]
    assert len(ids) == len(set(ids)), "an activity is of two people"
    subjects = {
        holder.subject
        for browser in (LAPTOP, PHONE)
        if (visitor := shop.world.store.visitor(TENANT, browser))
        for holder in visitor.holders
    }
    found["written"] = sorted(one.activity_id for s in subjects for one in shop.of(s))
    people = shop.world.store.list_people(TENANT, "", 99).items
    found["people"] = sorted(address for person in people for address in person.emails)
    return found


CALLS = {seed: (plan := Plan(), written(plan, seed))[0].calls for seed in SEEDS}


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("seed", SEEDS)
def test_each_hit_is_written_once_and_counts_once_wherever_it_dies(
    seed: int, moment: Moment
) -> None:
    for at in kill_points(CALLS[seed]):
        plan = Plan(moment=moment)
        shop = written(plan, seed, at)
        where = f"call {at}, {plan.calls[at - 1]}, {moment}, seed {seed}"
        assert plan.happened, where
        found = state(shop)
        everything = [hit.hit_id for message in scene()[1] for hit in message.batch.hits]
        assert found["written"] == sorted(everything), where
        assert found["people"] == [ADA, BEN, CLEO], where
        for email in (ADA, BEN, CLEO):
            before = points(shop.world, shop.person(email))
            again(shop, email)
            assert points(shop.world, shop.person(email)) == before, f"{where}: {email}"


def again(shop: Shop, email: str) -> None:
    """Have a score worked out from nothing but what is written."""
    rescore_people(shop.world.app, TENANT, [PersonId(shop.person(email))])


def test_without_reordering_a_crash_changes_nothing_at_all() -> None:
    """Each message is delivered until it is done with, before the next."""

    def run(plan: Plan, at: int = 0) -> dict[str, object]:
        shop, messages = scene()
        plan.calls.clear()
        plan.at = at
        app = mortal(shop, plan)
        for message in messages:
            assert any(deliver(app, message, plan) for _ in range(MOST_DELIVERIES))
        shop.world.drain()
        return state(shop)

    plan = Plan()
    wanted = run(plan)
    assert wanted["written"]
    for moment in Moment:
        for at in kill_points(plan.calls):
            assert run(Plan(moment=moment), at) == wanted, f"call {at}, {moment}"


def test_what_the_collector_said_it_took_is_passed_on_wherever_it_dies() -> None:
    def run(plan: Plan, at: int = 0) -> Shop:
        shop = Shop()
        now = int(shop.world.clock.now().timestamp() * 1000)
        hit = {"id": "hit-000001", "kind": "page view", "at": now, "url": HOME}
        body = json.dumps({"browser": LAPTOP, "sent": now, "hits": [hit]}).encode()
        plan.calls.clear()
        plan.at = at
        app = mortal(shop, plan)
        for _ in range(2):
            try:
                assert accept_hits(app, shop.site.key, SENDER, body)
                break
            except Crash:
                # A browser sends the same again when no answer came.
                plan.revived = True
                shop.world.clock.advance(2)
        shop.world.drain()
        return shop

    plan = Plan()
    run(plan)
    assert plan.calls == ["sites.site", "sites.count_hits", "queue.send"]
    for moment in Moment:
        for at in kill_points(plan.calls):
            shop = run(Plan(moment=moment), at)
            where = f"call {at}, {moment}"
            assert [one.activity_id for one in shop.of(f"v-{LAPTOP}")] == ["hit-000001"], where
            today = shop.world.clock.now().date()
            counted = shop.world.store.hit_counts(TENANT, shop.site.key, [today])[today]
            assert counted in (HitCounts(1), HitCounts(2)), where


def test_the_kill_points_reach_every_step() -> None:
    plan = Plan()
    written(plan, 0)
    assert {
        "sites.site",
        "visitors.visitor",
        "visitors.save_visitor",
        "visitors.keep_ip",
        "activities.written",
        "activities.attach",
        "activities.write",
        "batches.read_batch",
        "records.claims",
        "records.commit",
        "secrets.get_key",
        "queue.send",
    } <= set(plan.calls)
