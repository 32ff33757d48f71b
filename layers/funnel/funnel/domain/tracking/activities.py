"""What people, and machines, did: the visits, forms, opens and clicks that a score is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from funnel.domain.ids import TenantId

SubjectId = NewType("SubjectId", str)
"""Whose an activity is: a person's id, or that of a visitor who may be nobody yet."""


class ActivityKind(StrEnum):
    """What was done."""

    PAGE_VIEW = "page view"
    FORM = "form"
    EMAIL_OPEN = "email open"
    EMAIL_CLICK = "email click"
    POINTS = "points"

    @property
    def is_done(self) -> bool:
        """Whether somebody does it. Points are given, by a step of a campaign."""
        return self is not ActivityKind.POINTS


class Signal(StrEnum):
    """Who did it, as far as can be told. Only what people did counts towards a score."""

    HUMAN = "human"
    PROXY_OPEN = "proxy open"
    PRIVACY_OPEN = "privacy open"
    SCANNER = "scanner"
    CRAWLER = "crawler"


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that was done; written once, under the subject it was done by, and kept there.

    `activity_id` is the same when it arrives again. `about` says what it was done to: `site`,
    `url`, `path`, `title`, `visit`, `form`, `email`, `link`, of points given `campaign`, `step`, `points`
    and `name`, and of who did it `user_agent`, `network` and `company`. `signal` is who did it and `why` the reason for thinking so; `by` is the marketer who
    said otherwise, "" for nobody. Only these three ever change.
    """

    tenant: TenantId
    subject: SubjectId
    activity_id: str
    kind: ActivityKind
    at: datetime
    about: Mapping[str, str] = field(default_factory=dict)
    signal: Signal = Signal.HUMAN
    why: str = ""
    by: str = ""
    version: int = 0
