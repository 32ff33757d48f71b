"""Send an email to users of the tenant as a test: marked, counted nowhere, and with nothing to follow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import InputInvalid, MailRefused, NotFound, TooManyTries
from funnel.domain.ids import Module, PersonId, SugarId, TenantId
from funnel.domain.mail.mail_addresses import LONGEST_SUBJECT
from funnel.domain.mail.mails import TEST, mail_id_of
from funnel.domain.sync.pull_rules import is_active
from funnel.usecases.app import App
from funnel.usecases.emails.keep_emails import email_of
from funnel.usecases.emails.render_email import EmailRenderer
from funnel.usecases.living import living
from funnel.usecases.mail.mail_fitness import address_of, user_at
from funnel.usecases.mail.send_mail import request_mail, ring_for_mail

MOST_AT_ONCE = 5
MOST_AN_HOUR = 30
"""Test mails of a tenant."""

MOST_USERS = 200
MARK = "[Test] "
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Tester:
    """A user that a test can be sent to."""

    user_id: SugarId
    name: str
    address: str
    is_me: bool


@dataclass(frozen=True, slots=True)
class SentTest:
    """To which addresses a test is on its way."""

    addresses: tuple[str, ...]


def readers_of_tests(app: App, tenant: TenantId, me: str) -> tuple[Tester, ...]:
    """Active users of the tenant that have an address; first `me`, the user name of who asks."""
    found: list[Tester] = []
    cursor = ""
    while len(found) < MOST_USERS:
        page = app.records.list_records(tenant, Module.USERS, "", 100, cursor)
        for one in page.items:
            if is_active(one) and address_of(one):
                is_me = me in (one.name, str(one.fields.get("user_name") or ""))
                found.append(Tester(one.key.sugar_id, one.name, address_of(one), is_me))
        cursor = page.cursor
        if not cursor:
            break
    return tuple(sorted(found, key=lambda one: not one.is_me))


def send_test(
    app: App,
    tenant: TenantId,
    email_id: EmailId,
    key: str,
    to: Sequence[SugarId],
    person_id: PersonId | None = None,
) -> SentTest:
    """Have it sent, once for each `key`, filled in as for this person, or for nobody known.

    Raises `NotFound`, `InputInvalid`, `MailRefused` where a user cannot be written to, and `TooManyTries`
    where too many tests were sent within the hour.
    """
    wanted = list(dict.fromkeys(one for one in to if one))
    if not key:
        raise InputInvalid("A key is needed, so that it is sent once.", field="key")
    if not wanted:
        raise InputInvalid("Choose who is to get it.", field="to")
    if len(wanted) > MOST_AT_ONCE:
        raise InputInvalid(f"At most {MOST_AT_ONCE} at once.", field="to")
    email = email_of(app, tenant, email_id)
    renderer = EmailRenderer(app, app.mails.mail_settings(tenant), email)
    person = living(app, tenant, person_id) if person_id else None
    if person_id and person is None:
        raise NotFound("There is no such person.")
    seen = renderer.to_person(person) if person else renderer.to_nobody()
    addresses = {one: _address(app, tenant, one) for one in wanted}
    keys = {one: f"test {email_id} {key} {one}" for one in wanted}
    known = app.mails.mails(tenant, [mail_id_of(tenant, one) for one in keys.values()])
    _count(app, tenant, len(wanted) - len(known))
    subject = f"{MARK}{seen.subject}"[:LONGEST_SUBJECT]
    for user, address in addresses.items():
        about = {TEST: "yes", "email": email_id}
        draft = seen.draft(keys[user], PersonId(""), address, about)
        draft = replace(draft, subject=subject, user=user, is_urgent=True)
        request_mail(app, tenant, draft, ring=False)
    ring_for_mail(app, tenant)
    return SentTest(tuple(addresses.values()))


def _address(app: App, tenant: TenantId, user_id: SugarId) -> str:
    user = user_at(app, tenant, user_id)
    address = address_of(user) if user is not None and is_active(user) else ""
    if not address:
        raise MailRefused("One of them is no active user with an email address any more.")
    return address


def _count(app: App, tenant: TenantId, mails: int) -> None:
    now = app.clock.now()
    hour = f"test mails {now:%Y-%m-%dT%H}"
    if mails and app.sites.count_try(tenant, hour, now + 2 * _HOUR, mails) > MOST_AN_HOUR:
        raise TooManyTries(
            f"{MOST_AN_HOUR} test mails were sent within the hour.", mend="Try again in an hour."
        )
