"""Segments of a company, a list made by hand, and an overlay, with members as they would be."""

from dataclasses import replace
from datetime import datetime, timedelta

from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.lists.auto_lists import Recompute
from funnel.domain.lists.lists import ListKind, Move, PeopleList
from funnel.domain.scoring.scoring import Overlay, Rule
from funnel.domain.segments.segments import (
    BehaviourTest,
    FieldTest,
    Group,
    ListTest,
    Match,
    Operator,
)
from funnel.domain.tracking.activities import ActivityKind
from tests.fakes.store import MemoryStore

READY, EMPTY, VIPS = ListId("segment-ready"), ListId("segment-empty"), ListId("by-hand-vips")
OVERLAY = "overlay-signing"
RULE = Group(
    Match.ALL,
    (
        FieldTest("sales_stage", Operator.IS, ("Negotiation/Review", "Closed Won")),
        BehaviourTest(ActivityKind.PAGE_VIEW, page="/pricing*", least=2, days=30),
        Group(
            Match.NONE,
            (
                ListTest(VIPS),
                FieldTest("owner", Operator.IS, ("jonas", "no-more")),
                Group(
                    Match.ANY,
                    (
                        FieldTest("created_at", Operator.PAST, ("30",)),
                        FieldTest("city", Operator.CONTAINS, ("Oslo", "Berg <en>")),
                    ),
                ),
            ),
        ),
    ),
)


def fill_segments(store: MemoryStore, full: TenantId, running: TenantId, now: datetime) -> None:
    """Two segments, one without members and with an overlay, and a list by hand; another company's are being worked out."""
    made = PeopleList(
        full, READY, ListKind.SEGMENT, "Ready to <buy>", now - timedelta(days=40),
        now - timedelta(days=2), rule=RULE, description="For the autumn campaign", by="Mo Sandberg",
    )  # fmt: skip
    bergmann = Group(parts=(FieldTest("last_name", Operator.IS, ("Bergmann",)),))
    for one in (
        made,
        replace(made, list_id=EMPTY, name="The Bergmanns", rule=bergmann),
        replace(made, list_id=VIPS, kind=ListKind.MANUAL, name="VIPs of the fair", rule=None),
    ):
        store.save_list(one)
    for person in ("anneliese", "person-3", "person-4"):
        before = store.standings(full, [PersonId(person)])[PersonId(person)]
        lists, by_hand = before.lists | {READY, VIPS}, before.by_hand | {VIPS}
        assert all(store.move(full, [Move(before, lists, by_hand)], now - timedelta(days=2)))
    rules = store.scoring_rules(full)
    again = Rule("again", "Back at <prices>", ActivityKind.PAGE_VIEW, 4, page="/pricing*", days=30)
    overlay = Overlay(OVERLAY, "Close to <signing>", EMPTY, 20, (again,))
    store.save_scoring_rules(replace(rules, overlays=(overlay,)))
    begun = Recompute("r", "Mo Sandberg", now - timedelta(seconds=40), "x", 1400)
    store.save_list(replace(made, tenant=running))
    store.save_list_settings(replace(store.list_settings(running), recompute=begun))
