"""Signed links are made for one person and a page of a site."""

from datetime import timedelta

import pytest

from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.hit_reading import without_token
from funnel.domain.tracking.sites import Site
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.tracking.keep_sites import add_site
from funnel.usecases.tracking.sign_links import person_of_link, sign_link
from tests.fakes.world import TENANT, World

PAGE = "https://www.example.com/offer?a=1"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def site(world: World) -> Site:
    return add_site(world.app, TENANT, "Shop", ["example.com"], "Ann")


@pytest.fixture
def ada(world: World) -> PersonId:
    new = NewPerson({"last_name": "Brandt"}, "ada@example.test", "Ann")
    return create_person(world.app, TENANT, new, "ada").person_id


def test_who_opens_the_link_is_the_person_while_it_is_good(
    world: World, site: Site, ada: PersonId
) -> None:
    url, token = without_token(sign_link(world.app, TENANT, ada, PAGE, 30))
    now = world.clock.now()
    assert url == PAGE
    assert person_of_link(world.app, site, PAGE, token, now) == ada
    assert person_of_link(world.app, site, PAGE, token, now + timedelta(days=30)) is None
    assert person_of_link(world.app, site, PAGE, token + "0", now) is None


def test_a_link_to_one_site_says_nothing_on_another(
    world: World, site: Site, ada: PersonId
) -> None:
    other = add_site(world.app, TENANT, "Blog", ["blog.test"], "Ann")
    theirs = add_site(world.app, TenantId("other"), "Shop", ["example.com"], "Bob")
    _, token = without_token(sign_link(world.app, TENANT, ada, PAGE, 30))
    assert person_of_link(world.app, other, "https://blog.test/", token, world.clock.now()) is None
    assert person_of_link(world.app, theirs, PAGE, token, world.clock.now()) is None


def test_a_link_is_good_on_every_site_that_shares_its_domain(
    world: World, site: Site, ada: PersonId
) -> None:
    shared = add_site(world.app, TENANT, "Shop, again", ["www.example.com"], "Ann")
    _, token = without_token(sign_link(world.app, TENANT, ada, PAGE, 30))
    assert person_of_link(world.app, shared, PAGE, token, world.clock.now()) == ada
    assert person_of_link(world.app, shared, "https://else.test/", token, world.clock.now()) is None


@pytest.mark.parametrize(
    ("url", "days"),
    [
        ("https://evil.test/", 30),
        ("https://evil.test\\.example.com/", 30),
        ("", 30),
        (f"{PAGE}{'x' * 1000}", 30),
        (PAGE, 0),
        (PAGE, 401),
    ],
)
def test_a_link_elsewhere_or_for_ever_is_refused(
    world: World, site: Site, ada: PersonId, url: str, days: int
) -> None:
    with pytest.raises(InputInvalid):
        sign_link(world.app, TENANT, ada, url, days)


def test_a_link_is_for_somebody(world: World, site: Site) -> None:
    with pytest.raises(NotFound):
        sign_link(world.app, TENANT, PersonId("nobody"), PAGE, 30)
