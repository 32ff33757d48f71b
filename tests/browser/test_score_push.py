"""Scores on their way to Sugar, as people see them."""

import pytest

from funnel.usecases.connecting.connection import connection_of
from tests.browser.conftest import Watched, sign_in
from tests.browser.world import FULL, World


@pytest.mark.feature("A8")
def test_an_admin_is_told_how_much_is_written_before_it_is_and_says_yes(
    visitor: Watched, world: World
) -> None:
    sign_in(visitor, world, FULL)
    page = visitor.open("/setup/connection")
    setting = page.locator("#read_only")
    assert "1,240 lead scores wait to be written to Sugar" in setting.inner_text()
    assert "about 75 seconds" in setting.inner_text()
    setting.get_by_role("button", name="Allow writing to Sugar").click()
    assert connection_of(world.app, FULL).read_only
    setting.get_by_label("They may be written").check()
    setting.get_by_role("button", name="Allow writing to Sugar").click()
    page.locator("#read_only").get_by_role("button", name="Make it read-only").wait_for()
    assert not connection_of(world.app, FULL).read_only


def test_a_marketer_has_a_persons_score_written_at_once(visitor: Watched, world: World) -> None:
    sign_in(visitor, world, FULL)
    page = visitor.open("/app/people/anneliese")
    card = page.locator("#score-in-sugar")
    assert "42, written 2 hours ago" in card.inner_text()
    assert card.get_by_role("button").count() == 0
    visitor.open("/setup/connection")
    page.get_by_label("They may be written").check()
    page.get_by_role("button", name="Allow writing to Sugar").click()
    page.get_by_role("button", name="Make it read-only").wait_for()
    visitor.open("/app/people/anneliese")
    card.get_by_role("button", name="Write to Sugar now").click()
    page.get_by_text("It is written in a moment, before all others.").wait_for()
