"""FunnelVision: Who's Hot, and a prospect whole."""

TEXTS = {
    "vision.hot": "Who's Hot",
    "vision.hot.why": "Why {score}? {name}",
    "vision.hot.why.short": "Why {score}?",
    "vision.hot.times": "{n}×",  # noqa: RUF001
    "vision.hot.fresh": "Something happened just now",
    "vision.hot.never": "not seen yet",
    "vision.hot.more": "Show more",
    "vision.hot.everybody": "Show also who was not on the site in this time",
    "vision.hot.none.no_rules": "No score rules yet",
    "vision.hot.none.no_rules.text": "Prospects get points for what they do, by rules. A marketer can add "
    "them in Funnel under Scoring.",
    "vision.hot.none.no_prospects": "Nobody has been seen yet",
    "vision.hot.none.no_prospects.text": "Your Leads and Contacts appear here with their first visit or "
    "click that tells who they are: by a form, or a link in an email.",
    "vision.hot.none.no_scores": "Nobody has points at the moment",
    "vision.hot.none.no_scores.text": "Your prospects were on the site, but did nothing that gives points, "
    "or it was too long ago.",
    "vision.hot.none.not_seen": "Nobody with a score was here in this time",
    "vision.hot.none.not_seen.text": "Choose a longer time above, or look at everybody.",
    "vision.trend": "Score in the last 30 days: {first} at first, {most} at most, {now} now",
    "vision.change.title": "in the last 7 days",
    "vision.prospect": "This prospect",
    "vision.prospect.open.Leads": "Open the Lead in Sugar",
    "vision.prospect.open.Contacts": "Open the Contact in Sugar",
    "vision.prospect.other.Leads": "Also the Lead {name}",
    "vision.prospect.other.Contacts": "Also the Contact {name}",
    "vision.prospect.other.Prospects": "Also the Target {name}",
    "vision.prospect.owner": "Assigned to",
    "vision.prospect.phone": "Phone",
    "vision.prospect.email": "Email",
    "vision.prospect.no_email": "No address is known.",
    "vision.prospect.may_mail": "May be mailed",
    "vision.prospect.opted_out": "Opted out: no mail",
    "vision.prospect.invalid": "Invalid: mail does not arrive",
    "vision.prospect.trend": "How the score moved",
    "vision.prospect.days_ago": "30 days ago",
    "vision.prospect.activities": "Latest activities",
}
