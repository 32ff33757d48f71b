"""Mail whose broadcast or campaign stands still is held, and that of one that is over is not sent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from funnel.domain.broadcasts.broadcasts import BroadcastId, BroadcastState
from funnel.domain.campaigns.campaigns import CampaignHead, CampaignId, CampaignState
from funnel.domain.campaigns.enrolments import Enrolment, EnrolmentId, EnrolmentState
from funnel.domain.campaigns.waiting import may_send_at, zone_of
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_states import LONGEST_HELD, held, refused
from funnel.domain.mail.mails import Mail
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.campaigns.whose_walks import standings

PAUSED_FOR = timedelta(minutes=5)
"""When a mail of a broadcast that stands still is looked at again; of a campaign at the earliest."""

CANCELLED = "Its broadcast was cancelled."
PAUSED = "Its campaign is paused."
ENDED = "Its campaign has ended."
DELETED = "Its campaign was deleted."
NOT_IN_IT = "This person is in the campaign no more."
OUT_OF_HOURS = "It waits for the hours of its campaign."
_NOT_IN_IT = frozenset({EnrolmentState.LEFT, EnrolmentState.TAKEN_OUT, EnrolmentState.MERGED})


class Holds:
    """What a few mails of a tenant belong to, read at once for all of them.

    `living` is who stands by now for whom each is to.
    """

    def __init__(
        self, app: App, tenant: TenantId, mails: Sequence[Mail], living: Mapping[PersonId, Person]
    ) -> None:
        self._app = app
        self._tenant = tenant
        counting = [one for one in mails if not one.is_test]
        named = {name for one in counting if (name := one.about.get("broadcast"))}
        self._broadcasts = (
            app.broadcasts.broadcasts(tenant, map(BroadcastId, named)) if named else {}
        )
        self._campaigns: dict[CampaignId, CampaignHead] = {}
        self._walks: dict[EnrolmentId, Enrolment] = {}
        self._living = living
        self._read_campaigns([one for one in counting if one.about.get("campaign")])

    def stands_still(self, mail: Mail) -> Mail | None:
        """The mail as it is to be kept, if it does not go now; None if it may."""
        if mail.is_test:
            return None
        if mail.about.get("campaign"):
            return self._of_campaign(mail)
        broadcast = self._broadcasts.get(BroadcastId(mail.about.get("broadcast", "")))
        if broadcast is None:
            return None
        if broadcast.state is BroadcastState.CANCELLED:
            return refused(mail, CANCELLED)
        if broadcast.state is BroadcastState.PAUSED:
            return held(mail, self._app.clock.now() + PAUSED_FOR, "Its broadcast is paused.")
        return None

    def _of_campaign(self, mail: Mail) -> Mail | None:
        now, head = self._app.clock.now(), self._campaigns.get(CampaignId(mail.about["campaign"]))
        if head is None:
            return refused(mail, DELETED)
        walk = self._walks.get(EnrolmentId(mail.about.get("enrolment", "")))
        if walk is not None and (walk.state in _NOT_IN_IT or self._is_anothers(mail, walk)):
            return refused(mail, NOT_IN_IT)
        if head.state is CampaignState.ENDED:
            return refused(mail, ENDED)
        if head.state is CampaignState.PAUSED:
            return held(mail, _next_look(now, head.changed_at), PAUSED)
        opens_at = may_send_at(head.window, now, zone_of(head.timezone))
        if opens_at <= now:
            return None
        # Somebody may give the campaign other hours meanwhile.
        return held(mail, min(opens_at, now + LONGEST_HELD), OUT_OF_HOURS)

    def _is_anothers(self, mail: Mail, walk: Enrolment) -> bool:
        """Whether its person was merged, and walks on by the walk of who was kept, with its mail."""
        person = self._living.get(mail.person_id)
        if person is None or person.person_id == mail.person_id:
            return False
        campaign_id = CampaignId(mail.about["campaign"])
        standing = standings(self._app, self._tenant, campaign_id, [person]).get(person.person_id)
        counts = standing.walk if standing else None
        return counts is not None and counts.enrolment_id != walk.enrolment_id

    def _read_campaigns(self, mails: Sequence[Mail]) -> None:
        walks: dict[CampaignId, set[EnrolmentId]] = defaultdict(set)
        for one in mails:
            walks[CampaignId(one.about["campaign"])].add(
                EnrolmentId(one.about.get("enrolment", ""))
            )
        if walks:
            self._campaigns = self._app.campaigns.heads(self._tenant, walks)
        for campaign_id in self._campaigns:
            ids = walks[campaign_id] - {EnrolmentId("")}
            self._walks |= self._app.campaigns.enrolments(self._tenant, campaign_id, ids)


def _next_look(now: datetime, paused_at: datetime) -> datetime:
    """As much later as it has stood still: thousands may wait, and a pause may last for weeks."""
    return now + min(LONGEST_HELD, max(PAUSED_FOR, now - paused_at))
