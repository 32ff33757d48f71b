"""Whether somebody may be written to, and from where: asked before a mail is kept, and before it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from funnel.domain.consent.consent import Mark
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId, Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.mail.mail_addresses import wire_address
from funnel.domain.mail.mail_totals import is_marketing
from funnel.domain.mail.mails import CONFIRMS, Mail
from funnel.domain.mail.senders import MailSettings, why_unfit
from funnel.domain.people.erasure import address_mark
from funnel.domain.sync.pull_rules import is_active
from funnel.domain.sync.records import SugarRecord
from funnel.domain.text import fold_email
from funnel.usecases.app import App
from funnel.usecases.consent.change_consent import addresses_of
from funnel.usecases.living import all_living
from funnel.usecases.mail.exempt_lists import exempt_lists, exempted

NOBODY = "There is no such person any more."
NO_ADDRESS = "This person has no such address any more."
OPTED_OUT = "This address has opted out of email."
BOUNCES = "Mail to this address bounces: it is marked as invalid."
EXEMPT = "This person is on a Target List of Sugar whose members get no mail."


@dataclass(frozen=True, slots=True)
class Asked:
    """To whom and from where a mail is to go. `from_address` "" is that of the mail settings.

    With `confirms` its reader asked for it just now, by a form: an opt-out keeps it not back.
    With `user` it is to that user of Sugar: no person's consent is asked for, and `tells_of` is whom it
    tells of, if anybody. With `marketing` nobody
    on an exempt Target List gets it.
    """

    person_id: PersonId
    address: str
    from_address: str = ""
    user: SugarId = SugarId("")
    confirms: bool = False
    marketing: bool = False
    tells_of: PersonId = PersonId("")

    @classmethod
    def of(cls, mail: Mail) -> "Asked":
        """What a mail asks for."""
        return cls(
            mail.person_id,
            mail.address,
            mail.from_address,
            mail.user,
            CONFIRMS in mail.about,
            is_marketing(mail.about),
            mail.goes_with if mail.user else PersonId(""),
        )


def why_not(app: App, settings: MailSettings, asked: Asked) -> str:
    """Why this may not be sent, in plain words; "" if it may."""
    return Fitness(app, settings.tenant, [asked]).why_not(settings, asked)


class Barred:
    """Who of a tenant gets no mail, whoever is asked for: read once, when it is first wanted.

    Held for a turn of a worker. Who is erased meanwhile is nobody any more, which is asked for each.
    """

    def __init__(self, app: App, tenant: TenantId) -> None:
        self._app = app
        self._tenant = tenant

    @cached_property
    def erased(self) -> Mapping[str, bool]:
        """The marks of what was erased."""
        return self._app.records.erased(self._tenant)

    @cached_property
    def exempt(self) -> list[ListId]:
        """The Target Lists whose members get none."""
        return exempt_lists(self._app, self._tenant)


class Fitness:
    """What says whether these may be written to, read at once for all of them.

    `people` are who stands for each of those asked for by now.
    """

    def __init__(
        self, app: App, tenant: TenantId, asked: Sequence[Asked], barred: Barred | None = None
    ) -> None:
        self._app = app
        self._tenant = tenant
        barred = barred or Barred(app, tenant)
        people = [one for one in asked if not one.user]
        told = {one.tells_of for one in asked if one.tells_of}
        self.people = all_living(app, tenant, {one.person_id for one in people} | told)
        addresses = {fold_email(one.address) for one in people}
        self._consents = app.records.consents(tenant, addresses) if addresses else {}
        self._erased = barred.erased if addresses else {}
        marketing = {one.person_id for one in people if one.marketing} & self.people.keys()
        found = [self.people[one] for one in sorted(marketing)]
        self._exempt = exempted(app, tenant, barred.exempt, found) if found else set()

    def why_not(self, settings: MailSettings, asked: Asked) -> str:
        """Why this may not be sent, in plain words; "" if it may."""
        from_address = asked.from_address or settings.from_address
        return why_unfit(settings, from_address) or self.why_not_to(asked)

    def why_not_to(self, asked: Asked) -> str:
        """Why its reader may not be written to; "" if it may."""
        try:
            wire_address(asked.address)
        except InputInvalid as error:
            return error.text
        if asked.tells_of and asked.tells_of not in self.people:
            return NOBODY
        if asked.user:
            return why_not_to_user(user_at(self._app, self._tenant, asked.user), asked.address)
        person = self.people.get(asked.person_id)
        folded = fold_email(asked.address)
        if person is None or address_mark(self._tenant, folded) in self._erased:
            return NOBODY
        if folded not in addresses_of(person):
            return NO_ADDRESS
        consent = self._consents.get(folded)
        if consent is not None and consent.flag(Mark.OPT_OUT).value and not asked.confirms:
            return OPTED_OUT
        if consent is not None and consent.flag(Mark.INVALID).value:
            return BOUNCES
        return EXEMPT if asked.marketing and person.person_id in self._exempt else ""


def user_at(app: App, tenant: TenantId, user_id: SugarId) -> SugarRecord | None:
    """The User of Sugar with this id, as it was read."""
    key = RecordKey(Module.USERS, user_id)
    return app.records.records(tenant, [key]).get(key)


def address_of(user: SugarRecord) -> str:
    """The primary address of a User; "" for none."""
    return str(user.fields.get("email1") or "").strip()


def why_not_to_user(user: SugarRecord | None, address: str) -> str:
    """Why a User of Sugar is not written to at this address, in plain words; "" if it may be."""
    if user is None or not is_active(user):
        return "In Sugar, this user is inactive or deleted."
    if not address_of(user):
        return "Your User in Sugar has no email address."
    if fold_email(address_of(user)) != fold_email(address):
        return "In Sugar, this user has another address by now."
    try:
        wire_address(address)
    except InputInvalid as error:
        return error.text
    return ""
