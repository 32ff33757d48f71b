"""Forms are sent, brought again in any order, confirmed, and workers die: each thing happens once.

All that was taken is kept and acted on in the end, and nothing twice: one submission a form, one mail to
each of our own people, one task in Sugar, one place on the list.
"""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.forms.submissions import ActionState, FormAction
from funnel.domain.ids import Module
from funnel.ports.marketing_messages import SendMails
from funnel.ports.messages import Message
from funnel.usecases.app import App
from funnel.usecases.forms import limit_form_actions
from funnel.usecases.forms.confirm_form import confirm_form
from funnel.usecases.tracking.accept_form import new_form_id
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.unit.usecases.forms.forming import Fair
from tests.unit.usecases.pushing.push_scene import live

PORTS = (
    "records", "sites", "visitors", "activities", "scoring", "forms", "lists", "mails", "emails",
    "pushes", "sync", "queue", "campaigns", "erasures", "batches",
)  # fmt: skip
TOLD = (FormAction.NOTIFY, FormAction.SYNC)
PEOPLE = tuple(f"p{n}@example.test" for n in range(3))


def mortal(app: App, plan: Plan) -> App:
    """The same app, each of whose calls can be its last."""
    return replace(app, **{name: faulty(getattr(app, name), plan, name) for name in PORTS})


def worker(app: App, plan: Plan, message: Message) -> App:
    """What sends mail lives: what becomes of a mail where it dies is shown elsewhere."""
    return app if isinstance(message, SendMails) else mortal(app, plan)


def work_off(fair: Fair, chance: random.Random, crashes: int) -> None:
    """Take messages in any order, some of them twice; a worker that dies leaves its message there."""
    left, queue = crashes, fair.world.queue
    done: list[Message] = []
    for _ in range(2_000):
        first = queue.pop_next() or (done.pop() if done else None)
        if first is None:
            return
        # Whatever is due may come before it.
        more = (queue.pop() for _ in range(chance.randrange(4)))
        due: list[Message] = [first, *(one for one in more if one is not None)]
        message = due.pop(chance.randrange(len(due)))
        for other in due:
            queue.send(other)
        at = chance.randrange(1, 60) if left else 0
        plan = Plan(at=at, moment=chance.choice(list(Moment)))
        try:
            handle_message(worker(fair.app, plan, message), message, "worker", lambda: 600.0)
        except Crash:
            left -= 1
            queue.send(message)
            continue
        if chance.random() < 0.1 and len(done) < 3:
            done.append(message)
    raise AssertionError("The messages do not come to an end.")


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    sent=st.lists(
        st.tuples(st.sampled_from(PEOPLE), st.integers(0, 1), st.sampled_from(["Bonn", "Rome"])),
        min_size=1,
        max_size=5,
    ),
    crashes=st.integers(0, 6),
    confirm=st.booleans(),
)
def test_whatever_is_sent_has_each_action_exactly_once(
    seed: int, sent: list[tuple[str, int, str]], crashes: int, confirm: bool
) -> None:
    chance, fair = random.Random(seed), Fair()
    fair.with_everything(confirm=confirm)
    pages = [new_form_id(fair.app) for _ in range(2)]
    for email, page, city in sent:
        fair.send(email, pages[page], first_name=email.partition("@")[0], city=city)
        fair.clock.advance(61)
    # Whoever sends the same from the same page means it once; corrected it is another.
    sent = list(dict.fromkeys(sent))
    work_off(fair, chance, crashes)
    if confirm:
        links = [one.text.partition("/confirm/")[2].split()[0]
                 for one in fair.world.mailer.sent if "/confirm/" in one.text]  # fmt: skip
        chance.shuffle(links)
        for link in [*links, *links[:1]]:
            confirm_form(fair.app, fair.made.form_id, link)
        work_off(fair, chance, crashes)
    subs = fair.all()
    assert len(subs) == len(sent)
    told = [one for one in fair.world.mailer.sent if one.to_address == "eva@sender.test"]
    acted = [one for one in subs if one.confirmed_at or not confirm]
    limited = [one for one in subs if one not in acted]
    assert all(one.actions[FormAction.CONFIRM].state is ActionState.FAILED for one in limited), (
        "only what got no email is not confirmed"
    )
    for one in acted:
        states = {action: was.state for action, was in one.actions.items()}
        assert set(states.values()) == {ActionState.DONE}, one.actions
    assert len(told) == len(acted)
    assert len(fair.world.sugar.tasks) == len(acted)
    assert len(live(fair.world, Module.LEADS)) == len({one.email for one in acted})
    assert sorted(fair.ids_on_list()) == sorted({fair.person(o.email).person_id for o in acted})
    assert fair.store.form_counts(fair.site.tenant, fair.made.form_id)[None][1] == len(sent)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    sent=st.lists(st.sampled_from(PEOPLE[:2]), min_size=1, max_size=7),
    most=st.integers(1, 4),
    crashes=st.integers(0, 6),
)
def test_of_each_address_no_more_are_told_than_may_be_and_all_are_kept(
    seed: int, sent: list[str], most: int, crashes: int
) -> None:
    chance, fair = random.Random(seed), Fair()
    fair.with_everything()
    for n, email in enumerate(sent):
        fair.send(email, first_name=str(n))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limit_form_actions, "MOST_TOLD", most)
        work_off(fair, chance, crashes)
    subs = fair.all()
    assert sorted(one.email for one in subs) == sorted(sent)
    told = [one for one in subs if one.actions[FormAction.NOTIFY].state is ActionState.DONE]
    asked = [one for one in subs if one.actions[FormAction.SYNC].state is ActionState.DONE]
    assert len(fair.mailed()) == len(told) == len(asked)
    assert len(fair.world.sugar.tasks) == len(asked)
    by_address = Counter(one.email for one in told)
    assert by_address == {one: min(most, number) for one, number in Counter(sent).items()}
    for one in subs:
        kept = {state.state for action, state in one.actions.items() if action not in TOLD}
        assert kept == {ActionState.DONE}
