"""Tell campaigns what happens to people: who comes onto a list, leaves one, sends a form or does something.

Each looks first, with one small read, whether a running campaign asks for it; the rest is left to the
queue of campaigns. Should a word be lost, the hourly comparison finds who is missing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from funnel.domain.campaigns.campaigns import CampaignHead, Comes
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.tracking.activities import Activity
from funnel.ports.marketing_messages import TellCampaigns, TellOfForm, WakeWalkers
from funnel.usecases.app import App

EARLY = 300
"""Seconds after which whoever told early has written, or died."""

_COUNTED_AFTER = 5
"""Seconds after which a mail's numbers have a click that was written down."""

_AT_ONCE = 100
"""People in a message."""


def notice_joined(
    app: App, tenant: TenantId, list_id: ListId, people: Iterable[PersonId], *, early: bool = False
) -> None:
    """These people are on the list now. With `early` they are about to be: it is looked at in five minutes.

    Whoever moves people tells early first, and again once the move is written.
    """
    if any(_starts_from(head, list_id) for head in app.campaigns.running(tenant)):
        _tell(app, tenant, list_id, people, early=early, left=False)


def notice_left(
    app: App, tenant: TenantId, list_id: ListId, people: Iterable[PersonId], *, early: bool = False
) -> None:
    """These people are on the list no more. With `early` as `notice_joined`."""
    running = app.campaigns.running(tenant)
    if any(_starts_from(head, list_id) and head.start.leaves for head in running):
        _tell(app, tenant, list_id, people, early=early, left=True)


def notice_form(
    app: App, tenant: TenantId, form_id: str, person_id: PersonId, at: datetime, key: str
) -> None:
    """The person sent the form at this moment. `key` is the same when the same form is told of again."""
    if is_noticed(app, tenant, form_id):
        app.queue.send(TellOfForm(tenant, form_id, person_id, at, key))


def is_noticed(app: App, tenant: TenantId, form_id: str) -> bool:
    """Whether a running campaign starts with this form, by one small read."""
    return any(starts_with(head, form_id) for head in app.campaigns.running(tenant))


def notice_activity(
    app: App, tenant: TenantId, person_id: PersonId, activities: Sequence[Activity]
) -> None:
    """The person did something: if it waits at a branch for what people do, it is looked at soon.

    Not at once, but after as long as a score waits: by then a burst of clicks is known for a machine's.
    """
    if not any(one.kind.is_done for one in activities):
        return
    waking = {head.campaign_id for head in app.campaigns.running(tenant) if head.wakes}
    if waking and any(t.campaign_id in waking for t in app.campaigns.turns_of(tenant, person_id)):
        hold = min(max(int(app.score_hold.total_seconds()), _COUNTED_AFTER), 900)
        app.queue.send(WakeWalkers(tenant, person_id), delay=hold)


def lists_noticed(app: App, tenant: TenantId) -> frozenset[ListId]:
    """The lists that running campaigns start from, by one small read: of others there is nothing to tell."""
    running = app.campaigns.running(tenant)
    return frozenset(one.start.list_id for one in running if one.start.comes is Comes.LIST)


def starts_with(head: CampaignHead, form_id: str) -> bool:
    """Whether a campaign lets in whoever sends this form."""
    return head.start.comes is Comes.FORM and head.start.form_id == form_id


def _starts_from(head: CampaignHead, list_id: ListId) -> bool:
    return head.start.comes is Comes.LIST and head.start.list_id == list_id


def _tell(
    app: App,
    tenant: TenantId,
    list_id: ListId,
    people: Iterable[PersonId],
    *,
    early: bool,
    left: bool,
) -> None:
    told = sorted(set(people))
    for start in range(0, len(told), _AT_ONCE):
        some = tuple(told[start : start + _AT_ONCE])
        app.queue.send(TellCampaigns(tenant, list_id, some, left), delay=EARLY if early else 0)
