"""What mail costs: requests to the store for each step, the same however much mail there is."""

from collections.abc import Callable

import pytest

from funnel.adapters.dynamodb import DynamoStore
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.mail.mails import MailDraft, Sight
from funnel.domain.tracking.activities import ActivityKind
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.app import App
from funnel.usecases.delivery.deliver_mails import deliver_mails
from funnel.usecases.mail.send_mail import request_mail
from funnel.usecases.mail.sender_domains import add_sender_domain, change_mail_settings
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.tracking.accept_hits import Sender
from funnel.usecases.tracking.accept_sight import Request, accept_click
from funnel.usecases.tracking.record_sight import record_sight
from tests.contract.storage.conftest import Server
from tests.contract.storage.counting import requests
from tests.fakes.files import MemoryFiles
from tests.fakes.mailer import MemoryMailer, PlainCleaner
from tests.fakes.system import FakeClock, FakeIds, MemoryQueue, MemorySecrets

REP = SugarId("u1")
ANN = "ann@example.test"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def app(dynamodb_local: Server, most_rows: int) -> App:
    clock = FakeClock()
    store = DynamoStore(dynamodb_local.tables, dynamodb_local.client, transaction=most_rows)
    return App.over(
        store,
        secrets=MemorySecrets(),
        files=MemoryFiles(),
        queue=MemoryQueue(clock),
        clock=clock,
        ids=FakeIds(),
        mailer=MemoryMailer(verified={"sender.test"}),
        cleaner=PlainCleaner(),
        public_url="https://funnel.example.test",
    )


@pytest.mark.parametrize("backend", ["dynamodb-local"])
def test_each_step_of_a_mail_takes_so_many_requests_and_no_more_when_there_is_much(
    backend: str, app: App, dynamodb_local: Server, new_tenant: Callable[[], TenantId]
) -> None:
    tenant = new_tenant()
    add_sender_domain(app, tenant, "sender.test")
    change_mail_settings(
        app, tenant, name="S", address="s@sender.test", postal="Street", label="", by="Ann"
    )
    ann = create_person(app, tenant, NewPerson({"last_name": "Ott"}, ANN, "Bea"), "k").person_id
    html = '<p><a href="https://a.test/">a</a></p>'

    def cost(key: str) -> list[int]:
        draft = MailDraft(key, ann, ANN, "Hello", html, sender=REP)
        counts = []
        with requests(dynamodb_local) as made:
            mail_id = request_mail(app, tenant, draft)
        counts.append(made.total())
        with requests(dynamodb_local) as made:
            deliver_mails(app, SendMails(tenant), "worker", lambda: 600.0)
        counts.append(made.total())
        mail = app.mails.mail(tenant, mail_id)
        assert mail is not None
        assert mail.message_id
        with requests(dynamodb_local) as made:
            accept_click(app, mail.token, "1", Request(Sender("192.0.2.7", FIREFOX)))
        counts.append(made.total())
        app.clock.sleep(600)
        kind = ActivityKind.EMAIL_OPEN
        sight = Sight(mail_id, f"s-{key}", kind, app.clock.now(), "192.0.2.7", FIREFOX)
        record_sight(app, tenant, sight)
        app.clock.sleep(600)
        again = Sight(mail_id, f"t-{key}", kind, app.clock.now(), "192.0.2.7", FIREFOX)
        with requests(dynamodb_local) as made:
            record_sight(app, tenant, again)
        counts.append(made.total())
        with requests(dynamodb_local) as made:
            app.mails.mails_of_sender(tenant, REP, 10)
        counts.append(made.total())
        return counts

    first = cost("k0")
    for number in range(1, 30):
        request_mail(app, tenant, MailDraft(f"k{number}", ann, ANN, "Hello", html, sender=REP))
    deliver_mails(app, SendMails(tenant), "worker", lambda: 600.0)
    last = cost("last")
    assert first == last
    asking, sending, answering, _, listing = last
    assert (asking, sending, answering, listing) == (6, 14, 2, 1)
