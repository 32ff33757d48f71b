"""Who did it, a person or a machine: on a person's activities."""

TEXTS = {
    "signal.human": "Person",
    "signal.proxy open": "Bild-Proxy",
    "signal.privacy open": "Datenschutz-Proxy",
    "signal.scanner": "Link-Scanner",
    "signal.crawler": "Crawler",
    "signal.why.none": "Nichts spricht dagegen.",
    "signal.why.agent": "Der User-Agent nennt {name}.",
    "signal.why.network": "Es kam aus dem Netz von {name}.",
    "signal.why.no_agent": "Die Anfrage nennt keinen Browser.",
    "signal.why.bare_agent": (
        "Den User-Agent hat kein Browser; Apple Mail lädt damit Bilder, ob jemand liest oder nicht."
    ),
    "signal.why.head": "Es wurde nur gefragt, ob der Link da ist.",
    "signal.why.too_soon": "Es kam, bevor jemand die E-Mail hätte lesen können.",
    "signal.why.honeypot": "Ein Link oder Feld wurde benutzt, das Menschen nicht sehen.",
    "signal.why.burst": (
        "Es wurden mehr Links der E-Mail auf einmal geöffnet, als eine Hand klicken kann."
    ),
    "signal.why.page_burst": "Es wurden mehr Seiten auf einmal geöffnet, als jemand ansehen kann.",
    "signal.why.said": "Angegeben von {by}, {moment}.",
    "signal.change": "Wer war es? {label}: {what}",
    "signal.no_points": "Was eine Maschine tut, zählt für keinen Score.",
    "signal.was_person": "Das war eine Person",
    "signal.was_machine": "Das war eine Maschine",
    "signal.said_of": "{said}: {what}",
    "signal.done": "Die Einordnung ist geändert, und der Score folgt.",
}
