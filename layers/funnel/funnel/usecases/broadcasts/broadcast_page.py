"""Decide what becomes of one page of a broadcast's audience, and ask for its mails.

A page may be worked on again, by whoever comes after one that died: who has a mail or a reason
already keeps it, and counts the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from funnel.domain.broadcasts.broadcasts import AudienceRow, Broadcast, LeftOut, OverCap
from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId
from funnel.domain.mail.mails import KEPT, Mail, MailDraft, MailId, mail_id_of
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.broadcasts.audience_verdicts import Verdict, address_of, verdicts
from funnel.usecases.emails.render_email import EmailRenderer
from funnel.usecases.living import all_living
from funnel.usecases.mail.mail_cap import counted_ids
from funnel.usecases.mail.send_mail import request_mails

PAGE = 100
FOR = "for"
"""In `about`: the person of the audience for whom a mail was asked, should it be merged since."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What became of a page: `mails` were asked for, `put_off` of these wait for the cap, and the
    rest are `left` out, by reason. `cursor` is where to go on, "" at the end.
    """

    mails: int
    put_off: int
    left: Mapping[str, int]
    cursor: str


class BroadcastPages:
    """Works on pages of one broadcast; its email is read once."""

    def __init__(self, app: App, broadcast: Broadcast) -> None:
        self._app = app
        self._broadcast = broadcast
        self._tenant = broadcast.tenant
        email = app.broadcasts.broadcast_email(broadcast.tenant, broadcast.broadcast_id)
        if email is None:
            raise NotFound("The email of this broadcast is not here any more.")
        self._settings = app.mails.mail_settings(broadcast.tenant)
        self._renderer = EmailRenderer(app, self._settings, email)

    def work_on(self, cursor: str) -> Worked:
        """The people behind the cursor."""
        app, broadcast_id = self._app, self._broadcast.broadcast_id
        page = app.broadcasts.audience(self._tenant, broadcast_id, PAGE, cursor)
        open_rows = [row for row in page.items if row.left is None]
        living = all_living(app, self._tenant, [row.person_id for row in open_rows])
        asked = asked_before(app, self._broadcast, living.values())
        left: dict[PersonId, LeftOut] = {}
        new: dict[PersonId, Person] = {}
        put_off = mails = 0
        for row in open_rows:
            person = living.get(row.person_id)
            before = asked.get(person.person_id) if person else None
            if before is not None and before.about.get(FOR) == row.person_id:
                mails += 1
                put_off += before.due_at is not None and before.due_at > before.asked_at
            elif person is None or before is not None or person in new.values():
                left[row.person_id] = LeftOut.GONE
            else:
                new[row.person_id] = person
        found = self._ask(new)
        left |= {one: verdict.left for one, verdict in found.items() if verdict.left}
        rows = [AudienceRow(one, why) for one, why in sorted(left.items())]
        if rows:
            app.broadcasts.put_audience(self._tenant, broadcast_id, rows, app.clock.now() + KEPT)
        going = [one for one in found.values() if one.left is None]
        decided = [row.left for row in page.items if row.left is not None]
        return Worked(
            mails + len(going),
            put_off + sum(one.wait_until is not None for one in going),
            Counter(why.value for why in [*decided, *left.values()]),
            page.cursor,
        )

    def _ask(self, new: Mapping[PersonId, Person]) -> dict[PersonId, Verdict]:
        """What becomes of these people of the audience, after the mails they get were asked for."""
        plan = self._broadcast.plan
        people = list(new.values())
        found = verdicts(self._app, self._tenant, self._settings, people, plan.over_cap)
        going = [one for one in people if found[one.person_id].left is None]
        rendered = self._renderer.to_people(going)
        drafts: dict[PersonId, MailDraft] = {}
        for row_id, person in new.items():
            verdict = found[person.person_id]
            if verdict.left is None:
                about = {
                    "email": plan.email_id,
                    "broadcast": self._broadcast.broadcast_id,
                    "email_name": self._broadcast.email_name,
                    FOR: row_id,
                }
                draft = rendered[person.person_id].draft(
                    key_of(self._broadcast, person.person_id),
                    person.person_id,
                    address_of(person),
                    about,
                )
                drafts[row_id] = replace(
                    draft,
                    from_name=plan.from_name,
                    from_address=plan.from_address,
                    reply_to=plan.reply_to,
                    not_before=verdict.wait_until,
                    waits_for_cap=plan.over_cap is OverCap.LATER,
                )
        made = request_mails(self._app, self._settings, list(drafts.values()))
        broken = {
            row_id: Verdict(LeftOut.BROKEN)
            for row_id, draft in drafts.items()
            if made[mail_id_of(self._tenant, draft.key)]
        }
        return {row_id: found[person.person_id] for row_id, person in new.items()} | broken


def asked_before(app: App, broadcast: Broadcast, people: Iterable[Person]) -> dict[PersonId, Mail]:
    """The mails that these living people have of it, under whichever id they were asked for."""
    ids: dict[MailId, PersonId] = {}
    for person in people:
        for one in counted_ids(person):
            ids[mail_id_of(broadcast.tenant, key_of(broadcast, one))] = person.person_id
    found = app.mails.mails(broadcast.tenant, ids) if ids else {}
    return {ids[mail_id]: mail for mail_id, mail in found.items()}


def key_of(broadcast: Broadcast, person_id: PersonId) -> str:
    """The key of the one mail that a person gets of it."""
    return f"broadcast {broadcast.broadcast_id} {person_id}"
