"""Campaigns as pages."""

from tests.browser.campaigns import QUIET, WEBINAR, WELCOME
from tests.unit.web.asking import Client

ROOT = f"/app/campaigns/{WELCOME}"


def test_the_list_says_state_and_people(admin: Client) -> None:
    page = admin.get("/app/campaigns")
    assert page.status == 200
    assert "Welcome after the winter fair" in page.text
    for state in ("Running", "Draft", "Paused"):
        assert f">{state}</span>" in page.text
    assert "freight &amp; customs" in page.text


def test_without_campaigns_there_is_something_to_begin_with(newcomer: Client) -> None:
    page = newcomer.get("/app/campaigns")
    for name in ("Welcome after a form", "Re-awaken quiet people", "Webinar invitation"):
        assert name in page.text


def test_pages_open(admin: Client) -> None:
    for path in (
        "/app/campaigns/new?example=welcome",
        ROOT,
        f"{ROOT}/settings",
        f"{ROOT}/steps/new?after=s1&port=next",
        f"{ROOT}/steps/s1",
        f"{ROOT}/steps/s2/remove",
        f"{ROOT}/steps/s2/people",
        f"{ROOT}/steps/s6/people?state=stuck",
        f"{ROOT}/stuck",
        f"{ROOT}/numbers?revision=0",
        f"{ROOT}/pause",
        f"{ROOT}/end",
        f"{ROOT}/put-in?q=berg",
        f"/app/campaigns/{WEBINAR}",
        f"/app/campaigns/{WEBINAR}/delete",
        f"/app/campaigns/{QUIET}",
        f"/app/campaigns/{QUIET}/resume",
        "/app/people/anneliese",
    ):
        assert admin.get(path).status == 200, path
    for kind in ("send", "wait", "branch", "list", "score", "owner", "sync", "task"):
        assert admin.get(f"{ROOT}/steps/new?after=s1&port=next&kind={kind}").status == 200, kind
