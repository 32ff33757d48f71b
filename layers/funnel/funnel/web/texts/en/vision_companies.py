"""FunnelVision: companies that visited, in Sugar and in the web app."""

TEXTS = {
    "vision.companies": "Anonymous Visitors",
    "vision.companies.order": "Order",
    "vision.companies.order.seen": "Last seen",
    "vision.companies.order.visits": "Most visits",
    "vision.companies.all_known": "All who came are known by now",
    "vision.companies.visits.one": "{n} visit",
    "vision.companies.visits.other": "{n} visits",
    "vision.companies.visits.more": "over {n} visits",
    "vision.companies.people.one": "{n} person",
    "vision.companies.people.other": "{n} people",
    "vision.companies.read": "Read",
    "vision.companies.came": "Came",
    "vision.companies.times": "{name} ({n})",
    "vision.companies.source.direct": "directly",
    "vision.companies.source.email": "by an email",
    "vision.companies.source.campaign": "by a campaign",
    "vision.companies.source.referral": "from another site",
    "vision.companies.source.search": "by searching",
    "vision.companies.by.campaign": "by the campaign “{via}”",
    "vision.companies.by.email": "by the email “{via}”",
    "vision.companies.by.referral": "from {via}",
    "vision.companies.by.search": "by {via}",
    "vision.companies.account": "Account:",
    "vision.companies.known.one": "{n} became known:",
    "vision.companies.known.other": "{n} became known:",
    "vision.companies.known.another": "another rep's",
    "vision.companies.chart": "Visits a day since {first}: {days}",
    "vision.companies.hidden.one": "{n} visit by people at Internet providers or hosting is not shown.",
    "vision.companies.hidden.other": (
        "{n} visits by people at Internet providers or hosting are not shown."
    ),
    "vision.companies.hidden.more": (
        "Over {n} visits by people at Internet providers or hosting are not shown."
    ),
    "vision.companies.hidden.which": "Which?",
    "vision.companies.hidden.title": "Not shown",
    "vision.companies.hidden.text": (
        "Behind these networks is anybody, so they tell you nothing. If one is a company after all, "
        "say so: its visits are shown then, those before too."
    ),
    "vision.companies.hidden.none": "No visit of this time was left out.",
    "vision.companies.most": "These are the first 25; there are more.",
    "vision.companies.kind.company": "Company",
    "vision.companies.kind.education": "University or school",
    "vision.companies.kind.internet provider": "Internet provider",
    "vision.companies.kind.mobile": "Mobile network",
    "vision.companies.kind.hosting": "Hosting",
    "vision.companies.kind.unknown": "Unknown",
    "vision.companies.why": "Why",
    "vision.companies.why.said": "{by} said so, {date}.",
    "vision.companies.why.range": "The database of companies says so of this range of addresses.",
    "vision.companies.why.asn": "The database says so of the network it is in.",
    "vision.companies.why.name": "By its name: “{word}”.",
    "vision.companies.why.nothing else": (
        "It runs a network of its own, and its name is none of an Internet provider."
    ),
    "vision.companies.why.no information": "The database says nothing of it.",
    "vision.companies.network": "Network",
    "vision.companies.named": "{by} named it, {date}. In the database: {name}",
    "vision.companies.nobody_there": "Nobody was there in this time.",
    "vision.companies.seen": "Last seen",
    "vision.companies.say": "Is that wrong?",
    "vision.companies.say.text": "What you say counts for everybody at your company, and for past days.",
    "vision.companies.say.provider": "This is an Internet provider",
    "vision.companies.say.company": "This is a company",
    "vision.companies.say.name": "What it is called",
    "vision.companies.say.save": "Save the name",
    "vision.companies.say.undo": "Undo",
    "vision.companies.empty.nobody": "No companies in this time",
    "vision.companies.empty.nobody.text": (
        "Whoever visits from a company's network without saying who they are appears here."
    ),
    "vision.companies.empty.no site": "No web site is followed yet",
    "vision.companies.empty.no site.text": (
        "Ask a marketer to add your site in Funnel, under Tracking, and to put its line into the pages."
    ),
    "vision.companies.empty.no database": "Funnel does not know any companies' addresses yet",
    "vision.companies.empty.no database.text": (
        "Ask your admin for a database of companies: Funnel's page Companies says which, and how."
    ),
}
