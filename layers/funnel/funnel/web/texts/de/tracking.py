"""Tracking: sites, and what people did on them."""

TEXTS = {
    "nav.tracking": "Tracking",
    "tracking.title": "Tracking",
    "tracking.text": (
        "Sehen Sie, was auf Ihren Websites angesehen wird. Bauen Sie eine Zeile in die Seiten"
        " einer Website ein; wer ein Formular ausfüllt oder einem Link einer E-Mail folgt, "
        "ist dann hier eine Person, mit ihren früheren Besuchen."
    ),
    "tracking.empty": "Noch keine Websites",
    "tracking.empty.text": (
        "Legen Sie unten die erste Website an und bauen Sie die Zeile, die Sie erhalten, in "
        "ihre Seiten ein."
    ),
    "tracking.site": "Website",
    "tracking.domains": "Domains",
    "tracking.domains.hint": "Wo ihre Seiten sind, etwa example.com. Subdomains gehören dazu.",
    "tracking.today": "Aufrufe heute",
    "tracking.state": "Status",
    "tracking.state.active": "an",
    "tracking.state.off": "aus",
    "tracking.state.over": "Kontingent überschritten",
    "tracking.add": "Website hinzufügen",
    "tracking.name": "Name",
    "tracking.added": "Die Website ist angelegt. Bauen Sie die Zeile unten in ihre Seiten ein.",
    "tracking.changed": (
        "Die Einstellungen sind gespeichert. Bei offenen Seiten kann es zehn Minuten dauern."
    ),
    "tracking.snippet": "Das gehört in Ihre Seiten",
    "tracking.snippet.text": (
        "In den Kopfbereich jeder Seite der Website. Es lädt nach der Seite, setzt nur ein Cookie "
        "Ihrer eigenen Website und nimmt keines einer anderen."
    ),
    "tracking.snippet.consent": (
        "Nichts wird gespeichert oder gesendet, bevor Ihr Cookie-Banner {code} aufruft. Mit "
        "{no} wird in diesem Browser alles vergessen."
    ),
    "tracking.snippet.at_once": (
        "Besucher werden sofort erfasst. Wo jemand Nein sagt, lassen Sie Ihre Seite {no} aufrufen."
    ),
    "tracking.forms": "Formulare",
    "tracking.forms.text": (
        "Geben Sie einem Formular Ihrer Website das Attribut {code}: Was in die Felder mit "
        "den Namen email, first_name und last_name eingegeben wird, kommt beim Senden "
        "hierher. Oder führen Sie Besucher zu dem Formular, das wir bereitstellen:"
    ),
    "tracking.settings": "Einstellungen",
    "tracking.budget": "Aufrufe am Tag",
    "tracking.budget.hint": (
        "Begrenzt die Kosten. Was darüber hinausgeht, wird gezählt, aber nicht gespeichert; der "
        "Tag beginnt um Mitternacht UTC. Formulare haben noch einmal so viele."
    ),
    "tracking.state.aside": "Formulare zurückgestellt",
    "tracking.aside.one": "{n} Formular ist zurückgestellt",
    "tracking.aside.other": "{n} Formulare sind zurückgestellt",
    "tracking.aside.text": (
        "Formulare dieser Website brachten mehr als {most} neue Personen an einem Tag, sehr viele "
        "kamen aus einem Netz oder von einem Browser, sie können von einer Maschine stammen, oder "
        "ihre Adresse wurde auf Verlangen gelöscht. Wer neu war, ist noch nicht in Funnel; solche "
        "Formulare werden 30 Tage aufbewahrt. Wer eines gesendet hat, sah den Dank wie immer."
    ),
    "tracking.aside.take": "Übernehmen",
    "tracking.aside.drop": "Verwerfen …",
    "tracking.aside.drop.sure": "Endgültig verwerfen",
    "tracking.aside.admin": "Ein Administrator entscheidet, was daraus wird.",
    "tracking.aside.decided": (
        "Erledigt. Höchstens 500 Formulare auf einmal: Sehen Sie nach, ob noch welche übrig sind."
    ),
    "tracking.over": "Das heutige Kontingent ist aufgebraucht",
    "tracking.over.text.one": (
        "{n} Aufruf wurde nicht gespeichert. Erhöhen Sie unten das Kontingent, oder warten Sie bis "
        "morgen."
    ),
    "tracking.over.text.other": (
        "{n} Aufrufe wurden nicht gespeichert. Erhöhen Sie unten das Kontingent, oder warten Sie "
        "bis morgen."
    ),
    "tracking.over.forms.one": (
        "{n} Formular wurde nicht angenommen; wer es ausfüllte, hat das erfahren."
    ),
    "tracking.over.forms.other": (
        "{n} Formulare wurden nicht angenommen; wer sie ausfüllte, hat das erfahren."
    ),
    "tracking.consent": "Wann ein Besucher erfasst wird",
    "tracking.consent.ask": "Wenn Ihre Seite sagt, dass der Besucher zustimmt",
    "tracking.consent.at once": "Sofort, bis Ihre Seite sagt, dass der Besucher nicht zustimmt",
    "tracking.dnt": (
        "Browser nicht erfassen, die darum bitten (Do Not Track, Global Privacy Control)"
    ),
    "tracking.off": "Nicht mehr erfassen",
    "tracking.on": "Wieder erfassen",
    "tracking.off.title": "Tracking ist aus",
    "tracking.off.text": "Nichts, was von dieser Website kommt, wird angenommen.",
    "tracking.days": "Die letzten sieben Tage",
    "tracking.day": "Tag (UTC)",
    "tracking.accepted": "Gespeichert",
    "tracking.refused": "Über dem Kontingent",
    "tracking.since": "Hier seit {date}",
    "tracking.back": "Alle Websites",
}
