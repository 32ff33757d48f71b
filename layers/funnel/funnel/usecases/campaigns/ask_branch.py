"""Answer what a branch of a campaign asks of one person, or wait until there is an answer.

Only what people did counts. An answer is given once: a click that turns out to be a machine's after
somebody went on by it takes nobody back.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from funnel.domain.campaigns.campaigns import Asks, Branch
from funnel.domain.campaigns.enrolments import (
    Change,
    Enrolment,
    EnrolmentState,
    What,
    parked,
    waiting,
)
from funnel.domain.ids import ListId
from funnel.domain.lists.lists import ListKind, members_of_person
from funnel.domain.mail.mails import Mail
from funnel.domain.scoring.scoring import Rule
from funnel.domain.segments.segment_evaluator import tests_of
from funnel.domain.segments.segments import ListTest
from funnel.domain.sync.records import Person
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.usecases.campaigns.list_leavers import let_lists_follow, may_be_merged
from funnel.usecases.campaigns.walking import Unknown, Walking
from funnel.usecases.segments.ask_rule import is_true
from funnel.usecases.segments.read_done import done_since

_LOOKS = 24
"""How often at least a rule is asked anew while somebody waits for it: what it is about may change unseen."""
_SHORTEST = timedelta(hours=1)
_BETWEEN_LOOKS = timedelta(minutes=5)
"""Between two looks at whether a list is worked out."""
_LONGEST_UNKNOWN = timedelta(days=1)
MAY_BE_MERGED = "Its record was deleted in Sugar; it is being asked whether it was merged."
WINDOW = timedelta(minutes=2)
"""Who sends the form that brings it in may have looked at pages a moment before."""


def ask_branch(walking: Walking, one: Enrolment, branch: Branch, person: Person) -> Change:
    """On by the yes or the no, or waiting for a yes until the time is up.

    Neither is known while a list that it asks for is being worked out: it waits for that, and stands
    still with the reason after a day of it; so it waits while the person may turn out to be merged in
    Sugar, and is asked as it is after a day. Raises `NotFound` and `InputInvalid` for a list out of use.
    """
    unknown = walking.being_worked_out(_lists_of(branch))
    if unknown is not None:
        return Change(one, _not_known(one, unknown, walking.now))
    if branch.asks is Asks.RULE and _may_be_another(walking, one, person):
        later = walking.now + _BETWEEN_LOOKS
        return Change(one, replace(waiting(one, later), reason=MAY_BE_MERGED))
    if _is_yes(walking, one, branch, person):
        return walking.goes_on(one, What.YES)
    ends_at = one.since + timedelta(minutes=branch.within_minutes)
    if ends_at > walking.now and _may_come(walking, one, branch):
        return Change(one, waiting(one, _next_look(branch, walking.now, ends_at)))
    return walking.goes_on(one, What.NO, otherwise=True)


def _may_be_another(walking: Walking, one: Enrolment, person: Person) -> bool:
    """For a day at most: by then it is asked as whoever it is."""
    if walking.now >= one.since + _LONGEST_UNKNOWN:
        return False
    return may_be_merged(walking.app, walking.tenant, person)


def _is_yes(walking: Walking, one: Enrolment, branch: Branch, person: Person) -> bool:
    match branch.asks:
        case Asks.OPENED | Asks.CLICKED:
            mail = _mail(walking, one, branch)
            return mail is not None and _was_seen(walking, mail, branch)
        case Asks.VISITED:
            rule, since = _page_rule(branch.page), one.entered_at - WINDOW
            done = done_since(walking.app, walking.tenant, person.person_id, since)
            return any(a.signal is Signal.HUMAN and rule.matches(a) for a in done)
        case Asks.RULE:
            let_lists_follow(walking.app, walking.tenant, person)
            if branch.segment:
                return _is_on(walking, branch.segment, person)
            return is_true(walking.app, walking.tenant, person, branch.rule, walking.now)


def _is_on(walking: Walking, list_id: ListId, person: Person) -> bool:
    """Or would be: who has just sent a form may be in a segment before its lists follow."""
    app, tenant = walking.app, walking.tenant
    keys = members_of_person(person.person_id, [link.key for link in person.links])
    if app.lists.are_on(tenant, list_id, keys):
        return True
    found = app.lists.lists(tenant, [list_id]).get(list_id)
    rule = found.rule if found is not None and found.kind is ListKind.SEGMENT else None
    return rule is not None and is_true(app, tenant, person, rule, walking.now)


def _lists_of(branch: Branch) -> list[ListId]:
    if branch.asks is not Asks.RULE:
        return []
    if branch.segment:
        return [branch.segment]
    return [test.list_id for test in tests_of(branch.rule) if isinstance(test, ListTest)]


def _not_known(one: Enrolment, unknown: Unknown, now: datetime) -> Enrolment:
    if now >= max(one.since, unknown.since) + _LONGEST_UNKNOWN:
        return parked(one, EnrolmentState.STUCK, now, unknown.why)
    return replace(waiting(one, now + _BETWEEN_LOOKS), reason=unknown.why)


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
    return walking.mails.mail(one.mail_id(branch.sent_at))


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
