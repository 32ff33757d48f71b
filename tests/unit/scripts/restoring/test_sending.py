"""What went out and what was stopped stays so over a restore."""

from dataclasses import replace
from datetime import timedelta

from funnel.domain.broadcasts.broadcasts import Broadcast, BroadcastId, BroadcastState, Plan
from funnel.domain.campaigns.campaigns import Campaign, CampaignId, CampaignState
from funnel.domain.emails.emails import EmailId
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.mail.mail_states import claimed, sent
from funnel.domain.mail.mail_totals import About, AboutKind
from funnel.domain.mail.mails import Mail, MailContent, MailId, MailToken, TrackedMail
from tests.contract.storage.builders import NOW
from tests.unit.scripts.restoring.kept import Kept

TENANT = TenantId("acme")
HOUR = timedelta(hours=1)


def broadcast(name: str) -> Broadcast:
    plan = Plan("News", EmailId("e1"), (ListId("l1"),), ())
    return Broadcast(TENANT, BroadcastId(name), plan, NOW, "Ann", NOW, "Ann")


def campaign(name: str) -> Campaign:
    return Campaign(TENANT, CampaignId(f"id-{name}"), name, NOW, NOW, "Ann")


def mail(name: str) -> tuple[Mail, MailContent]:
    """One of a broadcast, which counts it, and what it says."""
    asked = Mail(
        TENANT,
        MailId(name),
        MailToken(f"token-{name}"),
        PersonId("p1"),
        "ann@x.test",
        "News",
        "Bea",
        "bea@x.test",
        NOW,
        about={"broadcast": "b1"},
        due_at=NOW,
    )
    return asked, MailContent(TENANT, asked.mail_id, "<p>News</p>", "News")


STOPPED = (
    BroadcastState.PAUSED,
    BroadcastState.CANCELLED,
    BroadcastState.SENT,
    BroadcastState.DRAFT,
)


def test_a_broadcast_that_stopped_since_does_not_begin_again(kept: Kept) -> None:
    store, ids = kept.store, [BroadcastId(f"b{number}") for number in range(6)]
    begun = [
        store.save_broadcast(replace(broadcast(one), state=BroadcastState.SENDING, due_at=NOW))
        for one in ids
    ]

    def change() -> None:
        for one, state in zip(begun, STOPPED, strict=False):
            store.save_broadcast(replace(one, state=state, due_at=None))
        store.delete_broadcast(begun[4])
        store.save_broadcast(replace(begun[5], due_at=NOW + HOUR))
        store.save_broadcast(broadcast("since"))

    kept.since(change)
    found = store.broadcasts(TENANT, [*ids, BroadcastId("since")])
    states = [*STOPPED, BroadcastState.PAUSED, BroadcastState.SENDING]
    assert [one.state for one in found.values()] == states
    assert store.due_broadcasts(NOW, 9) == [(TENANT, ids[5])]
    assert kept.counts == ["broadcasts stopped or done"] * 5


def test_a_campaign_that_was_stopped_since_stays_so_and_one_begun_since_has_not_begun(
    kept: Kept,
) -> None:
    store = kept.store
    names = ("paused", "ended", "deleted", "runs", "begun")
    made = {one: store.save_campaign(campaign(one)) for one in names}
    made |= {
        one: store.save_campaign(replace(made[one], state=CampaignState.RUNNING))
        for one in names[:4]
    }

    def change() -> None:
        store.save_campaign(replace(made["paused"], state=CampaignState.PAUSED, name="other"))
        store.save_campaign(replace(made["ended"], state=CampaignState.ENDED))
        store.delete_campaign(made["deleted"])
        store.save_campaign(replace(made["runs"], name="other"))
        store.save_campaign(replace(made["begun"], state=CampaignState.RUNNING))

    kept.since(change)
    wanted = {
        "paused": CampaignState.PAUSED,
        "ended": CampaignState.ENDED,
        "deleted": CampaignState.PAUSED,
        "runs": CampaignState.RUNNING,
        "begun": CampaignState.DRAFT,
    }
    assert {one.name: one.state for one in store.campaigns(TENANT)} == wanted
    whole = [store.campaign(TENANT, one.campaign_id) for one in made.values()]
    assert {one.name: one.state for one in whole if one} == wanted
    assert [one.name for one in store.all_running()] == ["runs"]
    # And it can be changed as ever.
    paused = store.campaign(TENANT, made["paused"].campaign_id)
    assert paused is not None
    assert store.save_campaign(replace(paused, state=CampaignState.RUNNING)).is_running


def test_mail_that_went_out_stays_and_says_what_the_totals_hold_of_it(kept: Kept) -> None:
    store = kept.store
    both = [store.add_mail(*mail(one)) for one in ("a", "b")]

    def go(mail_id: str) -> None:
        found = store.mail(TENANT, MailId(mail_id))
        assert found is not None
        tracked = TrackedMail(TENANT, found.mail_id, found.token, NOW)
        claim = store.claim_mail(claimed(found, NOW), tracked, None)
        store.save_mail(sent(claim, "m", NOW))

    def change() -> None:
        go("a")
        for name in ("went", "waits"):
            store.add_mail(*mail(name))
        go("went")

    kept.since(change)
    found = store.mails(TENANT, [MailId(one) for one in ("a", "b", "went", "waits")])
    assert {one.mail_id: one.sent_at for one in found.values()} == {
        "a": NOW,
        "b": None,
        "went": NOW,
    }
    assert found[MailId("a")].tallied == both[0].tallied
    assert store.mail_content(TENANT, MailId("went")) is not None
    assert store.mail_content(TENANT, MailId("waits")) is None
    listed = [one.mail_id for one in store.mails_of_person(TENANT, PersonId("p1"), 9).items]
    assert sorted(listed) == ["a", "b", "went"]
    assert store.tracked_mail(found[MailId("went")].token) is not None
    assert [one.mail_id for one in store.due_mails(TENANT, NOW + 2 * HOUR, 9)] == ["b"]
    # Nothing says so twice, and what happens next is counted.
    assert store.add_mails([mail("went")]) == [False]
    about = About(AboutKind.BROADCAST, "b1")
    assert store.mail_totals(TENANT, about).sent == 0
    for one in ("a", "went"):
        store.save_mail(found[MailId(one)])
    totals = store.mail_totals(TENANT, about)
    assert (totals.asked, totals.sent) == (3, 2)
