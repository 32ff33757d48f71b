"""The links of an email are asked for by a job, and only when somebody wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from funnel.domain.emails.emails import EmailId
from funnel.domain.emails.link_checks import LinkAnswer, answer_of
from funnel.domain.errors import InputInvalid, NotFound, TooManyTries
from funnel.domain.ids import TenantId
from funnel.ports.sync_messages import DoJob
from funnel.usecases.app import App
from funnel.usecases.emails.check_links import MOST_AN_HOUR, links_view, request_link_check
from funnel.usecases.emails.keep_emails import EmailWords, add_email
from funnel.usecases.work.do_job import do_job
from tests.fakes.world import TENANT, World

BODY = (
    '<p><a href="https://a.test/1">a</a> <a href="https://b.test/{{x}}">b</a>'
    '<a href="mailto:a@b.test">m</a> <a href="{{website|}}">w</a></p>'
)


class Probe:
    """`LinkProbe` that answers what it is told, and dies where it is told nothing."""

    def __init__(self, answers: Mapping[str, LinkAnswer]) -> None:
        self.answers = answers

    def probe(self, targets: Sequence[str]) -> Mapping[str, LinkAnswer]:
        """What it is told."""
        return {one: self.answers[one] for one in targets}


@pytest.fixture
def world() -> World:
    return World()


def email(app: App, body: str = BODY.replace("{{x}}", "2")) -> EmailId:
    return add_email(app, TENANT, "k", EmailWords("N", "S", body), "Mo").email.email_id


def test_a_job_asks_for_all_links_to_pages_and_tells_each_answer(world: World) -> None:
    answers = {
        "https://a.test/1": answer_of(200),
        "https://b.test/2": answer_of(404, "https://c.test/"),
    }
    app = replace(world.app, link_probe=Probe(answers))
    email_id = email(app)
    asked = request_link_check(app, TENANT, email_id, "Mo")
    assert (asked.targets, asked.is_running) == (tuple(answers), True)
    messages = [one.message for one in world.queue.waiting if isinstance(one.message, DoJob)]
    do_job(app, TENANT, messages[-1].job_id)
    found = links_view(app, TENANT, email_id, asked.job_id)
    assert (found.is_running, dict(found.results), found.problem) == (False, answers, "")


def test_a_check_that_fails_is_told_with_words(world: World) -> None:
    app = replace(world.app, link_probe=Probe({}))
    email_id = email(app)
    asked = request_link_check(app, TENANT, email_id, "Mo")
    messages = [one.message for one in world.queue.waiting if isinstance(one.message, DoJob)]
    do_job(app, TENANT, messages[-1].job_id)
    assert "went wrong on our side" in links_view(app, TENANT, email_id, asked.job_id).problem


def test_servers_of_others_are_asked_so_often_and_no_more(world: World) -> None:
    email_id = email(world.app)
    for _ in range(MOST_AN_HOUR):
        request_link_check(world.app, TENANT, email_id, "Mo")
    with pytest.raises(TooManyTries):
        request_link_check(world.app, TENANT, email_id, "Mo")


def test_there_must_be_links_and_a_job_is_of_its_email_and_tenant(world: World) -> None:
    bare = email(world.app, "<p>x</p>")
    with pytest.raises(InputInvalid):
        request_link_check(world.app, TENANT, bare, "Mo")
    other = add_email(
        world.app, TENANT, "k2", EmailWords("N", "S", BODY.replace("{{x}}", "2")), "Mo"
    )
    job = request_link_check(world.app, TENANT, other.email.email_id, "Mo").job_id
    with pytest.raises(NotFound):
        links_view(world.app, TENANT, bare, job)
    with pytest.raises(NotFound):
        links_view(world.app, TenantId("other"), other.email.email_id, job)


@pytest.mark.parametrize(
    ("status", "ok"),
    [(200, True), (204, True), (403, True), (429, True), (404, False), (500, False)],
)
def test_what_a_server_says_to_machines_only_is_no_dead_link(status: int, ok: bool) -> None:
    assert answer_of(status).ok is ok
