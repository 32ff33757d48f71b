"""What a mail adds to the totals of what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Counter(StrEnum):
    """What is counted over many mails; each by mail, but OPENS, CLICKS and those of machines by act."""

    ASKED = "asked"
    SENT = "sent"
    DELIVERED = "delivered"
    SOFT_BOUNCED = "soft_bounced"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    SUPPRESSED = "suppressed"
    REFUSED = "refused"
    UNCLEAR = "unclear"
    OPENED = "opened"
    CLICKED = "clicked"
    OPENS = "opens"
    CLICKS = "clicks"
    MACHINE_OPENS = "machine_opens"
    MACHINE_CLICKS = "machine_clicks"


@dataclass(frozen=True, slots=True)
class Tally:
    """What one mail comes to: `counts` by counter, those of 0 left out, and clicks by where a link leads.

    It is kept with the mail as it was added to the totals, so that of a change only the difference is
    added, in the same transaction: whatever is told twice counts once.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    clicks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be added to totals: `counts` by counter, and by target how many people and clicks more."""

    counts: Mapping[str, int]
    links: Mapping[str, tuple[int, int]]

    def __bool__(self) -> bool:
        return bool(self.counts or self.links)


def change(before: Tally, after: Tally) -> Change:
    """What leads from one to the other; negative where something was taken back."""
    counts = {name: after.counts.get(name, 0) - before.counts.get(name, 0) for name in
              sorted({*before.counts, *after.counts})}  # fmt: skip
    links: dict[str, tuple[int, int]] = {}
    for target in sorted({*before.clicks, *after.clicks}):
        was, now = before.clicks.get(target, 0), after.clicks.get(target, 0)
        if was != now:
            links[target] = ((now > 0) - (was > 0), now - was)
    return Change({name: by for name, by in counts.items() if by}, links)


def together(one: Tally, other: Tally) -> Tally:
    """Both in one. Of people who clicked, each counts in one of them only."""
    counts = {
        n: one.counts.get(n, 0) + other.counts.get(n, 0) for n in {*one.counts, *other.counts}
    }
    clicks = {
        t: one.clicks.get(t, 0) + other.clicks.get(t, 0) for t in {*one.clicks, *other.clicks}
    }
    return Tally(counts, clicks)
