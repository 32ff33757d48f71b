"""A company with a Sugar, a site, a form on it, and people who send it, over a world in memory."""

from dataclasses import dataclass, field, replace

from funnel.domain.campaigns.campaigns import OwnerRule
from funnel.domain.emails.emails import Email, EmailId
from funnel.domain.forms.forms import Form, FormId, Widget
from funnel.domain.forms.submissions import ActionState, FormAction, Submission
from funnel.domain.ids import Module, PersonId, WrittenModule
from funnel.domain.pushing.pushes import TaskKind
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import RunKind
from funnel.usecases.forms.keep_forms import (
    FieldWords,
    FormWords,
    SyncWords,
    TaskWords,
    add_form,
    change_form,
    form_of,
)
from funnel.usecases.forms.view_forms import words_of
from funnel.usecases.lists.keep_lists import make_list
from funnel.usecases.living import holder_of
from funnel.usecases.tracking.accept_form import Accepted, SentForm, accept_form, new_form_id
from funnel.usecases.tracking.accept_hits import Sender
from funnel.usecases.tracking.keep_sites import add_site
from tests.fakes.world import TENANT, World
from tests.unit.usecases.mail.mailing import FIREFOX, settle_sender
from tests.unit.usecases.pushing.push_scene import push_world

ADA, BEN = "ada@example.test", "ben@example.test"
AT = "https://www.example.com/offer"
FIELDS = (
    FieldWords("email", "Address", Widget.EMAIL),
    FieldWords("first_name", "First name"),
    FieldWords("last_name", "Last name", required=True),
    FieldWords("company", "Company"),
    FieldWords("city", "City"),
    FieldWords("website", "Your site", Widget.URL),
    FieldWords("consent", "Write to me", Widget.CONSENT),
)
CALL = SyncWords(
    WrittenModule.LEADS, OwnerRule.EXISTING, task=TaskWords(TaskKind.CALL, "Say hello", 1)
)


@dataclass
class Fair:
    """The world, and what a test does with its form."""

    world: World = field(default_factory=push_world)

    def __post_init__(self) -> None:
        self.app, self.store, self.clock = self.world.app, self.world.store, self.world.clock
        self.world.sugar.put(
            Module.USERS, "u3", user_name="eva", last_name="Lund", status="Active",
            email1="eva@sender.test",
        )  # fmt: skip
        self.world.sync(RunKind.FULL)
        settle_sender(self.world)
        self.site = add_site(self.app, TENANT, "Shop", ["example.com"], "Ann")
        self.list_id = make_list(self.app, TENANT, "l1", "Fair guests", "Ann").list_id
        now = self.clock.now()
        email = Email(
            TENANT, EmailId("hello"), "Hello", "Hi {{first_name|you}}", "", "<p>Hello</p>", "",
            False, now, now, "Ann",
        )  # fmt: skip
        self.store.save_email(email)
        self.made = add_form(
            self.app, TENANT, "k1", FormWords(self.site.key, "Fair", FIELDS), "Ann"
        )

    @property
    def form(self) -> Form:
        return form_of(self.app, TENANT, self.made.form_id)

    def change(self, **words: object) -> Form:
        """Change what the form is."""
        form = self.form
        wanted = replace(words_of(form), **words)  # type: ignore[arg-type]
        return change_form(self.app, TENANT, form.form_id, wanted, form.version, "Ann")

    def with_everything(self, *, confirm: bool = False) -> Form:
        """Have it do all that a form can."""
        return self.change(
            list_id=self.list_id, notify=("u3",), sync=CALL, confirm="hello" if confirm else ""
        )

    def send(
        self, email: str = ADA, opened: str = "", ip: str = "192.0.2.7", **fields: str
    ) -> Accepted:
        """As a browser does; the worker has not looked yet."""
        told = {"email": email, "last_name": "Byron", "company": "Acme", "city": "London", **fields}
        sent = SentForm(told, "", opened or new_form_id(self.app))
        return accept_form(self.app, self.made.form_id, Sender(ip, FIREFOX), sent, AT)

    def sent(self, email: str = ADA, **fields: str) -> Submission:
        """Sent, and all done that follows."""
        assert self.send(email, **fields).read.errors == {}
        self.world.drain()
        return self.all()[0]

    def all(self) -> list[Submission]:
        """What was sent, the newest first."""
        return list(self.store.submissions(TENANT, FormId(self.made.form_id), 99).items)

    def person(self, email: str = ADA) -> Person:
        found = holder_of(self.app, TENANT, email)
        assert found is not None
        return found

    def ids_on_list(self) -> list[PersonId]:
        found = self.store.members(TENANT, self.list_id, 99).items
        return [PersonId(one.key.partition("#")[2]) for one in found]

    def mailed(self) -> list[tuple[str, str]]:
        """To whom and about what mails went out, in order."""
        return sorted((one.to_address, one.subject) for one in self.world.mailer.sent)

    def link(self, number: int = -1) -> str:
        """What the link of a confirmation has behind `/confirm/`."""
        texts = [one.text for one in self.world.mailer.sent if "/confirm/" in one.text]
        return texts[number].partition("/confirm/")[2].split()[0]


def states(sub: Submission) -> dict[FormAction, ActionState]:
    return {action: one.state for action, one in sub.actions.items()}


def notes(sub: Submission) -> dict[FormAction, str]:
    return {action: one.note for action, one in sub.actions.items()}
