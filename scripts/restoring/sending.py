"""What is carried over a restore of mail, broadcasts and campaigns: what went out, and what was stopped.

Mail that went out stays: its reader can unsubscribe and complain, and it goes out once, as it is asked
for by the same id when a broadcast or campaign gets there again.
"""

from collections.abc import Callable
from dataclasses import replace

from funnel.adapters.dynamodb.broadcasts import BROADCAST
from funnel.adapters.dynamodb.campaign_rows import CAMPAIGN, running_pk
from funnel.adapters.dynamodb.codec import from_text
from funnel.adapters.dynamodb.mail_counts import CAP
from funnel.adapters.dynamodb.mail_rows import MAIL, mail_of
from funnel.adapters.dynamodb.mail_sights import COUNT, FROM, SEEN, TRACKED
from funnel.adapters.dynamodb.mails import CONTENT
from funnel.domain.broadcasts.broadcasts import UNDER_WAY, Broadcast, BroadcastState
from funnel.domain.campaigns.campaigns import Campaign, CampaignHead, CampaignState
from funnel.domain.mail.mail_tallies import Tally
from scripts.restoring.wanted import Row, Rule, Wanted, body, keys, tenant_of

Look = Callable[[str], Row | None]
"""Of the partition of a mail its own row, as it is now."""


def of_mail(look: Look) -> Rule:
    """The rule for the table of mail."""

    def rule(now: Row | None, then: Row | None) -> Wanted:
        _, sk = keys(now, then)
        if sk == MAIL:
            return _mail(now, then)
        if sk == BROADCAST:
            return _broadcast(now, then)
        if sk in (TRACKED, CAP) or sk.startswith((COUNT, SEEN)):
            return Wanted(now or then)
        if now is None or then is not None:
            return Wanted(then)
        if sk in (CONTENT, FROM):
            return Wanted(now if _went(look(now["pk"]["S"])) else None)
        if sk.startswith(f"{MAIL}#") and "stamp" in now:
            return Wanted(now if _went(look(now["stamp"]["S"])) else None)
        return Wanted(then)

    return rule


def of_campaigns(now: Row | None, then: Row | None) -> Wanted:
    """A campaign that was paused or ended since stays so."""
    pk, sk = keys(now, then)
    if then is None:
        return Wanted(then)
    if pk.startswith(running_pk(0).removesuffix("0")):
        return Wanted(then if now is not None else None)
    if sk == CAMPAIGN:
        campaign = from_text(Campaign, then["body"]["S"])
        since = from_text(Campaign, now["body"]["S"]).state if now else CampaignState.PAUSED
        if campaign.is_running and since is not CampaignState.RUNNING:
            return body(then, replace(campaign, state=since), "campaigns stopped", campaign.tenant)
    elif sk.startswith(f"{CAMPAIGN}#") and pk == tenant_of(then):
        head = from_text(CampaignHead, then["body"]["S"])
        since = from_text(CampaignHead, now["body"]["S"]).state if now else CampaignState.PAUSED
        if head.state is CampaignState.RUNNING and since is not CampaignState.RUNNING:
            return body(then, replace(head, state=since), "", head.tenant)
    return Wanted(then)


def _went(row: Row | None) -> bool:
    return row is not None and mail_of(row).went_at is not None


def _mail(now: Row | None, then: Row | None) -> Wanted:
    """Totals are those of then: of what they do not hold yet, the mail says so."""
    if now is None or not _went(now):
        return Wanted(then)
    mail = mail_of(now)
    counted = mail_of(then).tallied if then else Tally()
    what = "" if _went(then) else "mails that went out"
    return body(now, replace(mail, tallied=counted), what, mail.tenant)


def _broadcast(now: Row | None, then: Row | None) -> Wanted:
    """One that has stopped since, or was deleted, does not begin again."""
    if then is None:
        return Wanted(then)
    broadcast = from_text(Broadcast, then["body"]["S"])
    if broadcast.state not in UNDER_WAY:
        return Wanted(then)
    what = "broadcasts stopped or done"
    if now is None:
        paused = replace(broadcast, state=BroadcastState.PAUSED, due_at=None)
        row = {name: value for name, value in then.items() if name not in ("due_pk", "due_sk")}
        return body(row, paused, what, broadcast.tenant)
    if from_text(Broadcast, now["body"]["S"]).state in UNDER_WAY:
        return Wanted(then)
    return Wanted(now, what, broadcast.tenant)
