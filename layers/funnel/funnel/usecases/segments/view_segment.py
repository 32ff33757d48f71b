"""A segment as it is shown: its rule as data and in words, and whether it is worked out by now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.lists import PeopleList
from funnel.domain.segments.rule_json import rule_to_json
from funnel.domain.segments.rule_speech import ENGLISH, RuleSpeech
from funnel.domain.segments.rule_words import rule_words
from funnel.domain.segments.segments import Group
from funnel.usecases.app import App
from funnel.usecases.scoring.count_behaviours import are_counted, behaviours_of
from funnel.usecases.segments.explain_segment import rule_names
from funnel.usecases.segments.keep_segments import segment_of


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A segment; `overlays` are the ids of those it has.

    `looked_at` is how many people were looked at of those who are to be, None when all were.
    `is_counted` says whether all it asks of behaviour is counted for everybody by now.
    """

    segment: PeopleList
    rule: Mapping[str, Any]
    words: str
    overlays: tuple[str, ...]
    looked_at: int | None
    is_counted: bool

    @property
    def is_settled(self) -> bool:
        """Whether everybody who should be in it is, but for what changes just now."""
        return self.is_counted and self.looked_at is None


def segment_view(
    app: App, tenant: TenantId, list_id: ListId, speech: RuleSpeech = ENGLISH
) -> SegmentView:
    """The segment as it stands. Raises `NotFound`."""
    segment = segment_of(app, tenant, list_id)
    rule = segment.rule or Group()
    recompute = app.lists.list_settings(tenant).recompute
    going = recompute is not None and recompute.finished_at is None
    overlays = app.scoring.scoring_rules(tenant).overlays
    behaviours = behaviours_of([rule])
    return SegmentView(
        segment=segment,
        rule=rule_to_json(rule),
        words=rule_words(rule, rule_names(app, tenant, rule, speech=speech)),
        overlays=tuple(one.overlay_id for one in overlays if one.segment == list_id),
        looked_at=recompute.people if recompute is not None and going else None,
        is_counted=not behaviours or are_counted(app, tenant, behaviours.values()),
    )
