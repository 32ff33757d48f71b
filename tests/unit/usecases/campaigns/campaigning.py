"""A tenant with an email, people and a campaign, over a world in memory; the clock brings the ticks."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from funnel.domain.campaigns.campaigns import (
    NOWHERE,
    Action,
    Branch,
    Campaign,
    Comes,
    SendEmail,
    SendingWindow,
    Start,
    Step,
    StepId,
)
from funnel.domain.campaigns.enrolments import (
    PARTS,
    Enrolment,
    Numbers,
    StepNumbers,
    numbers_of,
    step_numbers,
)
from funnel.domain.emails.emails import EmailId
from funnel.domain.forms.forms import Form, Widget
from funnel.domain.ids import ListId, PersonId
from funnel.domain.mail.mails import Mail
from funnel.domain.sync.records import Person, Unit
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.bells.ask_relist import ask_people, ask_rescore
from funnel.usecases.campaigns.keep_campaigns import CampaignDraft, add_campaign, start_campaign
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.emails.keep_emails import EmailWords, add_email
from funnel.usecases.forms.keep_forms import FieldWords, FormWords, add_form
from funnel.usecases.lists.keep_lists import make_list, put_on_list
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.tracking.keep_sites import add_site
from tests.fakes.world import TENANT, World
from tests.unit.usecases.mail.mailing import Mailing

SEND, WAIT, ASK, NEXT, LAST = map(StepId, ("send", "wait", "ask", "next", "last"))
BODY = '<p>Hi, see <a href="https://www.example.com/price">this</a></p>'


def steps_of(actions: Mapping[str, Action], *, no: str = "") -> dict[StepId, Step]:
    """Steps in a row; a branch's no leads to `no`."""
    ids = list(map(StepId, actions))
    found = {}
    for own, action, after in zip(ids, actions.values(), [*ids[1:], NOWHERE], strict=True):
        otherwise = StepId(no) if isinstance(action, Branch) else NOWHERE
        found[own] = Step(own, action, after, otherwise, own.title())
    return found


@dataclass
class Campaigning:
    """The world, and what a test does with a campaign."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.mailing = Mailing(self.world)
        self.app, self.store, self.clock = self.world.app, self.world.store, self.world.clock
        words = EmailWords("Offer", "Hi {{first_name|there}}", BODY)
        self.email: EmailId = add_email(self.app, TENANT, "offer", words, "Mo").email.email_id
        self.list: ListId = make_list(self.app, TENANT, "trial", "Trial", "Mo").list_id
        self.ann = self.mailing.ann

    @property
    def send(self) -> SendEmail:
        """The action that sends the email."""
        return SendEmail(self.email)

    def person(self, email: str) -> PersonId:
        """One more person."""
        new = NewPerson({"last_name": email.partition("@")[0].title() or "Nobody"}, email, "Bea")
        return create_person(self.app, TENANT, new, email or "nobody").person_id

    def form(self, name: str = "Trial") -> Form:
        """A form on a site of the tenant."""
        site = add_site(self.app, TENANT, name, [f"{name.lower()}.example"], "Mo")
        fields = (FieldWords("email", "Address", Widget.EMAIL),)
        return add_form(self.app, TENANT, name, FormWords(site.key, name, fields), "Mo")

    def opt_out(self, person_id: PersonId, email: str) -> None:
        """It wants no more mail."""
        unsubscribe(self.app, TENANT, person_id, email, Said("Mo", "asked"))

    def merge(self, lost: PersonId, kept: PersonId) -> None:
        """They were one and the same: what is the first's is the second's from now on."""
        gone, stays = self.person_row(lost), self.person_row(kept)
        took_in = dict.fromkeys((*stays.took_in, *gone.took_in, lost))
        took_in.pop(kept, None)
        self._write(replace(gone, merged_into=kept), replace(stays, took_in=tuple(took_in)))

    def part(self, one: PersonId) -> None:
        """It is somebody of its own again."""
        gone = self.person_row(one)
        kept = self.person_row(gone.merged_into)
        took_in = tuple(i for i in kept.took_in if i != one)
        self._write(replace(gone, merged_into=PersonId("")), replace(kept, took_in=took_in))

    def _write(self, *people: Person) -> None:
        """As the pull does, with lists and scores to follow."""
        ids = [one.person_id for one in people]
        assert self.store.commit(TENANT, [Unit(people=list(people))]) == [True]
        ask_people(self.app.queue, TENANT, ids)
        ask_rescore(self.app.queue, TENANT, ids)

    def draft(
        self,
        steps: Mapping[StepId, Step],
        *,
        start: Start | None = None,
        window: SendingWindow | None = None,
        timezone: str = "UTC",
    ) -> CampaignDraft:
        """Who is on the list walks along these."""
        comes = start or Start(Comes.LIST, self.list)
        return CampaignDraft("Trial", comes, next(iter(steps)), steps, timezone, window)

    def run(self, draft: CampaignDraft, key: str = "k") -> Campaign:
        """The campaign, started; whoever is on the list has come in."""
        made = add_campaign(self.app, TENANT, key, draft, "Mo")
        started = start_campaign(self.app, TENANT, made.campaign_id, made.version, "Mo")
        self.work()
        return started

    def run_without_mail(self, draft: CampaignDraft, key: str = "k") -> Campaign:
        """The campaign, started; whoever is on the list has come in, and no mail goes out meanwhile."""
        made = add_campaign(self.app, TENANT, key, draft, "Mo")
        started = start_campaign(self.app, TENANT, made.campaign_id, made.version, "Mo")
        while (message := self.world.queue.pop()) is not None:
            if not isinstance(message, SendMails):
                self.world.handle(message)
        return started

    def on_list(self, *people: PersonId) -> None:
        """Put these on the list."""
        put_on_list(self.app, TENANT, self.list, people or [self.ann])

    def work(self, most: int = 300) -> None:
        """Whatever is due now, without moving on the clock."""
        for _ in range(most):
            message = self.world.queue.pop()
            if message is None:
                return
            self.world.handle(message)
        raise AssertionError("The messages do not come to an end.")

    def tick(self, **later: float) -> None:
        """So much later: the schedule rings, and what is due is done."""
        self.clock.advance(timedelta(**later).total_seconds())
        start_campaigns(self.app)
        self.work()

    def walk_of(self, campaign: Campaign, person_id: PersonId | None = None) -> Enrolment:
        """Where a person is."""
        own = (TENANT, campaign.campaign_id)
        turn = self.store.turns(*own, [person_id or self.ann])[person_id or self.ann]
        return self.store.enrolments(*own, [turn.latest])[turn.latest]

    def numbers(self, campaign: Campaign) -> Mapping[StepId, StepNumbers]:
        """The numbers of the steps, which are also what all walks come to."""
        found = self.store.step_numbers(TENANT, campaign.campaign_id)
        total = Numbers()
        for part in range(PARTS):
            page = self.store.list_enrolments(TENANT, campaign.campaign_id, part, 10_000)
            for one in page.items:
                total.update(numbers_of(one))
        assert _some(found) == _some(step_numbers(total))
        return found

    def mails(self, person_id: PersonId | None = None) -> list[Mail]:
        """What a person was sent, newest first."""
        return list(self.store.mails_of_person(TENANT, person_id or self.ann, 100).items)

    def click(self, mail: Mail, link: int = 1) -> None:
        """The reader clicks a link, as a person does."""
        self.clock.advance(100)
        self.mailing.see(mail.mail_id, f"click {self.clock.now().isoformat()}", link)

    def person_row(self, person_id: PersonId | None = None) -> Person:
        """A person's row."""
        own = person_id or self.ann
        return self.store.people(TENANT, [own])[own]


def _some(numbers: Mapping[StepId, StepNumbers]) -> dict[StepId, StepNumbers]:
    return {step: some for step, some in numbers.items() if some != StepNumbers()}
