"""The menu: its groups, and which link is said to be the current page."""

import pytest

from funnel.web.navigation import menu
from funnel.web.texts.en import TEXTS


def current(here: str, *, is_admin: bool = True) -> dict[str, str]:
    links = [link for group in menu(is_admin=is_admin) for link in group.links]
    return {link.name: said for link in links if (said := link.current(here))}


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ("/app", {"overview": "page"}),
        ("/app/people", {"people": "page"}),
        ("/app/people/p1/edit", {"people": "true"}),
        ("/app/found/j1", {"people": "true"}),
        ("/app/erasures", {"people": "true"}),
        ("/app/lists/l1", {"lists": "true"}),
        ("/app/target-lists", {"target_lists": "page"}),
        ("/setup/connect", {"connection": "true"}),
        ("/setup/jobs/j1", {"connection": "true"}),
        ("/setup/connection/hooks", {"connection": "true"}),
        ("/setup/sync/compare", {"sync": "true"}),
        ("/sign-in", {}),
    ],
)
def test_one_link_at_most_is_the_current_page(here: str, said: dict[str, str]) -> None:
    assert current(here) == said


def test_settings_are_for_admins_and_every_group_and_link_has_its_words() -> None:
    groups = menu(is_admin=True)
    assert [one.name for one in menu(is_admin=False)] == [one.name for one in groups[:-1]]
    names = [one.name for one in groups if one.name] + [
        link.name for one in groups for link in one.links
    ]
    assert [name for name in names if f"nav.{name}" not in TEXTS] == []
