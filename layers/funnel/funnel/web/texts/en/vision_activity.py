"""FunnelVision: Prospect Activity, and what a prospect did."""

TEXTS = {
    "vision.activity": "Prospect Activity",
    "vision.activity.here": "On the site now",
    "vision.activity.details": "Details of {name}, score {score}",
    "vision.activity.score": "Score: press for details",
    "vision.activity.more_pages": "and {n} more",
    "vision.activity.more": "Show earlier visits",
    "vision.activity.earlier": "Show earlier",
    "vision.activity.visits.one": "{n} visit, by day",
    "vision.activity.visits.other": "{n} visits, by day",
    "vision.activity.some": "(of those who were there last)",
    "vision.activity.machines.one": "{n} by a machine",
    "vision.activity.machines.other": "{n} by machines",
    "vision.activity.nothing": "Nothing has been seen yet: no visit, no form, no email opened.",
    "vision.activity.none.no_site": "No web site is followed yet",
    "vision.activity.none.no_site.text": (
        "Ask a marketer to add your site in Funnel, under Tracking, and to put its line into the pages."
    ),
    "vision.activity.none.nobody_known": "None of your prospects was on the site yet",
    "vision.activity.none.nobody_known.text": (
        "A visit is a prospect's as soon as it says who it is: by a form, or by a link in an email. "
        "Then the visits before it are shown too."
    ),
    "vision.activity.none.not_seen": "None of your prospects was on the site in this time",
    "vision.activity.none.not_seen.text": "Choose a longer time above: there were visits before.",
}
