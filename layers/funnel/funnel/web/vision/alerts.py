"""The rep's alerts: mails of what own prospects do, each switched on by itself."""

from dataclasses import dataclass

from funnel.domain.vision.alerts import MOST_THRESHOLD, Alert
from funnel.usecases.vision.change_alerts import AlertsView, change_alerts, view_alerts
from funnel.web.vision.look import Look
from funnel.web.vision.room import Part, VisionRoom

HOURS = range(24)

room = VisionRoom()


@dataclass(frozen=True, slots=True)
class AlertsSaid:
    """What the rep wants. `hour` is when the digest comes, by the clocks of `zone`."""

    on: tuple[Alert, ...]
    threshold: int
    hour: int
    zone: str


@room.part("GET", "/alerts", "What the rep is told of by mail", AlertsView)
def alerts(look: Look) -> Part:
    """In the drawer."""
    viewer = look.viewer
    return _part(view_alerts(look.app, viewer.tenant, viewer.user_id))


@room.part("POST", "/alerts", "Choose what the rep is told of by mail", AlertsView, body=AlertsSaid)
def save(look: Look) -> Part:
    """Save it, and show it again."""
    said, viewer = _said(look), look.viewer
    found = change_alerts(
        look.app,
        viewer.tenant,
        viewer.user_id,
        on=said.on,
        threshold=said.threshold,
        hour=said.hour,
        zone=said.zone,
        language=look.asked.texts.language,
    )
    return _part(found, is_saved=True)


def _part(found: AlertsView, *, is_saved: bool = False) -> Part:
    context = {"is_saved": is_saved, "kinds": tuple(Alert), "hours": HOURS, "most": MOST_THRESHOLD}
    return Part("vision/alerts.html", found, context)


def _said(look: Look) -> AlertsSaid:
    """What was sent, as JSON or by the form: a box that is not ticked is not sent."""
    if "json" in look.asked.headers.get("content-type", ""):
        return look.asked.json(AlertsSaid)
    form = {name: values[0] for name, values in look.asked.form().items()}
    return AlertsSaid(
        tuple(one for one in Alert if one.value in form),
        _number(form.get("threshold", "")),
        _number(form.get("hour", "")),
        form.get("zone", ""),
    )


def _number(text: str) -> int:
    """A number as typed; -1, which nothing takes, for what is none."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else -1
