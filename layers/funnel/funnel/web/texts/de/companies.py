"""Companies in the web app: which visited, what was said of them, and their databases."""

TEXTS = {
    "nav.companies": "Unternehmen",
    "companies.title": "Unternehmen",
    "companies.text": (
        "Unternehmen, aus deren Netz in den letzten 30 Tagen jemand auf Ihren Websites war, "
        "ohne zu erkennen zu geben, wer es ist. Der Vertrieb sieht sie in Sugar als anonyme "
        "Besucher."
    ),
    "companies.company": "Unternehmen",
    "companies.place": "Ort",
    "companies.visits": "Besuche",
    "companies.visitors": "Personen",
    "companies.seen": "Zuletzt gesehen",
    "companies.read": "Am meisten gelesen",
    "companies.kind": "Was es ist",
    "companies.order.seen": "Zuletzt gesehene zuerst",
    "companies.order.visits": "Meiste Besuche zuerst",
    "companies.more": "Es gibt mehr; der Vertrieb sieht diese 25 zuerst.",
    "companies.empty.no site": "Noch wird keine Website erfasst",
    "companies.empty.no site.text": (
        "Legen Sie Ihre Website unter „Tracking“ an und bauen Sie die Zeile dazu in die Seiten ein."
    ),
    "companies.empty.no database": "Noch gibt es keine Datenbank der Unternehmen",
    "companies.empty.no database.text": (
        "Ohne sie kann niemand sagen, aus wessen Netz ein Besucher kommt. Wer Funnel für Sie "
        "betreibt, legt eine ab: siehe unten."
    ),
    "companies.empty.nobody": "Keine Unternehmen in 30 Tagen",
    "companies.empty.nobody.text": (
        "Wer aus dem Netz eines Unternehmens kommt und nicht zu erkennen gibt, wer er ist, "
        "erscheint hier."
    ),
    "companies.hidden": "Nicht angezeigt",
    "companies.hidden.text": (
        "Internetanbieter, Mobilfunknetze und Hoster. Dahinter kann jeder stecken, darum "
        "sieht der Vertrieb sie nicht. Ist eines doch ein Unternehmen, öffnen Sie es und "
        "geben Sie das an."
    ),
    "companies.hidden.none": "Aus einem solchen Netz kam niemand.",
    "companies.said": "Was angegeben wurde",
    "companies.said.text": (
        "Vom Vertrieb und vom Marketing. Die letzte Angabe gilt, für alle und auch für "
        "vergangene Tage."
    ),
    "companies.said.none": "Noch hat niemand etwas berichtigt.",
    "companies.said.line": "{by}, {date}:",
    "companies.said.as_database": "wie in der Datenbank",
    "companies.databases": "Datenbanken",
    "companies.databases.built": "Stand {date}",
    "companies.databases.used": "in Gebrauch",
    "companies.databases.trouble.broken": "defekt",
    "companies.databases.trouble.empty": "leer",
    "companies.databases.trouble.too large": "kein Platz",
    "companies.databases.mend.broken": "Sie ließ sich nicht öffnen. Legen Sie sie erneut ab.",
    "companies.databases.mend.empty": "Sie ist leer. Legen Sie sie erneut ab.",
    "companies.databases.mend.too large": (
        "Erhöhen Sie den Parameter CompanyDatabasesMegabytes, oder entfernen Sie eine Datei."
    ),
    "companies.databases.away": (
        "Die Dateien konnten beim letzten Versuch nicht gelesen werden. Es wird erneut versucht."
    ),
    "companies.databases.none": "Es ist keine Datenbank vorhanden",
    "companies.databases.none.text": (
        "Wer Funnel betreibt, legt Dateien mit der Endung .mmdb in den Bucket "
        "CompaniesBucket, etwa GeoLite2-ASN (kostenlos), GeoIP2-ISP oder IPinfo Company. "
        "Binnen einer Stunde werden sie benutzt. Die Seite „Operations“ der Dokumentation von"
        " Funnel sagt, wie."
    ),
    "companies.databases.unknown": "Vor dem ersten Besuch ist über die Datenbanken nichts bekannt.",
    "companies.databases.looked": "Geprüft {ago}. Adressen von Besuchern verlassen Funnel nie.",
    "companies.back": "Alle Unternehmen",
    "companies.network": "In der Datenbank: {name}",
    "companies.nobody_there": "In den letzten 30 Tagen war niemand da.",
    "companies.account": "Firma in Sugar",
    "companies.say": "Was es ist und wie es heißt",
    "companies.say.text": "Was Sie angeben, gilt sofort, für alle und auch für vergangene Tage.",
    "companies.say.kind": "Was es ist",
    "companies.say.as_database": "Wie in der Datenbank",
    "companies.say.name": "Name",
    "companies.say.name.hint": "Lassen Sie das Feld für den Namen der Datenbank leer.",
    "companies.saved": "Übernommen. Der Vertrieb sieht es ab jetzt so.",
}
