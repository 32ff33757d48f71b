"""Forms that were sent, and what became of each thing that was to happen with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from funnel.domain.forms.forms import CONSENT, Form, FormId, Widget
from funnel.domain.ids import PersonId, TenantId

KEPT = timedelta(days=397)
"""As long as a history."""

CONFIRM_WITHIN = timedelta(days=7)


class FormAction(StrEnum):
    """What happens with a form, in this order. CAMPAIGNS are told last: they may ask what came before."""

    CONFIRM = "confirm"
    FIELDS = "fields"
    CONSENT = "consent"
    LIST = "list"
    NOTIFY = "notify"
    SYNC = "sync"
    CAMPAIGNS = "campaigns"


class ActionState(StrEnum):
    """WAITS is for the link of the confirmation; FAILED is for a person to mend and have done again."""

    WAITS = "waits"
    DUE = "due"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where one thing stands. `note` says in plain words what was done or why it was not."""

    state: ActionState
    note: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that was sent, as one of a person.

    `hit_id` is that of the hit, and `at` when it was sent first. `values` are what was typed, by field, as
    text; `token` is what the link of the confirmation has, good once and until `CONFIRM_WITHIN`
    after its email was asked for. `agreed_to` is what the box said by which consent was given. `person_id` is the
    person as it was then.
    """

    tenant: TenantId
    form_id: FormId
    hit_id: str
    at: datetime
    person_id: PersonId
    email: str
    values: Mapping[str, str]
    url: str
    taken_at: datetime
    actions: Mapping[FormAction, Outcome] = field(default_factory=dict)
    token: str = ""
    confirmed_at: datetime | None = None
    agreed_to: str = ""
    version: int = 0

    @property
    def key(self) -> str:
        """What makes everything that is done for it the same when it is done again."""
        return f"form {self.form_id} {self.hit_id}"

    @property
    def due(self) -> tuple[FormAction, ...]:
        """What is to be done, in order."""
        return tuple(
            one for one in FormAction
            if one in self.actions and self.actions[one].state is ActionState.DUE
        )  # fmt: skip


def actions_of(form: Form, values: Mapping[str, str]) -> dict[FormAction, Outcome]:
    """What is to happen with a form that was sent just now."""
    wanted = {
        FormAction.FIELDS: True,
        FormAction.CONSENT: values.get(CONSENT) == "yes",
        FormAction.LIST: bool(form.actions.list_id),
        FormAction.NOTIFY: bool(form.actions.notify),
        FormAction.SYNC: form.actions.sync is not None,
        FormAction.CAMPAIGNS: True,
    }
    then = ActionState.WAITS if form.actions.confirm else ActionState.DUE
    found = {one: Outcome(then) for one, is_wanted in wanted.items() if is_wanted}
    if form.actions.confirm:
        found[FormAction.CONFIRM] = Outcome(ActionState.DUE)
    return found


def wording_of(form: Form, values: Mapping[str, str]) -> str:
    """What was agreed to, in the words of the form; "" for nothing."""
    if values.get(CONSENT) != "yes":
        return ""
    return next((one.label for one in form.fields if one.widget is Widget.CONSENT), "")


def settled(sub: Submission, action: FormAction, outcome: Outcome) -> Submission:
    """The submission after one thing came to something; the same where somebody else was quicker."""
    if action not in sub.due:
        return sub
    return replace(sub, actions={**sub.actions, action: outcome})


def confirmed(sub: Submission, at: datetime) -> Submission:
    """The submission after the link was followed; again, it is as it was."""
    if sub.confirmed_at is not None:
        return sub
    return replace(sub, confirmed_at=at, actions=_now_due(sub, ActionState.WAITS))


def can_be_confirmed(sub: Submission, now: datetime) -> bool:
    """Whether its link is good: it was followed already, or its email was asked for not too long ago.

    One whose email is just being asked for may be in somebody's hands.
    """
    asked = sub.actions.get(FormAction.CONFIRM, Outcome(ActionState.DONE))
    if sub.confirmed_at is not None or asked.state is ActionState.DUE:
        return True
    return now < (asked.at or sub.taken_at) + CONFIRM_WITHIN


def tried_again(sub: Submission) -> Submission:
    """The submission with what failed to be done again."""
    return replace(sub, actions=_now_due(sub, ActionState.FAILED))


def _now_due(sub: Submission, state: ActionState) -> dict[FormAction, Outcome]:
    due = Outcome(ActionState.DUE)
    return {one: due if was.state is state else was for one, was in sub.actions.items()}


def mail_key(sub: Submission, what: str, to: str = "") -> str:
    """The key of a mail that is sent because of it."""
    return f"{sub.key} {what} {to}".strip()


def place_of(sub: Submission) -> str:
    """Names it in an address, within its form: `<microseconds since 1970>.<id of the hit>`."""
    since = sub.at - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{since // timedelta(microseconds=1)}.{sub.hit_id}"


def placed_at(text: str) -> tuple[datetime, str] | None:
    """When it was sent, and the id of the hit; None for what is no place."""
    digits, dot, hit_id = text.partition(".")
    if not dot or not (digits.isascii() and digits.isdigit() and len(digits) <= 17) or not hit_id:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(digits)), hit_id
