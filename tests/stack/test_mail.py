"""A mail on the deployed stack: sent, opened, clicked, bounced, and left."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import requests

from funnel.adapters.dynamodb.tables import shard
from local.mailbox.pages import Message
from local.mailbox.server import messages
from tests.stack.scene import Json, Scene, eventually, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ADA = "ada@reader.example"
HTML = (
    '<p>Hello Ada, <a href="https://www.example.com/pricing">our prices</a></p>'
    '<script>alert(1)</script><p><a href="javascript:alert(1)">no</a></p>'
)


@pytest.fixture(scope="module")
def scene(stack: "Stack") -> Iterator[Scene]:
    """A tenant that may send mail."""
    with new_scene(stack, "mail") as made:
        made.allow_mail()
        yield made


def person(scene: Scene, email: str) -> str:
    new = {"key": email, "fields": {"last_name": "Brandt"}, "email": email}
    made = scene.funnel.json("POST", "/api/app/people", new)
    return str(made["person_id"])


def write(scene: Scene, person_id: str, email: str) -> str:
    """Twice, as a browser may."""
    new = {"key": "k1", "address": email, "subject": "Prices", "html": HTML}
    path = f"/api/app/people/{person_id}/mails"
    first, second = (scene.funnel.json("POST", path, new)["mail"]["mail_id"] for _ in range(2))
    assert first == second
    return str(first)


def mail(scene: Scene, mail_id: str) -> Json:
    found: Json = scene.funnel.json("GET", f"/api/app/mails/{mail_id}")["mail"]
    return found


def arrived(scene: Scene, email: str) -> list[Message]:
    return [one for one in messages(scene.stack.aws.url) if email in one["To"]]


def get(url: str, **more: str) -> requests.Response:
    headers = {"user-agent": FIREFOX, **more}
    return requests.get(url, headers=headers, timeout=60, allow_redirects=False)


def age(scene: Scene, mail_id: str) -> float:
    sent_at = datetime.fromisoformat(mail(scene, mail_id)["sent_at"])
    return (datetime.now(UTC) - sent_at).total_seconds()


def tell(scene: Scene, mail_id: str, kind: str, **more: Json) -> None:
    """What SES would put on the bus; the local one tells nothing by itself."""
    detail = {
        "eventType": kind,
        "mail": {
            "messageId": "0100",
            "tags": {
                "ses:configuration-set": ["funnel-local"],
                "tenant": [scene.tenant_id],
                "mail": [mail_id],
            },
        },
        **more,
    }
    event = {"Source": "aws.ses", "DetailType": f"Email {kind}", "Detail": json.dumps(detail)}
    told = scene.stack.client("events").put_events(Entries=[event])
    assert told["FailedEntryCount"] == 0


@pytest.mark.feature("D8")
def test_a_mail_is_sent_once_opened_clicked_and_left_and_that_is_seen(scene: Scene) -> None:
    ada = person(scene, ADA)
    mail_id = write(scene, ada, ADA)
    eventually("it is sent", lambda: mail(scene, mail_id)["state"] == "sent")
    (message,) = arrived(scene, ADA)
    html = message["BodyHtml"]
    assert "script" not in html
    assert "Strandgaten 1" in html
    assert "example.com" not in html
    assert "our prices" in message["BodyText"]
    (pixel,) = re.findall(r'<img src="([^"]+/m/o/[^"]+)"', html)
    (link,) = re.findall(r'href="([^"]+/m/c/[^"]+/1)"', html)
    (leave,) = re.findall(r'href="([^"]+/m/u/[^"]+)"', html)
    eventually("somebody can have read it", lambda: age(scene, mail_id) > 6)

    assert get(pixel).headers["content-type"] == "image/gif"
    assert get(link).headers["location"] == "https://www.example.com/pricing"
    assert get(link.removesuffix("1") + "2").status_code == 404
    assert requests.head(link, headers={"user-agent": FIREFOX}, timeout=60).status_code == 302
    assert get(leave).status_code == 200
    # Each is counted by itself, and any may be the first.
    counted = ("opens", "clicks", "machine_clicks")
    eventually(
        "all of it is counted",
        lambda: [mail(scene, mail_id)[one] for one in counted] == [1, 1, 1],
    )
    assert mail(scene, mail_id)["machine_opens"] == 0
    tell(scene, mail_id, "Send")
    tell(scene, mail_id, "Delivery", delivery={"timestamp": "2026-11-28T10:00:00.000Z"})

    for _ in range(2):
        one_click = requests.post(leave, {"List-Unsubscribe": "One-Click"}, timeout=60)
        assert one_click.status_code == 200
    path = f"/api/app/people/{ada}"
    eventually("she is unsubscribed", lambda: mail(scene, mail_id)["unsubscribed_at"] is not None)
    eventually(
        "her consent says so",
        lambda: scene.funnel.json("GET", path)["consents"][0]["opt_out"]["value"] is True,
    )
    refused = scene.funnel.call(
        "POST",
        f"{path}/mails",
        {"key": "k2", "address": ADA, "subject": "More", "html": "<p>More</p>"},
    )
    assert refused.status_code == 422
    assert "opted out" in refused.text
    assert len(arrived(scene, ADA)) == 1


@pytest.mark.feature("D8")
def test_a_bounce_that_ses_tells_marks_the_address(scene: Scene) -> None:
    email = "nobody@reader.example"
    nobody = person(scene, email)
    mail_id = write(scene, nobody, email)
    eventually("it is sent", lambda: mail(scene, mail_id)["state"] == "sent")
    bounce = {
        "feedbackId": "b1",
        "bounceType": "Permanent",
        "timestamp": "2026-11-28T10:00:00.000Z",
        "bouncedRecipients": [{"diagnosticCode": "smtp; 550 5.1.1 user unknown"}],
    }
    for _ in range(2):
        tell(scene, mail_id, "Bounce", bounce=bounce)
    eventually("it bounced", lambda: mail(scene, mail_id)["state"] == "bounced")
    assert "user unknown" in mail(scene, mail_id)["reason"]
    (consent,) = scene.funnel.json("GET", f"/api/app/people/{nobody}")["consents"]
    assert consent["invalid"]["value"] is True


@pytest.mark.feature("D8")
def test_a_mail_whose_worker_died_is_found_by_the_schedule_and_listed_as_unclear(
    scene: Scene,
) -> None:
    email = "cleo@reader.example"
    mail_id = write(scene, person(scene, email), email)
    eventually("it is sent", lambda: mail(scene, mail_id)["state"] == "sent")
    as_if_its_worker_had_died(scene, mail_id)
    assert scene.scheduled("mail")["rung"] >= 1
    eventually("it is unclear", lambda: mail(scene, mail_id)["state"] == "unclear")
    (listed,) = scene.funnel.json("GET", "/api/setup/mail/unclear")["items"]
    assert listed["mail_id"] == mail_id
    left = scene.funnel.json("POST", f"/api/setup/mail/unclear/{mail_id}/sent")
    assert left["items"] == []
    assert mail(scene, mail_id)["state"] == "sent"
    assert len(arrived(scene, email)) == 1


def as_if_its_worker_had_died(scene: Scene, mail_id: str) -> None:
    """Have the row as it is between claim and answer, half an hour later."""
    table, dynamodb = scene.physical("MailTable"), scene.stack.client("dynamodb")
    key = {"pk": {"S": f"{scene.tenant_id}#mail#{mail_id}"}, "sk": {"S": "mail"}}
    item = dynamodb.get_item(TableName=table, Key=key)["Item"]
    due_at = "2026-01-01T00:00:00.000000+00:00"
    body = json.loads(item["body"]["S"]) | {"state": "sending", "due_at": due_at, "sent_at": None}
    part = shard(scene.tenant_id)
    item |= {
        "body": {"S": json.dumps(body)},
        "due_pk": {"S": f"due#{part}"},
        "due_sk": {"S": f"{scene.tenant_id}#0#{due_at}#{mail_id}"},
    }
    dynamodb.put_item(TableName=table, Item=item)
