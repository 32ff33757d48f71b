"""Make a few mails ready to go out: what they need is read at once for all of them."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.errors import Permanent, Transient
from funnel.domain.ids import TenantId
from funnel.domain.mail.mail_caps import Received, free_at
from funnel.domain.mail.mail_states import held, put_off, refused, waits_for_sender
from funnel.domain.mail.mail_totals import is_marketing
from funnel.domain.mail.mails import Mail
from funnel.domain.mail.senders import MailSettings, why_unfit
from funnel.usecases.app import App
from funnel.usecases.delivery.hold_mails import Holds
from funnel.usecases.mail.mail_cap import counted_ids, rows_of
from funnel.usecases.mail.mail_fitness import Asked, Barred, Fitness
from funnel.usecases.mail.render_mail import MailRenderer, RenderedMail
from funnel.usecases.mail.sender_domains import fresh_settings

logger = logging.getLogger(__name__)

OVER_CAP = "The frequency cap: this person had as much marketing mail as anybody gets."


@dataclass(frozen=True, slots=True)
class Ready:
    """A mail that may go now, and what its person received before it; None for what no cap counts.

    With `ends_trouble` it was told that no mail goes out, which is over once this one has.
    """

    mail: Mail
    rendered: RenderedMail
    received: Received | None
    ends_trouble: bool = False


class ReadyMails:
    """A few mails of a tenant, and all that decides what becomes of them."""

    def __init__(
        self,
        app: App,
        tenant: TenantId,
        renderer: MailRenderer,
        mails: Sequence[Mail],
        barred: Barred | None = None,
    ) -> None:
        self._app = app
        self._tenant = tenant
        self._renderer = renderer
        self._settings: dict[str, MailSettings] = {}
        self._contents = app.mails.mail_contents(tenant, [one.mail_id for one in mails])
        self._fitness = Fitness(app, tenant, [Asked.of(one) for one in mails], barred)
        self._holds = Holds(app, tenant, mails, self._fitness.people)
        marketing = [one.person_id for one in mails if is_marketing(one.about)]
        people = [self._fitness.people[one] for one in marketing if one in self._fitness.people]
        ids = {one for person in people for one in counted_ids(person)}
        self._received = app.mails.received(tenant, ids) if ids else {}

    def goes_out(self, mail: Mail) -> bool:
        """Whether its broadcast or campaign lets it go now."""
        try:
            return self._holds.stands_still(mail) is None
        except Permanent:
            # It is refused when it is made ready.
            return True

    def is_of_nobody(self, mail: Mail) -> bool:
        """Whether the person it goes with was not here when these were read."""
        return bool(mail.goes_with) and mail.goes_with not in self._fitness.people

    def made_ready(self, mail: Mail) -> Ready | Mail:
        """The mail as it goes out, or the mail that does not go now. One that is broken stops no other."""
        try:
            return self._holds.stands_still(mail) or self._unfit(mail) or self._rendered(mail)
        except Transient:
            raise
        except Permanent as error:
            return refused(mail, error.text)
        except Exception:
            logger.exception("not made ready", extra={"mail": mail.mail_id})
            return put_off(mail, self._app.clock.now(), "It could not be made ready.")

    def _unfit(self, mail: Mail) -> Mail | None:
        """The mail that may not go, or not now: by its sender, its reader, or the frequency cap."""
        now, settings = self._app.clock.now(), self._settings_for(mail)
        marketing = is_marketing(mail.about)
        unfit = why_unfit(settings, mail.from_address or settings.from_address)
        if unfit and marketing:
            # An admin may mend it while many wait.
            return waits_for_sender(mail, now, unfit)
        reason = unfit or self._fitness.why_not_to(Asked.of(mail))
        if reason:
            return refused(mail, reason)
        free = self._free_at(mail) if marketing else None
        if free is None:
            return None
        return held(mail, free, OVER_CAP) if mail.waits_for_cap else refused(mail, OVER_CAP)

    def _free_at(self, mail: Mail) -> datetime | None:
        person = self._fitness.people[mail.person_id]
        cap = self._settings_for(mail).cap
        return free_at(cap, rows_of(self._received, person), mail.mail_id, self._app.clock.now())

    def _rendered(self, mail: Mail) -> Ready | Mail:
        content = self._contents.get(mail.mail_id)
        if content is None:
            return refused(mail, "What it says is not here any more.")
        rendered = self._renderer.render(mail, content, self._settings_for(mail))
        received = None
        if is_marketing(mail.about):
            received = self._received[self._fitness.people[mail.person_id].person_id]
        troubled = self._settings_for(mail).trouble is not None
        return Ready(mail, rendered, received, troubled)

    def _settings_for(self, mail: Mail) -> MailSettings:
        address = mail.from_address
        if address not in self._settings:
            self._settings[address] = fresh_settings(self._app, self._tenant, address)
        return self._settings[address]
