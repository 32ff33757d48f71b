"""Mail to SES, what SES answers, and what it tells later."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from funnel.adapters.ses import SesMailer, heard_from_event
from funnel.adapters.ses.mime import mime_of
from funnel.domain.errors import FunnelError, MailBusy, MailRefused, MailUnclear, NotAllowed
from funnel.domain.ids import TenantId
from funnel.domain.mail.mails import Happened, MailId
from funnel.ports.mailer import Outgoing

EVENTS = Path(__file__).resolve().parents[3] / "events"
TENANT = TenantId("acme")
OUT = Outgoing(
    TENANT,
    MailId("m1"),
    2,
    "Zoë Müller",
    "zoe@xn--mller-kva.example",
    "ann@example.com",
    "reply@example.org",
    "Grüße aus Tromsø",
    "<p>Hällo <b>you</b></p>" + "x" * 2000,
    "Hällo you",
    "https://f.test/m/u/t",
)


class Client:
    """Answers as it is told, and remembers what it was asked."""

    def __init__(self, **answers: object) -> None:
        self._answers = answers
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        def call(**arguments: Any) -> Any:
            self.asked.append((name, arguments))
            answer = self._answers[name]
            if isinstance(answer, list):
                answer = answer.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return call


def failed(code: str, status: int = 400, text: str = "why") -> ClientError:
    return ClientError(
        {"Error": {"Code": code, "Message": text}, "ResponseMetadata": {"HTTPStatusCode": status}},
        "SendEmail",
    )


def test_a_mail_has_both_parts_and_what_unsubscribes_by_one_click() -> None:
    made = message_from_bytes(mime_of(OUT), policy=default)
    assert made["From"] == "Zoë Müller <zoe@xn--mller-kva.example>"
    assert (made["To"], made["Reply-To"]) == ("ann@example.com", "reply@example.org")
    assert made["Subject"] == "Grüße aus Tromsø"
    assert made["List-Unsubscribe"] == "<https://f.test/m/u/t>"
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = made.get_body(("plain",)), made.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().strip() == "Hällo you"
    assert html.get_content().strip() == OUT.html
    assert max(len(line) for line in mime_of(OUT).split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "a\nBcc: x@y.test"},
        {"from_name": "a\r\nBcc: x@y.test"},
        {"to_address": "a@b.test\nBcc: x@y.test"},
        {"unsubscribe_url": "https://f.test\nX: y"},
    ],
)
def test_a_line_break_in_a_header_sends_nothing(changes: Mapping[str, str]) -> None:
    client = Client(send_email={"MessageId": "0100"})
    values = {name: getattr(OUT, name) for name in OUT.__dataclass_fields__}
    with pytest.raises(MailRefused):
        SesMailer("set", client).send(Outgoing(**{**values, **changes}))
    assert client.asked == []


def test_a_mail_goes_with_tags_that_lead_its_events_back() -> None:
    client = Client(send_email={"MessageId": "0100"})
    assert SesMailer("set", client).send(OUT) == "0100"
    ((_, asked),) = client.asked
    tags = {one["Name"]: one["Value"] for one in asked["EmailTags"]}
    assert tags == {"mail": "m1", "tenant": "acme", "attempt": "2"}
    assert asked["ConfigurationSetName"] == "set"
    assert asked["Destination"] == {"ToAddresses": ["ann@example.com"]}
    assert asked["FromEmailAddress"].isascii()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (failed("TooManyRequestsException", 429), MailBusy),
        (failed("LimitExceededException"), MailBusy),
        (failed("SendingPausedException"), MailBusy),
        (failed("AccountSuspendedException"), MailBusy),
        (failed("AccessDeniedException", 403), MailBusy),
        (failed("SomethingNew", 429), MailBusy),
        (EndpointConnectionError(endpoint_url="https://ses.test"), MailBusy),
        (failed("MessageRejected"), MailRefused),
        (failed("MailFromDomainNotVerifiedException"), MailRefused),
        (failed("BadRequestException"), MailRefused),
        (failed("InternalFailure", 500), MailUnclear),
        (failed("ServiceUnavailable", 503), MailUnclear),
        (ReadTimeoutError(endpoint_url="https://ses.test"), MailUnclear),
    ],
)
def test_what_ses_says_tells_whether_the_mail_can_have_gone_out(
    error: Exception, kind: type[FunnelError]
) -> None:
    with pytest.raises(kind) as raised:
        SesMailer("set", Client(send_email=error)).send(OUT)
    assert raised.value.text


def test_a_lost_answer_is_not_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    client = SesMailer("set")._client
    assert client.meta.config.retries["total_max_attempts"] == 1


IDENTITY = {
    "VerifiedForSendingStatus": False,
    "VerificationStatus": "PENDING",
    "DkimAttributes": {"Tokens": ["t1", "t2"], "Status": "PENDING"},
    "Tags": [{"Key": "funnel-tenant", "Value": "acme"}],
}


def test_a_domain_is_added_with_its_owner_and_says_which_records_to_enter() -> None:
    client = Client(
        get_email_identity=[failed("NotFoundException", 404), IDENTITY], create_email_identity={}
    )
    state = SesMailer("set", client).add_domain(TENANT, "example.com")
    assert (state.verified, state.status) == (False, "PENDING")
    assert state.records[0] == ("t1._domainkey.example.com", "t1.dkim.amazonses.com")
    assert client.asked[1][1]["Tags"] == IDENTITY["Tags"]


@pytest.mark.parametrize("tags", [[], [{"Key": "funnel-tenant", "Value": "other"}]])
def test_a_domain_of_somebody_else_is_nobodys_to_take(tags: list[dict[str, str]]) -> None:
    client = Client(get_email_identity={**IDENTITY, "Tags": tags})
    with pytest.raises(NotAllowed):
        SesMailer("set", client).add_domain(TENANT, "example.com")


def test_of_two_who_add_a_domain_at_once_one_has_it() -> None:
    client = Client(
        get_email_identity=[
            failed("NotFoundException", 404),
            {**IDENTITY, "Tags": [{"Key": "funnel-tenant", "Value": "other"}]},
        ],
        create_email_identity=failed("AlreadyExistsException"),
    )
    with pytest.raises(NotAllowed):
        SesMailer("set", client).add_domain(TENANT, "example.com")


def test_a_domain_is_known_or_not_or_cannot_be_told() -> None:
    mailer = SesMailer("set", Client(get_email_identity=failed("NotFoundException", 404)))
    assert mailer.domain("example.com") is None
    mailer = SesMailer("set", Client(get_email_identity=failed("TooManyRequestsException", 429)))
    with pytest.raises(MailBusy):
        mailer.domain("example.com")


def event(kind: str, **more: object) -> str:
    body = json.loads(json.loads((EVENTS / "mail.bounced.json").read_text())["Records"][0]["body"])
    body["detail"] = {"eventType": kind, "mail": body["detail"]["mail"], **more}
    return json.dumps(body)


def test_a_bounce_names_the_mail_and_why() -> None:
    body = json.loads((EVENTS / "mail.bounced.json").read_text())["Records"][0]["body"]
    told = heard_from_event(body)
    assert told is not None
    assert told.mail_id == "6f1c0d0a-8d0e-4c53-8a55-6b1f7a3f0b11"
    assert told.heard.what is Happened.BOUNCE
    assert told.heard.at == datetime(2026, 11, 24, 10, 37, 13, tzinfo=UTC)
    assert "550 5.1.1 user unknown" in told.heard.detail


@pytest.mark.parametrize(
    ("kind", "more", "what"),
    [
        ("Send", {"send": {}}, Happened.SENT),
        ("Delivery", {"delivery": {"timestamp": "2026-11-24T10:00:00.000Z"}}, Happened.DELIVERED),
        ("Reject", {"reject": {"reason": "Bad content"}}, Happened.REJECTED),
        ("Bounce", {"bounce": {"bounceType": "Transient"}}, Happened.SOFT_BOUNCE),
        ("Bounce", {"bounce": {"bounceType": "Undetermined"}}, Happened.SOFT_BOUNCE),
        ("Bounce", {"bounce": {"bounceType": "Permanent"}}, Happened.BOUNCE),
        ("Complaint", {"complaint": {"complaintFeedbackType": "abuse"}}, Happened.COMPLAINT),
    ],
)
def test_each_kind_of_event_is_understood(
    kind: str, more: dict[str, object], what: Happened
) -> None:
    told = heard_from_event(event(kind, **more))
    again = heard_from_event(event(kind, **more))
    assert told is not None
    assert told == again
    assert told.heard.what is what
    assert told.heard.event_id


def test_an_event_without_our_tags_or_of_another_kind_is_of_no_mail() -> None:
    other = heard_from_event(event("Open", open={}))
    assert other is not None
    assert (other.tenant, other.mail_id) == ("", "")
    body = json.loads(event("Send"))
    del body["detail"]["mail"]["tags"]
    untagged = heard_from_event(json.dumps(body))
    assert untagged is not None
    assert untagged.mail_id == ""


def test_what_is_no_event_is_left_to_others_and_a_broken_one_refused() -> None:
    assert heard_from_event('{"type": "send_mails", "tenant": "acme"}') is None
    broken = [
        {"detail-type": "x", "source": "aws.ec2", "detail": {}},
        {"detail-type": "x", "source": "aws.ses", "detail": {}},
        {"detail-type": "x"},
    ]
    for body in broken:
        with pytest.raises(ValueError, match="SES"):
            heard_from_event(json.dumps(body))
