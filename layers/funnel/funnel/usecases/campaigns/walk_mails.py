"""What mail some people of one campaign had from it and may get, read at once, and what is asked for now."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from funnel.domain.campaigns.campaigns import Asks, Branch, Campaign, SendEmail
from funnel.domain.campaigns.enrolments import Change, Enrolment, EnrolmentId, failed
from funnel.domain.errors import FunnelError
from funnel.domain.ids import PersonId
from funnel.domain.mail.mails import Mail, MailDraft, MailId, mail_id_of
from funnel.domain.mail.senders import MailSettings
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.campaigns.ask_ahead import AskAhead
from funnel.usecases.mail.mail_cap import may_mail_at
from funnel.usecases.mail.mail_fitness import Asked, Fitness
from funnel.usecases.mail.send_mail import request_mails

logger = logging.getLogger(__name__)

OURS = "Something went wrong that we have to mend; the log says what."


class WalkMails:
    """The mails of those who stand at a step that sends one or asks about one, read when one is asked for.

    `settings` are the tenant's mail settings, `ahead` says whether more may be asked for. Drafts are
    kept, and asked for together by `ask`.
    """

    def __init__(
        self,
        app: App,
        campaign: Campaign,
        walks: Iterable[Enrolment],
        people: Mapping[PersonId, Person],
        now: datetime,
        ahead: AskAhead | None = None,
    ) -> None:
        self._app = app
        self.ahead = ahead or AskAhead(app, campaign.tenant)
        self._campaign = campaign
        self._walks = tuple(walks)
        self._people = people
        self._now = now
        self._settings: MailSettings | None = None
        self._mails: dict[MailId, Mail] | None = None
        self._fitness: Fitness | None = None
        self._free: dict[PersonId, datetime] = {}
        self._drafts: dict[EnrolmentId, MailDraft] = {}

    @property
    def settings(self) -> MailSettings:
        """The tenant's mail settings."""
        if self._settings is None:
            self._settings = self._app.mails.mail_settings(self._campaign.tenant)
        return self._settings

    def mail(self, mail_id: MailId) -> Mail | None:
        """A mail of this campaign, asked for before."""
        if self._mails is None:
            wanted = set(filter(None, map(self._wanted, self._walks)))
            self._mails = self._app.mails.mails(self._campaign.tenant, wanted | {mail_id})
        elif mail_id not in self._mails and mail_id not in map(self._wanted, self._walks):
            return self._app.mails.mail(self._campaign.tenant, mail_id)
        return self._mails.get(mail_id)

    def why_not(self, person: Person) -> str:
        """Why the person may get no mail at its first address, in plain words; "" if it may."""
        self._look()
        assert self._fitness is not None
        return self._fitness.why_not_to(Asked(person.person_id, person.emails[0], marketing=True))

    def free_at(self, person: Person) -> datetime | None:
        """When the frequency cap lets the person get one; None for now."""
        self._look()
        return self._free.get(person.person_id)

    def draft(self, one: Enrolment, draft: MailDraft) -> None:
        """Have it asked for with the others."""
        self._drafts[one.enrolment_id] = draft

    @property
    def asked(self) -> bool:
        """Whether any mail was asked for, so that somebody rings."""
        return bool(self._drafts)

    def ask(self, changes: Sequence[Change]) -> list[Change]:
        """Ask for all drafts. Whose mail cannot be kept stays at its step, to be tried again later."""
        if not self._drafts:
            return list(changes)
        tenant = self._campaign.tenant
        ids = {own: mail_id_of(tenant, draft.key) for own, draft in self._drafts.items()}
        try:
            told = request_mails(self._app, self.settings, list(self._drafts.values()))
        except FunnelError as error:
            told = dict.fromkeys(ids.values(), f"{error.text} {error.mend}".strip())
        except Exception:
            logger.exception("mails not asked for together")
            told = {ids[own]: self._alone(draft) for own, draft in self._drafts.items()}
        why = {own: told[mail_id] for own, mail_id in ids.items()}
        return [self._kept(change, why.get(change.after.enrolment_id, "")) for change in changes]

    def _alone(self, draft: MailDraft) -> str:
        """Why it cannot be kept. One that the store does not take stops no other."""
        try:
            return next(iter(request_mails(self._app, self.settings, [draft]).values()))
        except FunnelError as error:
            return f"{error.text} {error.mend}".strip()
        except Exception:
            logger.exception("mail not asked for", extra={"key": draft.key})
            return OURS

    def _kept(self, change: Change, why: str) -> Change:
        if not why or change.before is None:
            return change
        return Change(change.before, failed(change.before, self._now, why))

    def _wanted(self, one: Enrolment) -> MailId | None:
        step = self._campaign.steps.get(one.step)
        match step.action if step else None:
            case SendEmail():
                return one.mail_id()
            case Branch(asks=Asks.OPENED | Asks.CLICKED, sent_at=sent_at):
                return one.mail_id(sent_at)
        return None

    def _look(self) -> None:
        """Consent, and what each received lately, of all who stand at an email."""
        if self._fitness is not None:
            return
        sends = {
            i for i, step in self._campaign.steps.items() if isinstance(step.action, SendEmail)
        }
        ids = {one.person_id for one in self._walks if one.step in sends}
        found = [self._people[one] for one in sorted(ids & self._people.keys())]
        people = [one for one in found if one.emails and not one.erased and not one.merged_into]
        asked = [Asked(one.person_id, one.emails[0], marketing=True) for one in people]
        tenant = self._campaign.tenant
        self._fitness = Fitness(self._app, tenant, asked, self.ahead.barred)
        self._free = may_mail_at(self._app, tenant, self.settings.cap, people, self._now)
