"""What a tick of the schedule sets going, and the figures that are at hand then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from funnel.usecases.app import App
from funnel.usecases.broadcasts.start_broadcasts import start_broadcasts
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.lists.standing_still import ring_for_everybody
from funnel.usecases.operating.measure import measure, measure_mail
from funnel.usecases.scoring.start_expiry import start_expiry
from funnel.usecases.segments.start_segments import start_segments
from funnel.usecases.sync.start_hourly_runs import start_hourly_runs
from funnel.usecases.sync.watch_runs import watch_runs
from funnel.usecases.target_lists.start_list_rounds import start_list_rounds
from funnel.usecases.vision.start_alerts import start_alerts

KEPT_FOR_SEGMENTS = 25
"""Seconds for those whose segments time changes, however many tenants there are to look at."""

SecondsLeft = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Ticked:
    """How much was set going, and figures by their name in CloudWatch."""

    done: Mapping[str, int]
    figures: Mapping[str, float] = field(default_factory=dict)


def tick(app: App, kind: str, seconds_left: SecondsLeft) -> Ticked:
    """Do what this kind of tick is for. Raises `ValueError` for one that is for nothing."""
    if kind not in _KINDS:
        raise ValueError(f"The schedule sent {kind!r}; no such thing is done.")
    return _KINDS[kind](app, seconds_left)


def _watch(app: App, _: SecondsLeft) -> Ticked:
    return Ticked({"rung": watch_runs(app) + start_broadcasts(app)})


def _hourly(app: App, _: SecondsLeft) -> Ticked:
    return Ticked({"started": start_hourly_runs(app, _quarter(app))})


def _target_lists(app: App, _: SecondsLeft) -> Ticked:
    return Ticked({"started": start_list_rounds(app, _quarter(app))})


def _mail(app: App, left: SecondsLeft) -> Ticked:
    rung = start_mails(app) + start_alerts(app)
    return Ticked({"rung": rung}, measure_mail(app, left))


def _campaigns(app: App, left: SecondsLeft) -> Ticked:
    found = start_campaigns(app, left)
    return Ticked(found, {"CampaignsLate": found["late"]})


def _scores(app: App, left: SecondsLeft) -> Ticked:
    return Ticked({"asked": start_expiry(app, left)})


def _segments(app: App, left: SecondsLeft) -> Ticked:
    rung = ring_for_everybody(app, lambda: left() - KEPT_FOR_SEGMENTS)
    return Ticked({"rung": rung, "asked": start_segments(app, left)})


def _measure(app: App, left: SecondsLeft) -> Ticked:
    figures = measure(app, _quarter(app), left)
    return Ticked({"figures": len(figures)}, figures)


def _quarter(app: App) -> int:
    return app.clock.now().minute // 15


_KINDS: Mapping[str, Callable[[App, SecondsLeft], Ticked]] = {
    "watch": _watch,
    "hourly": _hourly,
    "target_lists": _target_lists,
    "mail": _mail,
    "campaigns": _campaigns,
    "scores": _scores,
    "segments": _segments,
    "measure": _measure,
}
