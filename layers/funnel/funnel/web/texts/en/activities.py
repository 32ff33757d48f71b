"""What a person did."""

TEXTS = {
    "activities.title": "Activities",
    "activities.empty": "Nothing has been seen yet",
    "activities.empty.text": "Visits of your web sites, forms and emails appear here as soon as it "
    "is known that they are this person's: when a form is filled in, or a signed link is opened.",
    "activities.visit": "Visit",
    "activities.visit.site": "Visit of {site}",
    "activities.pages.one": "{n} page",
    "activities.pages.other": "{n} pages",
    "activities.lasted": "{duration} long",
    "activities.kind.page view": "Page",
    "activities.kind.form": "Form",
    "activities.kind.email open": "Email opened",
    "activities.kind.email click": "Link clicked",
    "activities.kind.points": "Points from a campaign",
    "activities.form": "Form “{form}” sent",
    "activities.form.unnamed": "Form sent",
    "activities.source.direct": "came directly",
    "activities.source.email": "from an email",
    "activities.source.email.named": "from the email “{name}”",
    "activities.source.campaign": "from the campaign “{name}”",
    "activities.source.referral": "from {host}",
    "activities.source.search": "searched with {engine}",
    "activities.source.term": "searched “{term}” with {engine}",
    "activities.all": "All activities",
}
