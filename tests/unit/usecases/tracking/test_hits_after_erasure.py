"""What is seen after a person was erased is nobody's, and brings nobody back."""

from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId
from funnel.domain.tracking.activities import SubjectId
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure
from funnel.usecases.living import holder_of
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.tracking.sign_links import sign_link
from tests.fakes.world import TENANT
from tests.rights.holding import at_door
from tests.unit.usecases.tracking.known_people import ADA, BEN, CLEO, made
from tests.unit.usecases.tracking.tracking import HOME, LAPTOP, PHONE, Shop


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_who_was_erased_and_fills_in_a_form_again_is_a_new_person(shop: Shop) -> None:
    shop.send(shop.page(0), shop.form(1, ADA))
    before = shop.person(ADA)
    job = new_erasure(shop.world.app, TENANT, before, ADA, "Ann")
    EraseWork(shop.world.app, job).step(job)
    assert shop.of(f"v-{LAPTOP}") == []
    left = shop.world.store.visitor(TENANT, LAPTOP)
    assert left is not None
    assert (left.past, left.visits, left.told) == ((), (), ())
    assert shop.world.store.ips(TENANT, LAPTOP) == {}
    marks = shop.world.store.erased(TENANT)
    shop.send(shop.page(90), shop.form(91, ADA))
    assert holder_of(shop.world.app, TENANT, ADA) is None, "anybody can send this address"
    assert shop.world.store.erased(TENANT) == marks
    assert shop.let_in() == 1
    assert shop.person(ADA) != before
    assert len(shop.of_person(ADA)) == 2


def erased(shop: Shop, email: str) -> PersonId:
    person_id = shop.person(email)
    job = new_erasure(shop.world.app, TENANT, person_id, email, "Ann")
    EraseWork(shop.world.app, job).step(job)
    shop.world.drain()
    return person_id


def test_whoever_uses_a_shared_machine_after_an_erasure_gets_nothing_of_who_used_it_before(
    shop: Shop,
) -> None:
    shop.send(shop.page(0), shop.form(1, ADA))
    shop.send(shop.form(5, BEN), shop.page(6))
    before = shop.pages_of(ADA)
    for minute, email in ((10, BEN), (20, CLEO)):
        erased(shop, email)
        assert shop.world.store.ips(TENANT, LAPTOP) == {}
        shop.send(shop.page(minute))
        assert shop.pages_of(ADA) == before
        shop.send(shop.form(minute + 1, CLEO))
        shop.let_in()
        assert shop.pages_of(ADA) == before
        assert len(shop.pages_of(CLEO)) == 2
    visitor = shop.world.store.visitor(TENANT, LAPTOP)
    assert visitor is not None
    assert {one.person_id for one in visitor.holders} == {shop.person(CLEO)}
    erased(shop, ADA)
    shop.send(shop.page(30))
    assert len(shop.pages_of(CLEO)) == 3, "the browser is Cleo's by then"


def test_a_signed_link_says_nothing_once_its_person_was_erased(shop: Shop) -> None:
    made(shop, ADA)
    url = sign_link(shop.world.app, TENANT, shop.person(ADA), HOME, 300)
    person_id = erased(shop, ADA)
    shop.send(shop.page(1, url))
    assert shop.world.store.subjects(TENANT, person_id) == [SubjectId(person_id)]
    assert shop.world.store.scores(TENANT, [person_id]) == {}
    assert len(shop.of(f"v-{LAPTOP}")) == 1
    with pytest.raises(NotFound):
        sign_link(shop.world.app, TENANT, person_id, HOME, 300)


def test_a_form_that_comes_again_after_the_erasure_brings_nobody_back(shop: Shop) -> None:
    message = shop.send(shop.form(1, ADA))
    person_id = erased(shop, ADA)
    marks = shop.world.store.erased(TENANT)
    shop.world.handle(message)
    shop.world.drain()
    assert shop.world.store.erased(TENANT) == marks != {}
    assert shop.world.store.subjects(TENANT, person_id) == [SubjectId(person_id)]
    assert shop.world.store.scores(TENANT, [person_id]) == {}
    shop.send(shop.form(2, ADA))
    assert shop.let_in() == 1, "only the one that was filled in anew"
    assert shop.person(ADA) != person_id, "who fills one in anew is meant"


def test_a_form_from_before_the_erasure_brings_nobody_back_whoever_had_made_the_person(
    shop: Shop,
) -> None:
    world = shop.world
    create_person(world.app, TENANT, NewPerson({"last_name": "Byron"}, ADA, "import"), "row 1")
    message = shop.send(shop.form(1, ADA, last_name="Byron"))
    ahead = shop.form(2, ADA, last_name="Byron")
    early = shop.batch(ahead)
    early = replace(early, batch=replace(early.batch, received_at=shop.at(1.5)))
    world.clock.advance(100)
    erased(shop, ADA)
    marks = world.store.erased(TENANT)
    for one in (message, early):
        world.handle(one)
    assert holder_of(world.app, TENANT, ADA) is None
    assert world.store.erased(TENANT) == marks != {}
    shop.send(shop.form(5, ADA, last_name="Byron"), browser=PHONE)
    assert shop.let_in() == 1
    assert shop.person(ADA)


def meanwhile(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, does: Any) -> None:
    """Have something done once, by another worker, before this one goes on."""
    method, todo = getattr(owner, name), [does]

    def called(*asked: Any, **named: Any) -> Any:
        if todo:
            at_door("people", todo.pop())()
        return method(*asked, **named)

    monkeypatch.setattr(owner, name, called)


@pytest.mark.parametrize("step", ["visitor", "attach", "write", "list_activities"])
def test_a_form_under_way_while_its_person_is_erased_leaves_nothing_to_anybody(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    shop.send(shop.page(0), shop.form(1, ADA, last_name="Byron"))
    ada = shop.person(ADA)
    shop.world.clock.advance(600)
    message = shop.batch(shop.page(8, f"{HOME}adas-secret"), shop.form(9, ADA, last_name="Byron"))
    meanwhile(monkeypatch, shop.world.store, step, lambda: erased(shop, ADA))
    shop.world.handle(message)
    monkeypatch.undo()
    shop.world.drain()
    store = shop.world.store
    assert store.subjects(TENANT, ada) == [SubjectId(ada)]
    assert store.scores(TENANT, [ada]) == {}
    assert holder_of(shop.world.app, TENANT, ADA) is None
    visitor = store.visitor(TENANT, LAPTOP)
    assert visitor is not None
    assert ada not in {one.person_id for one in visitor.holders}
    shop.world.clock.advance(6000)
    shop.world.handle(message)
    shop.send(shop.page(110), shop.form(111, BEN))
    assert [one.about["path"] for one in shop.of_person(BEN)] == ["/", "/"]


def test_a_page_under_way_while_its_person_is_erased_is_not_given_to_who_comes_next(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.send(shop.page(0), shop.form(1, ADA))
    shop.world.clock.advance(600)
    late = shop.batch(shop.page(8, f"{HOME}adas-secret"))
    message = shop.batch(shop.page(9, f"{HOME}adas-secret"))
    meanwhile(monkeypatch, shop.world.store, "write", lambda: erased(shop, ADA))
    shop.world.handle(message)
    monkeypatch.undo()
    shop.world.handle(late)
    shop.world.drain()
    assert shop.of(f"v-{LAPTOP}") == []
    shop.send(shop.page(110), shop.form(111, BEN))
    assert [one.about["path"] for one in shop.of_person(BEN)] == ["/", "/"]


def test_what_others_did_on_a_shared_machine_counts_once_after_an_erasure(shop: Shop) -> None:
    shop.send(shop.page(0), shop.form(1, ADA))
    messages = [shop.send(shop.form(5, BEN)), shop.send(shop.page(6))]
    shop.world.clock.advance(600)
    before = shop.pages_of(BEN)
    erased(shop, ADA)
    for message in messages:
        shop.world.handle(message)
    shop.world.drain()
    assert shop.pages_of(BEN) == before
    visitor = shop.world.store.visitor(TENANT, LAPTOP)
    assert visitor is not None
    assert visitor.past, "which it tells by"
