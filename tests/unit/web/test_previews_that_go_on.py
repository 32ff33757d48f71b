"""What a trial user stumbled over on pages of emails and people."""

import pytest

from funnel.domain.emails.email_blocks import Block, BlockKind, finished_blocks
from funnel.domain.ids import PersonId
from funnel.domain.sync.records import FieldChange, HistoryEntry, Unit
from tests.browser.emails import NEWS as WINTER
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client


@pytest.fixture
def client(world: World) -> Client:
    return Client(world, world.token(FULL))


def test_blocks_that_miss_something_are_not_finished() -> None:
    good = Block(BlockKind.TEXT, text="<p>Hello</p>")
    assert finished_blocks([good, Block(BlockKind.BUTTON), Block(BlockKind.IMAGE)]) == (good,)


def test_a_mail_is_shown_as_far_as_it_is_finished(client: Client) -> None:
    form: dict[str, str | list[str]] = {
        "way": "blocks", "name": "n", "subject": "s", "block": ["b0", "b1"],
        "b0.kind": "text", "b0.text": "<p>Snow closes passes</p>", "b1.kind": "button",
    }  # fmt: skip
    shown = client.send("/app/emails/draft", **form)
    assert (shown.status, "Snow closes passes" in shown.text) == (200, True)
    assert shown.headers["X-Problem"] == "Write%20what%20the%20button%20says."


def test_whoever_is_seen_stays_while_links_are_checked(client: Client) -> None:
    page = client.get(f"/app/emails/{WINTER}/preview?person=anneliese").text
    assert '<input type="hidden" name="person" value="anneliese">' in page.split('id="links"')[1]
    asked = client.send(f"/app/emails/{WINTER}/links", person="anneliese")
    assert "person=anneliese&job=" in asked.headers["Location"]
    live = client.get(asked.headers["Location"].replace("/preview?", "/links?")).text
    assert "person=anneliese" in live


def test_a_history_names_users_and_accounts(client: Client, world: World) -> None:
    changes = (
        FieldChange("assigned_user_id", "will", "sarah", "read from Sugar"),
        FieldChange("account_id", None, "a1", "read from Sugar"),
        FieldChange("reports_to_id", None, "nobody-here", "read from Sugar"),
    )
    entry = HistoryEntry(
        FULL, PersonId("anneliese"), world.clock.now(), "e1", "changed", "Sugar", changes
    )
    assert world.store.commit(FULL, [Unit(history=[entry])]) == [True]
    page = client.get("/app/people/anneliese").text
    assert "<ins>Sarah Okafor</ins>" in page
    assert ">sarah<" not in page
    told = client.get("/api/app/people/anneliese/history").json["items"][0]["changes"]
    assert [one["after_name"] for one in told] == ["Sarah Okafor", told[1]["after_name"], ""]
    assert told[1]["after_name"]
