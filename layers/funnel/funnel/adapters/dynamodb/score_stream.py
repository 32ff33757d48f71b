"""What the stream of the score table tells of one write."""

from collections.abc import Mapping
from typing import Any

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.pushing.score_marks import ScoreMoved


def score_change(told: Mapping[str, Any]) -> ScoreMoved:
    """The change behind a record's part `dynamodb`. Raises `ValueError` for no score's key.

    Only the ids in the key and the attribute `value` of both images are looked at. A score that is
    not there is 0; one that is no number is refused.
    """
    tenant, _, person_id = str(told["Keys"]["pk"]["S"]).partition("#")
    if not (tenant and person_id) or told["Keys"]["sk"]["S"] != "score":
        raise ValueError("the stream tells of something that is no score")
    before, after = _value(told.get("OldImage")), _value(told.get("NewImage"))
    return ScoreMoved(TenantId(tenant), PersonId(person_id), before, after)


def _value(image: Mapping[str, Any] | None) -> int:
    return int(image["value"]["N"]) if image else 0
