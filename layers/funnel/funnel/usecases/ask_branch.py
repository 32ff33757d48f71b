"""Answer what a branch of a campaign asks of one person, or wait until there is an answer.

Only what people did counts. An answer is given once: a click that turns out to be a machine's after
somebody went on by it takes nobody back.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from funnel.domain.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.campaigns import Asks, Branch
from funnel.domain.enrolments import Change, Enrolment, What, waiting
from funnel.domain.lists import members_of_person
from funnel.domain.mails import Mail
from funnel.domain.records import Person
from funnel.domain.scoring import Rule
from funnel.domain.signals import WINDOW
from funnel.usecases.ask_rule import is_true
from funnel.usecases.walking import Walking

_PAGE = 200
_MOST_READ = 2_000
"""Activities of one subject that are looked through, the newest; nobody does more between two steps."""
_LOOKS = 24
"""How often at least a rule is asked anew while somebody waits for it: what it is about may change unseen."""
_SHORTEST = timedelta(hours=1)


def ask_branch(walking: Walking, one: Enrolment, branch: Branch, person: Person) -> Change:
    """On by the yes or the no, or waiting for a yes until the time is up."""
    if _is_yes(walking, one, branch, person):
        return walking.goes_on(one, What.YES)
    ends_at = one.since + timedelta(minutes=branch.within_minutes)
    if ends_at > walking.now and _may_come(walking, one, branch):
        return Change(one, waiting(one, _next_look(branch, walking.now, ends_at)))
    return walking.goes_on(one, What.NO, otherwise=True)


def _is_yes(walking: Walking, one: Enrolment, branch: Branch, person: Person) -> bool:
    match branch.asks:
        case Asks.OPENED | Asks.CLICKED:
            mail = _mail(walking, one, branch)
            return mail is not None and _was_seen(walking, mail, branch)
        case Asks.VISITED:
            rule = _page_rule(branch.page)
            return any(rule.matches(a) for a in _visits(walking, person, one.entered_at))
        case Asks.RULE if branch.segment:
            keys = members_of_person(person.person_id, [link.key for link in person.links])
            found = walking.app.lists.memberships(walking.tenant, keys)
            return any(m.list_id == branch.segment for on in found.values() for m in on)
        case Asks.RULE:
            return is_true(walking.app, walking.tenant, person, branch.rule, walking.now)


def _may_come(walking: Walking, one: Enrolment, branch: Branch) -> bool:
    """Nobody opens what was never sent."""
    seen = branch.asks in {Asks.OPENED, Asks.CLICKED}
    return not seen or _mail(walking, one, branch) is not None


def _next_look(branch: Branch, now: datetime, ends_at: datetime) -> datetime:
    if branch.asks is not Asks.RULE:
        return ends_at
    between = timedelta(minutes=branch.within_minutes) / _LOOKS
    return min(ends_at, now + max(_SHORTEST, between))


def _mail(walking: Walking, one: Enrolment, branch: Branch) -> Mail | None:
    """What the step sent to this person the last time it came there."""
    return walking.app.mails.mail(walking.tenant, one.mail_id(branch.sent_at))


def _was_seen(walking: Walking, mail: Mail, branch: Branch) -> bool:
    """A click tells of an open as well: pictures may be off."""
    numbers = mail.numbers
    if branch.asks is Asks.OPENED:
        return bool(numbers.opens or numbers.clicks)
    if not branch.link or not numbers.clicks:
        return numbers.clicks > 0
    tracked = walking.app.mails.tracked_mail(mail.token)
    links = tracked.links if tracked else ()
    rule = _page_rule(branch.link)
    clicked = (int(number) for number, times in numbers.links.items() if times)
    targets = (links[number - 1].target for number in clicked if 0 < number <= len(links))
    return any(rule.matches(_viewed(walking, target)) for target in targets)


def _page_rule(pattern: str) -> Rule:
    """A pattern of pages as scoring rules have it."""
    return Rule("", "", ActivityKind.PAGE_VIEW, 0, page=pattern)


def _viewed(walking: Walking, target: str) -> Activity:
    about = {"url": target, "path": urlsplit(target).path or "/"}
    kind, subject = ActivityKind.PAGE_VIEW, SubjectId("")
    return Activity(walking.tenant, subject, "", kind, walking.now, about)


def _visits(walking: Walking, person: Person, since: datetime) -> Iterator[Activity]:
    """What the person did on sites since then, under whichever of its names."""
    app, tenant = walking.app, walking.tenant
    subjects = app.activities.subjects(tenant, person.person_id)
    # Who was nobody yet when it sent the form may have looked at pages in the same moment.
    since -= WINDOW
    for subject, page in app.activities.newest_activities(tenant, subjects, _PAGE).items():
        read = 0
        while True:
            yield from (a for a in page.items if a.signal is Signal.HUMAN and a.at >= since)
            read += len(page.items)
            older = any(a.at < since for a in page.items)
            if older or not page.cursor or read >= _MOST_READ:
                break
            page = app.activities.list_activities(tenant, subject, _PAGE, page.cursor)
