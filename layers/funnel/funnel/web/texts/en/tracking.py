"""Tracking: sites, and what people did on them."""

TEXTS = {
    "nav.tracking": "Tracking",
    "tracking.title": "Tracking",
    "tracking.text": "See what people look at on your web sites. Put a line into the pages of a "
    "site; who fills in a form or follows a link of an email is then a person here, with the "
    "earlier visits.",
    "tracking.empty": "No sites yet",
    "tracking.empty.text": "Add the first site below, and put the line you get into its pages.",
    "tracking.site": "Site",
    "tracking.domains": "Domains",
    "tracking.domains.hint": "Where its pages are, such as example.com. Subdomains are included.",
    "tracking.today": "Hits today",
    "tracking.state": "State",
    "tracking.state.active": "on",
    "tracking.state.off": "off",
    "tracking.state.over": "over budget",
    "tracking.add": "Add a site",
    "tracking.name": "Name",
    "tracking.added": "The site is added. Put the line below into its pages.",
    "tracking.changed": "The settings are saved. Pages that are open may take ten minutes to follow.",
    "tracking.snippet": "Put this into your pages",
    "tracking.snippet.text": "Into the head of every page of the site. It loads after the page, "
    "sets a cookie of your own site only, and takes no other site's.",
    "tracking.snippet.consent": "Nothing is stored or sent before your cookie banner calls {code}. "
    "With {no} everything is forgotten in that browser.",
    "tracking.snippet.at_once": "Visitors are followed at once. Where somebody says no, have your "
    "page call {no}.",
    "tracking.forms": "Forms",
    "tracking.forms.text": "Give a form of your site the attribute {code}: what is typed into its "
    "fields named email, first_name and last_name comes here when it is sent. Or lead people to "
    "the form we host:",
    "tracking.settings": "Settings",
    "tracking.budget": "Hits a day",
    "tracking.budget.hint": "Bounds the bill. What comes beyond is counted and not written down; "
    "the day begins at midnight UTC. Forms have as many of their own.",
    "tracking.state.aside": "forms kept aside",
    "tracking.aside.one": "{n} form is kept aside",
    "tracking.aside.other": "{n} forms are kept aside",
    "tracking.aside.text": "Forms of this site made more than {most} new people in a day, very many came from one "
    "network or browser, they may be a machine's, or their address was erased on request. Who was new is not in Funnel yet; such forms are kept for 30 days. Who sent one was thanked as always.",
    "tracking.aside.take": "Take them in",
    "tracking.aside.drop": "Drop them…",
    "tracking.aside.drop.sure": "Drop them for good",
    "tracking.aside.admin": "An admin decides what becomes of them.",
    "tracking.aside.decided": "Done. At most 500 forms at a time: look whether more are left.",
    "tracking.over": "The budget of today is used up",
    "tracking.over.text.one": "{n} hit was not written down. Raise the budget below, or wait for "
    "tomorrow.",
    "tracking.over.text.other": "{n} hits were not written down. Raise the budget below, or wait "
    "for tomorrow.",
    "tracking.over.forms.one": "{n} form was not taken, and whoever filled it in was told so.",
    "tracking.over.forms.other": "{n} forms were not taken, and whoever filled them in was told so.",
    "tracking.consent": "When to follow a visitor",
    "tracking.consent.ask": "When your page says that the visitor agrees",
    "tracking.consent.at once": "At once, until your page says that the visitor does not",
    "tracking.dnt": "Do not follow browsers that ask for it (Do Not Track, Global Privacy Control)",
    "tracking.off": "Stop following",
    "tracking.on": "Follow again",
    "tracking.off.title": "Tracking is off",
    "tracking.off.text": "Nothing that comes from this site is taken.",
    "tracking.days": "The last seven days",
    "tracking.day": "Day (UTC)",
    "tracking.accepted": "Written down",
    "tracking.refused": "Beyond the budget",
    "tracking.since": "Here since {date}",
    "tracking.back": "All sites",
}
