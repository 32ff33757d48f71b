"""Plan a broadcast, have it counted, send it, and stop it: what marketers do with it."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from funnel.domain.broadcasts.broadcasts import (
    UNDER_WAY,
    Broadcast,
    BroadcastId,
    BroadcastState,
    Plan,
    cancelled,
    checked_plan,
    paused,
    resumed,
)
from funnel.domain.emails.emails import Email
from funnel.domain.errors import Conflict, InputInvalid, StoreBusy
from funnel.domain.ids import JobId, TenantId, derived_id
from funnel.domain.lists.lists import ListStatus
from funnel.domain.mail.senders import why_unfit
from funnel.domain.sync.runs import Job, JobStatus
from funnel.ports.marketing_messages import SendBroadcast
from funnel.usecases.app import App
from funnel.usecases.broadcasts.audience_lists import Names, audience_lists
from funnel.usecases.broadcasts.count_audience import COUNT, counted_so_far, new_count
from funnel.usecases.broadcasts.find_broadcast import broadcast_of
from funnel.usecases.emails.merge_values import known_fields
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.lists.settled_lists import Settling, still_worked_out

COUNT_HOLDS = timedelta(hours=24)
"""For so long a broadcast can be sent by the number that was counted."""

_LATE = timedelta(minutes=5)
_TRIES = 8


def add_broadcast(app: App, tenant: TenantId, key: str, plan: Plan, by: str) -> Broadcast:
    """A new draft, which is counted at once; asked for again by the same key, it is the same one.

    Raises `InputInvalid` naming the field.
    """
    broadcast_id = BroadcastId(derived_id("broadcast", tenant, key))
    stored = app.broadcasts.broadcasts(tenant, [broadcast_id]).get(broadcast_id)
    if stored is None:
        now = app.clock.now()
        checked, names = _checked(app, tenant, plan)
        new = Broadcast(tenant, broadcast_id, checked, now, by, now, by, list_names=names)
        try:
            stored = app.broadcasts.save_broadcast(new)
        except Conflict:
            return broadcast_of(app, tenant, broadcast_id)
    return stored if stored.count_job else count_again(app, tenant, broadcast_id, by)


def change_broadcast(
    app: App, tenant: TenantId, broadcast_id: BroadcastId, plan: Plan, edition: int, by: str
) -> Broadcast:
    """Change the plan of a draft that was looked at in this edition, and count anew.

    Raises `NotFound`, `InputInvalid`, and `Conflict` for what is no draft or was changed since.
    """
    broadcast = broadcast_of(app, tenant, broadcast_id)
    checked, names = _checked(app, tenant, plan)
    if broadcast.plan == checked:
        return broadcast
    _check_draft(broadcast)
    _check_edition(broadcast, edition)
    after = replace(
        broadcast,
        plan=checked,
        list_names=names,
        edition=edition + 1,
        changed_at=app.clock.now(),
        changed_by=by,
    )
    app.broadcasts.save_broadcast(after)
    return count_again(app, tenant, broadcast_id, by)


def count_again(app: App, tenant: TenantId, broadcast_id: BroadcastId, by: str) -> Broadcast:
    """Have whom it is for counted as it is planned now. Raises `NotFound`, `Conflict`."""
    broadcast = broadcast_of(app, tenant, broadcast_id)
    _check_draft(broadcast)
    job = ask_for(app, new_count(app, broadcast, by))
    return app.broadcasts.save_broadcast(replace(broadcast, count_job=JobId(job.job_id)))


def confirm_broadcast(
    app: App, tenant: TenantId, broadcast_id: BroadcastId, edition: int, people: int, by: str
) -> Broadcast:
    """Send it now or when it is planned, to about so many `people`: the number that was counted.

    The email is kept as it is at this moment. Confirmed again the same way, nothing changes. Raises
    `NotFound`, `InputInvalid` with what is missing, and `Conflict` where it is no draft any more, was
    changed since this edition, is to be counted again, or where a list is still being worked out.
    """
    broadcast = broadcast_of(app, tenant, broadcast_id)
    if broadcast.state in UNDER_WAY and broadcast.edition == edition:
        return broadcast
    _check_draft(broadcast)
    _check_edition(broadcast, edition)
    names = _check_lists(app, broadcast)
    _check_count(app, broadcast, people)
    now = app.clock.now()
    _check_sender(app, broadcast)
    starts_at = broadcast.starts_at or now
    if starts_at < now - _LATE:
        raise InputInvalid(
            "The time it was to be sent at is over.",
            mend="Choose another time, or send it at once.",
            field="send_at",
        )
    email = _email(app, broadcast)
    kept = app.broadcasts.save_broadcast(
        replace(
            broadcast,
            state=BroadcastState.SCHEDULED,
            list_names=names,
            email_name=email.name,
            email_changed_at=email.changed_at,
            email_version=email.version,
            confirmed=people,
            confirmed_by=by,
            due_at=max(starts_at, now),
        ),
        email,
    )
    if starts_at <= now:
        app.queue.send(SendBroadcast(tenant, broadcast_id))
    return kept


def pause_broadcast(app: App, tenant: TenantId, broadcast_id: BroadcastId, by: str) -> Broadcast:
    """Have nothing more of it go out for now. Raises `NotFound`, and `Conflict` where it is over."""

    def stopped(one: Broadcast) -> Broadcast:
        if one.state is BroadcastState.SENT:
            # All its mails are asked for, and those that wait are held.
            return paused(one, f"{by} paused it.")
        _check_state(one, UNDER_WAY, "paused")
        return paused(one, f"{by} paused it.")

    return _change(app, tenant, broadcast_id, BroadcastState.PAUSED, stopped)


def resume_broadcast(app: App, tenant: TenantId, broadcast_id: BroadcastId, by: str) -> Broadcast:
    """Have it go on where it was. Raises as `pause_broadcast`, and `InputInvalid` for its sender."""
    broadcast = broadcast_of(app, tenant, broadcast_id)
    if broadcast.state in {*UNDER_WAY, BroadcastState.SENT}:
        return broadcast
    _check_sender(app, broadcast)

    def gone_on(one: Broadcast) -> Broadcast:
        _check_state(one, {BroadcastState.PAUSED}, "resumed")
        after = resumed(one, app.clock.now())
        return replace(after, changed_at=app.clock.now(), changed_by=by)

    after = _change(app, tenant, broadcast_id, None, gone_on)
    app.queue.send(SendBroadcast(tenant, broadcast_id))
    return after


def cancel_broadcast(app: App, tenant: TenantId, broadcast_id: BroadcastId, by: str) -> Broadcast:
    """Have nothing more of it go out, for good. Raises as `pause_broadcast`."""

    def ended(one: Broadcast) -> Broadcast:
        stoppable = {*UNDER_WAY, BroadcastState.PAUSED, BroadcastState.SENT}
        _check_state(one, stoppable, "cancelled")
        return replace(cancelled(one, app.clock.now()), note=f"{by} cancelled it.")

    return _change(app, tenant, broadcast_id, BroadcastState.CANCELLED, ended)


def delete_broadcast(app: App, tenant: TenantId, broadcast_id: BroadcastId) -> None:
    """Remove a draft. Raises `NotFound` and `Conflict`."""
    broadcast = broadcast_of(app, tenant, broadcast_id)
    _check_draft(broadcast)
    app.broadcasts.delete_broadcast(broadcast)


def count_of(app: App, broadcast: Broadcast) -> Job | None:
    """The job that counted whom it is for as it is planned now; None if none is there any more."""
    job = app.sync.job(broadcast.tenant, broadcast.count_job) if broadcast.count_job else None
    if job is None or job.kind != COUNT or job.arguments["edition"] != broadcast.edition:
        return None
    return job


def _change(
    app: App,
    tenant: TenantId,
    broadcast_id: BroadcastId,
    wanted: BroadcastState | None,
    change: Callable[[Broadcast], Broadcast],
) -> Broadcast:
    """Change it though a worker keeps saving how far it is; done already, nothing changes."""
    for _ in range(_TRIES):
        broadcast = broadcast_of(app, tenant, broadcast_id)
        if broadcast.state is wanted:
            return broadcast
        after = change(broadcast)
        with suppress(Conflict):
            return app.broadcasts.save_broadcast(after)
    raise StoreBusy("Others keep changing the same broadcast.")


def _checked(app: App, tenant: TenantId, plan: Plan) -> tuple[Plan, Names]:
    """The plan, and what its lists are called."""
    checked = checked_plan(plan, app.clock.now(), known_fields(app, tenant))
    if app.emails.email(tenant, checked.email_id) is None:
        raise InputInvalid("There is no such email.", mend="Choose another.", field="email_id")
    lists = app.lists.lists(tenant, [*checked.lists, *checked.minus])
    for field, ids in (("lists", checked.lists), ("minus", checked.minus)):
        if any(one not in lists for one in ids):
            raise InputInvalid("One of these lists is not here.", field=field)
    if all(lists[one].status is not ListStatus.ACTIVE for one in checked.lists):
        raise InputInvalid("Nobody is on these lists any more.", field="lists")
    audience_lists(app, tenant, checked.lists, checked.minus)
    return checked, {i: one.name for i, one in lists.items()}


def _check_draft(broadcast: Broadcast) -> None:
    if broadcast.state is not BroadcastState.DRAFT:
        raise Conflict(
            "This broadcast is no draft any more.",
            mend="Copy it to send something like it once more.",
        )


def _check_edition(broadcast: Broadcast, edition: int) -> None:
    if broadcast.edition != edition:
        raise Conflict(
            f"{broadcast.changed_by or 'Somebody'} changed this broadcast meanwhile.",
            mend="Look at it again.",
        )


def _check_state(broadcast: Broadcast, states: AbstractSet[BroadcastState], done: str) -> None:
    if broadcast.state not in states:
        raise Conflict(f"This broadcast is {broadcast.state.value}: it cannot be {done}.")


def _check_lists(app: App, broadcast: Broadcast) -> Names:
    """That all are in use and worked out; what they are called."""
    plan, tenant = broadcast.plan, broadcast.tenant
    goes, minus = audience_lists(app, tenant, plan.lists, plan.minus, broadcast.list_names)
    waits_for = Settling(app, tenant).unsettled(
        {one.list_id: one for one in (*goes, *minus)}.values()
    )
    if waits_for:
        raise Conflict(
            still_worked_out(waits_for),
            mend="Wait until it is known who is on it, and count again.",
        )
    return {one.list_id: one.name for one in (*goes, *minus)}


def _check_count(app: App, broadcast: Broadcast, people: int) -> None:
    job = count_of(app, broadcast)
    is_fresh = job is not None and app.clock.now() < job.created_at + COUNT_HOLDS
    if job is None or job.status is not JobStatus.DONE or not is_fresh:
        raise Conflict(
            "Who gets this is to be counted first.", mend="Count again, and wait for it."
        )
    number = counted_so_far(job).will_get
    if number == 0:
        raise InputInvalid(
            "Nobody would get this.", mend="Choose other lists, or look why people are left out."
        )
    if number != people:
        raise Conflict(
            f"It was counted again meanwhile: {number} people would get it.",
            mend="Look at it again, and send it if that is right.",
        )


def _check_sender(app: App, broadcast: Broadcast) -> None:
    settings = app.mails.mail_settings(broadcast.tenant)
    unfit = why_unfit(settings, broadcast.plan.from_address or settings.from_address)
    if unfit:
        raise InputInvalid(
            unfit, mend="An admin mends it under Settings, Mail settings.", field="sender"
        )


def _email(app: App, broadcast: Broadcast) -> Email:
    """The email as it is now, with the subject of the broadcast."""
    email = app.emails.email(broadcast.tenant, broadcast.plan.email_id)
    if email is None:
        raise InputInvalid(
            "The email is not here any more.", mend="Choose another.", field="email_id"
        )
    return replace(email, subject=broadcast.plan.subject or email.subject)
