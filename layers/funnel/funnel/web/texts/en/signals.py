"""Who did it, a person or a machine: on a person's activities."""

TEXTS = {
    "signal.human": "Person",
    "signal.proxy open": "Image proxy",
    "signal.privacy open": "Privacy proxy",
    "signal.scanner": "Link scanner",
    "signal.crawler": "Crawler",
    "signal.why.none": "Nothing speaks against it.",
    "signal.why.agent": "Its user agent names {name}.",
    "signal.why.network": "It came from the network of {name}.",
    "signal.why.no_agent": "Its request names no browser.",
    "signal.why.bare_agent": "Its user agent is one that no browser has and that Apple Mail loads "
    "pictures with, whether or not anybody reads.",
    "signal.why.head": "It only asked whether the link is there.",
    "signal.why.too_soon": "It came before anybody could have read the mail.",
    "signal.why.honeypot": "A link or field that people do not see was used.",
    "signal.why.burst": "More links of the mail were opened at once than a hand can click.",
    "signal.why.page_burst": "More pages were opened at once than anybody can look at.",
    "signal.why.said": "Said by {by}, {moment}.",
    "signal.change": "Who was it? {label}: {what}",
    "signal.no_points": "What a machine does counts towards no score.",
    "signal.was_person": "This was a person",
    "signal.was_machine": "This was a machine",
    "signal.said_of": "{said}: {what}",
    "signal.done": "The label is changed, and the score follows.",
}
