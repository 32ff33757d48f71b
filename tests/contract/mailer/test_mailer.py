"""The mail service in memory, and SES's API as the emulator has it, behind one port."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from botocore.session import get_session

from funnel.adapters.ses import SesMailer
from funnel.domain.errors import NotAllowed
from funnel.domain.ids import TenantId
from funnel.domain.mail.mails import MailId
from funnel.ports.mailer import Mailer, Outgoing
from local.mailbox.server import messages
from local.stack.aws import ACCOUNT, REGION
from tests.contract.storage import servers
from tests.fakes.mailer import MemoryMailer

A, B = TenantId("tenant-a"), TenantId("tenant-b")
OUT = Outgoing(
    A, MailId("m1"), 1, "Zoë", "zoe@sender.example", "ann@reader.example", "", "Grüße",
    "<p>Hällo</p>", "Hällo", "https://f.test/m/u/t",
)  # fmt: skip
Arrived = Callable[[], list[str]]


@pytest.fixture(scope="module")
def aws_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.ministack(tmp_path_factory.mktemp("ses")) as url:
        yield url


@pytest.fixture(params=["memory", "ministack"])
def service(request: pytest.FixtureRequest) -> tuple[Mailer, Arrived]:
    """The mailer, and the subjects of what arrived by it."""
    if request.param == "memory":
        memory = MemoryMailer(verified={"sender.example"})
        return memory, lambda: [one.subject for one in memory.sent]
    url: str = request.getfixturevalue("aws_url")
    keys = {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "local"}
    client = get_session().create_client("sesv2", endpoint_url=url, region_name=REGION, **keys)
    return SesMailer("funnel-test", client), lambda: [one["Subject"] for one in messages(url)]


def test_a_domain_is_the_tenants_who_added_it_first(service: tuple[Mailer, Arrived]) -> None:
    mailer, _ = service
    assert mailer.domain("sender.example") is None
    added = mailer.add_domain(A, "sender.example")
    assert (added.domain, added.verified) == ("sender.example", True)
    assert mailer.add_domain(A, "sender.example") == added == mailer.domain("sender.example")
    with pytest.raises(NotAllowed):
        mailer.add_domain(B, "sender.example")


def test_a_mail_arrives_once_under_an_id(service: tuple[Mailer, Arrived]) -> None:
    mailer, arrived = service
    before = len(arrived())
    assert mailer.send(OUT)
    assert mailer.send(replace(OUT, subject="Another")) != ""
    assert arrived()[before:] == ["Grüße", "Another"]
