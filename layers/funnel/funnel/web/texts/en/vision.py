"""FunnelVision: the frame in Sugar, its filters and its states."""

TEXTS = {
    "vision.home.title": "FunnelVision",
    "vision.record.title": "FunnelVision: this record",
    "vision.about.sees": "You see the prospects that are yours in Sugar.",
    "vision.about.reports": "You see those of these users too, who report to you:",
    "vision.about.record": "You opened this record in Sugar:",
    "vision.filters": "What is shown",
    "vision.days": "Time",
    "vision.days.1": "Today",
    "vision.days.7": "7 days",
    "vision.days.30": "30 days",
    "vision.whose": "Whose prospects",
    "vision.whose.mine": "Mine",
    "vision.whose.team": "All my team",
    "vision.whose.many": "Your first {n} reports, by name, are here; you have more.",
    "vision.panels": "Panels",
    "vision.count.one": "{n} new",
    "vision.count.other": "{n} new",
    "vision.loading": "FunnelVision is loading…",
    "vision.late": "It takes longer than usual.",
    "vision.again": "Try again",
    "vision.close": "Close",
    "vision.details": "Details",
    "vision.lost": "FunnelVision cannot be reached at the moment.",
    "vision.lost.mend": "It is tried again every minute. What you see is from before.",
    "vision.lost_at_first": "FunnelVision cannot be reached at the moment.",
    "vision.lost_at_first.mend": "It is tried again every minute.",
    "vision.failed": "This could not be shown, and that is our mistake.",
    "vision.failed.mend": "It is tried again in a minute; the other panels are right.",
    "vision.no_token": "Sugar did not say who you are.",
    "vision.no_token.mend": (
        "Reload the page in Sugar. If it stays so, ask an admin to look at Funnel's settings in Sugar."
    ),
    "vision.outside": "FunnelVision is shown inside Sugar.",
    "vision.outside.mend": "Open Sugar, and add FunnelVision to your Home page there.",
    "vision.no_script": "FunnelVision needs JavaScript, as Sugar itself does.",
    "vision.unknown.title": "FunnelVision is not set up here",
    "vision.unknown": "This address leads to no Sugar that is connected to Funnel.",
    "vision.unknown.mend": (
        "An admin finds the right address in Funnel under Settings, Connection, and enters it in Sugar."
    ),
    "vision.open.title": "Open Funnel",
    "vision.open.as": "Sugar says that you are {name}.",
    "vision.open.go": "Go on",
    "vision.open.hint": "If that is not you, close this page.",
    "vision.open.refused": "Funnel was not opened",
    "connection.frames": "Where FunnelVision is shown",
    "connection.frames.text": (
        "Pages of {own} may show FunnelVision. If people open Sugar at other addresses too, enter them, "
        "four at most."
    ),
    "connection.frames.label": "Further addresses, with spaces between",
}
