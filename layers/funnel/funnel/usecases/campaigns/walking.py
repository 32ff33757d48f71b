"""What steps need of the world while some people of one campaign are taken on, read once for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from funnel.domain.campaigns.campaigns import Campaign, StepId, Wait
from funnel.domain.campaigns.enrolments import (
    Change,
    Enrolment,
    EnrolmentState,
    What,
    come_to,
    counted,
    noted,
    over,
)
from funnel.domain.campaigns.waiting import wait_until, zone_of
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import InputInvalid, NotFound
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.campaigns.ask_ahead import AskAhead
from funnel.usecases.campaigns.walk_mails import WalkMails
from funnel.usecases.emails.render_email import EmailRenderer
from funnel.usecases.lists.settled_lists import Settling, is_nobodys, still_worked_out
from funnel.usecases.living import living


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why nobody can tell yet who is on a list, for people, and since when."""

    why: str
    since: datetime


@dataclass(slots=True)
class Walking:
    """One campaign at work. `mails` is the mail that these people had of it, or are to get."""

    app: App
    campaign: Campaign
    now: datetime
    zone: tzinfo
    mails: WalkMails
    _people: dict[PersonId, Person] = field(default_factory=dict)
    _renderers: dict[EmailId, EmailRenderer] = field(default_factory=dict)
    _unknown: dict[tuple[ListId, ...], Unknown | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        app: App,
        campaign: Campaign,
        some: Iterable[Enrolment],
        ahead: AskAhead | None = None,
    ) -> "Walking":
        """With the people of these walks."""
        walks = tuple(some)
        ids = (one.person_id for one in walks if one.person_id)
        return cls.for_people(app, campaign, ids, walks, ahead)

    @classmethod
    def for_people(
        cls,
        app: App,
        campaign: Campaign,
        ids: Iterable[PersonId],
        walks: Iterable[Enrolment] = (),
        ahead: AskAhead | None = None,
    ) -> "Walking":
        """With these people."""
        wanted = sorted(set(ids))
        people = app.records.people(campaign.tenant, wanted) if wanted else {}
        now, zone = app.clock.now(), zone_of(campaign.timezone)
        mails = WalkMails(app, campaign, walks, people, now, ahead)
        return cls(app, campaign, now, zone, mails, _people=people)

    @property
    def tenant(self) -> TenantId:
        """Whose campaign it is."""
        return self.campaign.tenant

    def person(self, person_id: PersonId) -> Person | None:
        """Who stands for this id now; None for nobody any more."""
        found = self._people.get(person_id)
        if found is not None and not found.merged_into:
            return None if found.erased else found
        return living(self.app, self.tenant, person_id)

    def renderer(self, email_id: EmailId) -> EmailRenderer:
        """What makes this email. Raises `NotFound`."""
        if email_id not in self._renderers:
            email = self.app.emails.email(self.tenant, email_id)
            if email is None:
                raise NotFound("The email is not there any more.")
            self._renderers[email_id] = EmailRenderer(self.app, self.mails.settings, email)
        return self._renderers[email_id]

    def being_worked_out(self, lists: Sequence[ListId]) -> Unknown | None:
        """Why it is not known yet who is on these; None where it is.

        Raises `NotFound` for one that is gone, and `InputInvalid` for a segment that is out of use.
        """
        asked = tuple(lists)
        if asked and asked not in self._unknown:
            self._unknown[asked] = _unknown_of(self.app, self.tenant, asked)
        return self._unknown.get(asked)

    def goes_on(
        self,
        one: Enrolment,
        what: What,
        note: str = "",
        *,
        otherwise: bool = False,
        skipped: bool = False,
    ) -> Change:
        """Its step is done, and it comes to the next: of a branch by its yes, or `otherwise` by its no."""
        step = self.campaign.steps[one.step]
        yes, no = what is What.YES, what is What.NO
        done = noted(counted(one, yes=yes, no=no, skipped=skipped), self.now, what, note)
        target = step.otherwise if otherwise else step.next
        return Change(one, self.comes_to(done, target) if target else self.is_through(done))

    def comes_to(self, one: Enrolment, target: StepId) -> Enrolment:
        """It comes to a step, where it may have to wait."""
        step = self.campaign.steps.get(target)
        due_at = self.now
        if step is not None and isinstance(step.action, Wait):
            due_at = wait_until(step.action, self.now, self.zone)
        return come_to(one, target, self.now, due_at)

    def is_through(self, one: Enrolment) -> Enrolment:
        """It has come to the end."""
        return over(one, EnrolmentState.THROUGH, self.now)


def _unknown_of(app: App, tenant: TenantId, asked: Sequence[ListId]) -> Unknown | None:
    found = app.lists.lists(tenant, asked)
    if not set(asked) <= set(found):
        raise NotFound("A list that it asks for is not here any more.", mend="Change the step.")
    if gone := [one for one in found.values() if is_nobodys(one)]:
        text = f"The segment “{gone[0].name}”, which it asks for, is not in use any more."
        raise InputInvalid(text, mend="Take it back into use, or change the step.")
    settling = Settling(app, tenant)
    waits_for = settling.unsettled(found.values())
    if not waits_for:
        return None
    return Unknown(still_worked_out(waits_for), max(map(settling.since, waits_for)))
