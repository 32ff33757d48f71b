"""What totals that are kept have to come to, worked out from all mails."""

from collections.abc import Iterable

from funnel.domain.mail.mail_tallies import Tally
from funnel.domain.mail.mail_totals import MailTotals, made_of


def summed(tallies: Iterable[Tally]) -> MailTotals:
    """What these come to together."""
    counts: dict[str, int] = {}
    links: dict[str, tuple[int, int]] = {}
    for tally in tallies:
        for name, number in tally.counts.items():
            counts[name] = counts.get(name, 0) + number
        for target, clicks in tally.clicks.items():
            people, all_clicks = links.get(target, (0, 0))
            links[target] = (people + 1, all_clicks + clicks)
    return made_of(counts, links)
