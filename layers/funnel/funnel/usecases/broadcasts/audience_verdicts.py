"""Why somebody of an audience gets no mail, or not yet: the same for counting and for sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.broadcasts.broadcasts import LeftOut, OverCap
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.senders import MailSettings
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.mail.mail_cap import may_mail_at
from funnel.usecases.mail.mail_fitness import BOUNCES, EXEMPT, OPTED_OUT, Asked, Fitness

_WHY = {OPTED_OUT: LeftOut.OPTED_OUT, BOUNCES: LeftOut.BOUNCED, EXEMPT: LeftOut.EXEMPT}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a person is left out, None for who gets the mail; then not before `wait_until`, if set."""

    left: LeftOut | None = None
    wait_until: datetime | None = None


def verdicts(
    app: App,
    tenant: TenantId,
    settings: MailSettings,
    people: Sequence[Person],
    over_cap: OverCap,
) -> dict[PersonId, Verdict]:
    """What becomes of these living people now; few reads for all of them."""
    asked = {
        one.person_id: Asked(one.person_id, address_of(one), marketing=True)
        for one in people
        if address_of(one)
    }
    fitness = Fitness(app, tenant, list(asked.values()))
    why = {one: fitness.why_not_to(asked[one]) for one in asked}
    fit = [one for one in people if why.get(one.person_id) == ""]
    waits = may_mail_at(app, tenant, settings.cap, fit, app.clock.now())
    found = {}
    for one in people:
        reason = why.get(one.person_id)
        if reason is None:
            verdict = Verdict(LeftOut.NO_ADDRESS)
        elif reason:
            verdict = Verdict(_WHY.get(reason, LeftOut.BROKEN))
        elif one.person_id not in waits:
            verdict = Verdict()
        elif over_cap is OverCap.LEAVE_OUT:
            verdict = Verdict(LeftOut.OVER_CAP)
        else:
            verdict = Verdict(wait_until=waits[one.person_id])
        found[one.person_id] = verdict
    return found


def address_of(person: Person) -> str:
    """Where a person is written to: its main address; "" for none."""
    return person.emails[0] if person.emails else ""
