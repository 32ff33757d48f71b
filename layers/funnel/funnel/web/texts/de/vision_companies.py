"""FunnelVision: companies that visited, in Sugar and in the web app."""

TEXTS = {
    "vision.companies": "Anonyme Besucher",
    "vision.companies.order": "Reihenfolge",
    "vision.companies.order.seen": "Zuletzt gesehen",
    "vision.companies.order.visits": "Meiste Besuche",
    "vision.companies.all_known": "Alle, die kamen, sind inzwischen bekannt",
    "vision.companies.visits.one": "{n} Besuch",
    "vision.companies.visits.other": "{n} Besuche",
    "vision.companies.visits.more": "über {n} Besuche",
    "vision.companies.people.one": "{n} Person",
    "vision.companies.people.other": "{n} Personen",
    "vision.companies.read": "Gelesen",
    "vision.companies.came": "Gekommen",
    "vision.companies.times": "{name} ({n})",
    "vision.companies.source.direct": "direkt",
    "vision.companies.source.email": "über eine E-Mail",
    "vision.companies.source.campaign": "über eine Kampagne",
    "vision.companies.source.referral": "von einer anderen Website",
    "vision.companies.source.search": "über eine Suche",
    "vision.companies.by.campaign": "über die Kampagne „{via}“",
    "vision.companies.by.email": "über die E-Mail „{via}“",
    "vision.companies.by.referral": "von {via}",
    "vision.companies.by.search": "über {via}",
    "vision.companies.account": "Firma:",
    "vision.companies.known.one": "{n} wurde bekannt:",
    "vision.companies.known.other": "{n} wurden bekannt:",
    "vision.companies.known.another": "bei einem anderen Vertriebsmitarbeiter",
    "vision.companies.chart": "Besuche je Tag seit {first}: {days}",
    "vision.companies.hidden.one": (
        "{n} Besuch von Personen bei Internetanbietern oder Hostern wird nicht angezeigt."
    ),
    "vision.companies.hidden.other": (
        "{n} Besuche von Personen bei Internetanbietern oder Hostern werden nicht angezeigt."
    ),
    "vision.companies.hidden.more": (
        "Über {n} Besuche von Personen bei Internetanbietern oder Hostern werden nicht angezeigt."
    ),
    "vision.companies.hidden.which": "Welche?",
    "vision.companies.hidden.title": "Nicht angezeigt",
    "vision.companies.hidden.text": (
        "Hinter diesen Netzen kann jeder stecken, sie sagen Ihnen also nichts. Ist eines doch"
        " ein Unternehmen, geben Sie das an: Dann werden seine Besuche angezeigt, auch die "
        "bisherigen."
    ),
    "vision.companies.hidden.none": "Kein Besuch dieses Zeitraums wurde weggelassen.",
    "vision.companies.most": "Das sind die ersten 25; es gibt mehr.",
    "vision.companies.kind.company": "Unternehmen",
    "vision.companies.kind.education": "Hochschule oder Schule",
    "vision.companies.kind.internet provider": "Internetanbieter",
    "vision.companies.kind.mobile": "Mobilfunknetz",
    "vision.companies.kind.hosting": "Hoster",
    "vision.companies.kind.unknown": "Unbekannt",
    "vision.companies.why": "Warum",
    "vision.companies.why.said": "{by} hat das angegeben, {date}.",
    "vision.companies.why.range": (
        "Die Datenbank der Unternehmen sagt das über diesen Adressbereich."
    ),
    "vision.companies.why.asn": "Die Datenbank sagt das über das Netz, in dem er liegt.",
    "vision.companies.why.name": "Nach dem Namen: „{word}“.",
    "vision.companies.why.nothing else": (
        "Es betreibt ein eigenes Netz, und der Name ist keiner eines Internetanbieters."
    ),
    "vision.companies.why.no information": "Die Datenbank sagt nichts darüber.",
    "vision.companies.network": "Netz",
    "vision.companies.named": "{by} hat es benannt, {date}. In der Datenbank: {name}",
    "vision.companies.nobody_there": "In dieser Zeit war niemand da.",
    "vision.companies.seen": "Zuletzt gesehen",
    "vision.companies.say": "Stimmt das nicht?",
    "vision.companies.say.text": (
        "Was Sie angeben, gilt für alle in Ihrem Unternehmen, auch für vergangene Tage."
    ),
    "vision.companies.say.provider": "Das ist ein Internetanbieter",
    "vision.companies.say.company": "Das ist ein Unternehmen",
    "vision.companies.say.name": "Wie es heißt",
    "vision.companies.say.save": "Namen speichern",
    "vision.companies.say.undo": "Rückgängig",
    "vision.companies.empty.nobody": "Keine Unternehmen in dieser Zeit",
    "vision.companies.empty.nobody.text": (
        "Wer aus dem Netz eines Unternehmens kommt und nicht zu erkennen gibt, wer er ist, "
        "erscheint hier."
    ),
    "vision.companies.empty.no site": "Noch wird keine Website erfasst",
    "vision.companies.empty.no site.text": (
        "Bitten Sie das Marketing, Ihre Website in Funnel unter „Tracking“ anzulegen und die "
        "Zeile dazu in die Seiten einzubauen."
    ),
    "vision.companies.empty.no database": "Funnel kennt noch keine Adressen von Unternehmen",
    "vision.companies.empty.no database.text": (
        "Bitten Sie Ihren Administrator um eine Datenbank der Unternehmen: Welche und wie, "
        "steht in Funnel auf der Seite „Unternehmen“."
    ),
}
