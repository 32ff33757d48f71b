"""Do what is to happen with a form that was sent, each thing once."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from funnel.domain.errors import Conflict, Permanent, StoreBusy, Transient
from funnel.domain.forms.forms import Form, FormId
from funnel.domain.forms.submissions import (
    ActionState,
    FormAction,
    Outcome,
    Submission,
    confirmed,
    settled,
    tried_again,
)
from funnel.domain.ids import TenantId
from funnel.ports.marketing_messages import ActOnForm
from funnel.usecases.app import App
from funnel.usecases.forms.form_actions import done_for
from funnel.usecases.jobs.try_later import delay_after, try_later

logger = logging.getLogger(__name__)

_TRIES = 6


def act_on_form(app: App, message: ActOnForm) -> None:
    """Do what is due. May be repeated, also at once: whatever is done has a key of its own.

    What cannot be done holds up nothing else, and says so. What a breakdown keeps from being done is
    tried again after seconds, then minutes; campaigns, who may ask what came before, are told after it,
    or when it was tried often enough. Then the `Transient` error is raised, and left to the queue.
    """
    kept = _kept(app, message)
    form = app.forms.form(message.form_id)
    if kept is not None and message.confirmed_at is not None:
        at = message.confirmed_at
        kept = _changed(app, message, lambda one: confirmed(one, at))
    if kept is None or form is None or form.tenant != message.tenant:
        return
    late: Transient | None = None
    for action in kept.due:
        if late is not None and action is FormAction.CAMPAIGNS and _goes_on(message, late):
            continue
        try:
            outcome = _done(app, form, kept, action)
        except Transient as error:
            late = late or error
            continue
        after = _changed(app, message, partial(settled, action=action, outcome=outcome))
        if after is None:
            return
        kept = after
    if late is not None and not try_later(app, message, late):
        raise late


def _goes_on(message: ActOnForm, error: Transient) -> bool:
    return delay_after(message.attempt, error) is not None


def try_again(
    app: App, tenant: TenantId, form_id: FormId, at: datetime, hit_id: str
) -> Submission | None:
    """Have done again what failed with a form that was sent; None where there is none."""
    message = ActOnForm(tenant, form_id, at, hit_id)
    kept = _changed(app, message, tried_again)
    if kept is not None and kept.due:
        app.queue.send(message)
    return kept


def _kept(app: App, message: ActOnForm) -> Submission | None:
    return app.forms.submission(message.tenant, message.form_id, message.at, message.hit_id)


def _done(app: App, form: Form, sub: Submission, action: FormAction) -> Outcome:
    """What came of one thing. Raises `Transient`."""
    state = ActionState.DONE
    try:
        note = done_for(app, form, sub, action)
    except Transient:
        raise
    except Conflict as error:
        # Others were quicker time and again: it is tried once more.
        raise StoreBusy(error.text) from error
    except Permanent as error:
        state, note = ActionState.FAILED, f"{error.text} {error.mend}".strip()
    except Exception:
        logger.exception("not done", extra={"form": form.form_id, "action": action.value})
        state, note = ActionState.FAILED, "It could not be done, for a fault of Funnel."
    return Outcome(state, note, app.clock.now())


def _changed(
    app: App, message: ActOnForm, change: Callable[[Submission], Submission]
) -> Submission | None:
    """Change the row as it is then; None once it is gone. Raises `StoreBusy`."""
    for _ in range(_TRIES):
        kept = _kept(app, message)
        if kept is None:
            return None
        after = change(kept)
        try:
            return kept if after == kept else app.forms.save_submission(after)
        except Conflict:
            continue
    raise StoreBusy("Others keep changing what became of this form.")
