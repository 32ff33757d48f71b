"""FunnelVision: a rep's alerts."""

TEXTS = {
    "vision.alerts": "Alerts",
    "vision.alerts.to": "Mail comes to {address}, your address in Sugar.",
    "vision.alerts.saved": "Saved.",
    "vision.alerts.trouble": "No alert can be sent at the moment.",
    "vision.alerts.stopped": "Switch on again what you want.",
    "vision.alerts.score": "When a prospect of mine reaches a lead score",
    "vision.alerts.score.text": (
        "Once, until it falls below and reaches it anew. Who has reached it already is not told."
    ),
    "vision.alerts.threshold": "Lead score",
    "vision.alerts.visit": "When a prospect of mine is on our site",
    "vision.alerts.visit.text": "Once a visit, within a few minutes; several come in one mail.",
    "vision.alerts.digest": "A digest each day",
    "vision.alerts.digest.text": (
        "Your hottest prospects, who was on the site, and what became of your emails. "
        "On a day with nothing new, none comes."
    ),
    "vision.alerts.hour": "At",
    "vision.alerts.zone": "Time zone:",
    "vision.alerts.save": "Save",
    "leave.alert.title": "Switch this alert off",
    "leave.alert.text": "Press the button, and no more alerts of this kind come to you. Others stay on.",
    "leave.alert.button": "Switch it off",
    "leave.alert.done": "It is switched off",
    "leave.alert.done.text": "No more alerts of this kind come to you. In FunnelVision, under Alerts, you "
    "can switch it on again.",
    "leave.alert.undone": "It is switched on again",
    "leave.alert.undone.text": "Alerts of this kind come to you, from now on.",
}
