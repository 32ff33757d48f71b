"""Connecting Sugar, sync, error report."""

TEXTS = {
    "connect.title": "Sugar verbinden",
    "connect.lead": (
        "Fügen Sie irgendeine Adresse Ihres Sugar ein. Funnel findet den besten Zugang, "
        "prüft, was er darf, und ändert nichts."
    ),
    "connect.url": "Adresse Ihres Sugar",
    "connect.url.hint": (
        "Zum Beispiel crm.example.com oder die Adresse seines REST- oder SOAP-Dienstes."
    ),
    "connect.user_name": "Benutzername in Sugar",
    "connect.user_name.hint": (
        "Ein Administrator oder ein Benutzer, der Firmen, Kontakte, Leads, Kampagnen, Ziellisten "
        "und Aufgaben lesen und schreiben darf."
    ),
    "connect.password": "Passwort",
    "connect.password.hint": (
        "Wird in einem Tresor aufbewahrt, nur an dieses Sugar gesendet und nirgends angezeigt."
    ),
    "connect.test": "Verbindung testen",
    "connect.other": "Ein anderes Sugar verbinden",
    "connect.other.text": (
        "Von einer anderen Adresse wird nichts weitergelesen, und alle werden abgemeldet; "
        "Einstellungen, Filter, Zuordnungen und eigene Felder bleiben, Schlüssel der Webhooks"
        " nicht. Bei derselben Adresse mit einem anderen Benutzer geht es weiter, wo es war."
    ),
    "outgoing.title": "Ist Ihr Sugar hinter einer Firewall?",
    "outgoing.fixed": "Erlauben Sie diese Adressen, von denen Funnel Sugar aufruft:",
    "outgoing.changing": (
        "Funnel ruft Sugar von wechselnden Adressen von AWS auf. Braucht Ihre Firewall feste, kann "
        "der Betreiber Funnel mit „FixedAddresses“ bereitstellen."
    ),
    "connect.supported": "Funktioniert mit",
    "connect.supported.list": (
        "SugarCRM 5 und 6 und SuiteCRM 7 über SOAP, Sugar 7 und neuer über REST (nach der "
        "Dokumentation von Sugar, nicht an einem echten Sugar erprobt) oder SOAP."
    ),
    "job.title": "Die Verbindung wird getestet",
    "job.title.done": "Ergebnis des Tests",
    "job.title.failed": "Der Test ist fehlgeschlagen",
    "job.password.title": "Das neue Passwort wird geprüft",
    "job.queued": "Noch nicht an der Reihe …",
    "job.running": "Sugar wird gefragt …",
    "job.running.text": "Das dauert ein paar Sekunden. Die Seite geht von selbst weiter.",
    "job.failed": "Sugar konnte nicht verbunden werden",
    "job.password.failed": "Das neue Passwort wurde nicht angenommen",
    "job.password.done": "Das neue Passwort funktioniert",
    "job.password.done.text": "Die Synchronisation geht weiter, wo sie stehen blieb.",
    "job.again": "Ändern und erneut testen",
    "job.ok": "Alles, was Funnel braucht, ist da",
    "job.ok.text": "Angemeldet bei {host}. In Sugar wurde nichts geändert.",
    "job.partly": "Funnel kann alles lesen, was es braucht",
    "job.partly.text": (
        "Angemeldet bei {host}. Einige Rechte fehlen; sie werden gebraucht, sobald Funnel nach "
        "Sugar schreibt."
    ),
    "job.not_ok": "Etwas fehlt",
    "job.not_ok.text": "Angemeldet bei {host}, aber nicht alles Nötige darf gelesen werden.",
    "job.save": "Speichern und mit der ersten Synchronisation beginnen",
    "job.saved": "Diese Verbindung ist gespeichert.",
    "job.admin": "ein Administrator in Sugar",
    "job.not_admin": "ein gewöhnlicher Benutzer",
    "job.admin.unknown": "Sugar sagt nicht, ob er Administrator ist",
    "job.missing": "Was fehlt",
    "job.warnings": "Gut zu wissen",
    "job.cannot": "Was dieses Sugar nicht kann",
    "job.found": "Was gefunden wurde",
    "job.rights": "Was der Benutzer darf",
    "job.rights.module": "Modul",
    "job.rights.read": "Lesen",
    "job.rights.write": "Schreiben",
    "job.rights.note": "Hinweis",
    "job.counts": "Datensätze",
    "job.skew": "Uhr",
    "job.skew.none": "geht wie unsere",
    "job.skew.ahead": "geht {duration} vor; wird berücksichtigt",
    "job.skew.behind": "geht {duration} nach; wird berücksichtigt",
    "endpoint.product": "Produkt",
    "endpoint.version": "Version",
    "endpoint.url": "Verwendete Adresse",
    "endpoint.dialect": "Spricht",
    "connection.says": "antwortet als Sugar {version}",
    "connection.api_says": "seine API antwortet als Sugar {version}",
    "connection.says.hint": "Dieses SuiteCRM nennt seine eigene Version nicht. Die Nummer ist die des Sugar, von dem es abstammt und als das alle antworten.",
    "connection.title": "Verbindung",
    "connection.user": "Meldet sich an als",
    "connection.since": "Verbunden",
    "connection.sign_in_page": "Ihre Leute melden sich an unter",
    "connection.currencies": "Währungen",
    "connection.currencies.base": "Standardwährung",
    "connection.currencies.none": "Sugar nennt seine Währungen nicht: Beträge stehen ohne Währung da",
    "connection.currencies.old": "Sugar nennt seine Währungen nicht mehr: gezeigt werden die bisherigen",
    "connection.currencies.empty": (
        "Geben Sie dem Benutzer dieser Verbindung das Recht, das Modul „Währungen“ zu sehen, oder "
        "nehmen Sie einen Administrator. Nachgesehen wird einmal am Tag und bei jeder vollständigen "
        "Synchronisation."
    ),
    "connection.sync": "Synchronisation",
    "connection.status.on": "Läuft",
    "connection.status.read_only": "Nur lesend",
    "connection.status.paused": "Angehalten",
    "connection.paused.refused": "Sugar hat das Passwort {ago} abgelehnt",
    "connection.paused.refused.text": (
        "Funnel hat sofort aufgehört, damit der Benutzer nicht gesperrt wird. Geben Sie das "
        "Passwort ein, das jetzt stimmt; die Synchronisation geht weiter, wo sie stehen "
        "blieb."
    ),
    "connection.paused.admin": "{name} hat die Synchronisation {ago} angehalten",
    "connection.paused.admin.text": (
        "Nichts wird gelesen oder geschrieben, bis sie fortgesetzt wird."
    ),
    "connection.pause": "Synchronisation anhalten",
    "connection.pause.text": "Es wird nichts gelesen und geschrieben, bis Sie sie fortsetzen.",
    "connection.resume": "Synchronisation fortsetzen",
    "connection.read_only": "Nur lesend",
    "connection.read_only.on": "Funnel liest aus Sugar und schreibt nichts.",
    "connection.read_only.off": "Funnel liest aus Sugar und darf dorthin schreiben.",
    "connection.read_only.held": "Funnel darf nach Sugar schreiben, schreibt aber nichts, bevor "
    "nach der Wiederherstellung beide Seiten verglichen sind.",
    "connection.read_only.start": "Nur lesen lassen",
    "connection.read_only.end": "Schreiben nach Sugar erlauben",
    "connection.defaults": "Vorgaben beim Übertragen",
    "connection.defaults.text": (
        "Sugar erhält niemanden ohne E-Mail-Adresse, Nachnamen und Unternehmen. Diese "
        "Vorgaben gelten, wo eine Person keine Angabe hat; bleiben sie leer, wird eine solche"
        " Person nicht gesendet und steht im Fehlerbericht."
    ),
    "connection.password": "Passwort",
    "connection.password.text": (
        "In Sugar geändert? Geben Sie es hier ein. Es wird einmal versucht."
    ),
    "connection.password.label": "Neues Passwort von {name}",
    "connection.password.try": "Prüfen und behalten",
    "connection.quiet": "Ruhezeit",
    "connection.quiet.text": (
        "Zwischen diesen Zeiten (UTC) beginnt keine stündliche Synchronisation. „Jetzt "
        "synchronisieren“ geht trotzdem."
    ),
    "connection.quiet.start": "Von",
    "connection.quiet.end": "Bis",
    "connection.quiet.clear": "Keine Ruhezeit",
    "connection.pace": "Tempo",
    "connection.pace.text": "Wie viele Anfragen je Sekunde Sugar gestellt werden, 0,2 bis 20.",
    "connection.pace.label": "Anfragen je Sekunde",
    "connection.modules": "Module",
    "connection.modules.text": (
        "Was aus Sugar gelesen wird. Benutzer immer: Ihnen ist der Rest zugewiesen."
    ),
    "connection.filters": "Filter",
    "connection.filters.text": (
        "Nur die Datensätze lesen, für die alle Bedingungen ihres Moduls zutreffen. Ein "
        "Modul, dessen Filter sich ändert, wird von der nächsten Synchronisation ganz "
        "gelesen. Ein Feld, das Sugar nicht kennt, wird dabei gefunden und hält nur sein "
        "Modul auf."
    ),
    "connection.filters.count.one": "{n} Bedingung",
    "connection.filters.count.other": "{n} Bedingungen",
    "connection.filters.all": "alle Datensätze",
    "connection.filters.field": "Feld",
    "connection.filters.operator": "Bedingung",
    "connection.filters.values": "Werte, durch Kommas getrennt",
    "connection.filters.row": "Bedingung {n}",
    "connection.filters.save": "Filter speichern: {module}",
    "operator.is": "ist",
    "operator.is not": "ist nicht",
    "operator.is empty": "ist leer",
    "operator.is not empty": "ist nicht leer",
    "sync.title": "Synchronisation",
    "sync.now": "Jetzt synchronisieren",
    "sync.full": "Vollständige Synchronisation",
    "sync.full.text": "Liest alles noch einmal, auch was sich nicht geändert hat. Selten nötig.",
    "sync.full.what": "Noch einmal lesen",
    "sync.full.all": "Alle Module",
    "sync.full.start": "Vollständige Synchronisation starten",
    "sync.started": "Unterwegs.",
    "sync.none": "Noch ist kein Sugar verbunden",
    "sync.none.text": "Danach zeigt diese Seite, wie aktuell jedes Modul ist.",
    "sync.idle": "Gerade ist nichts zu tun",
    "sync.idle.text": (
        "Neue und geänderte Datensätze werden jede Stunde gelesen, oder wenn Sie „Jetzt "
        "synchronisieren“ drücken."
    ),
    "sync.idle.held": "Gerade wird nichts gelesen. Sobald sie behoben sind, geht es mit ihnen von selbst weiter:",
    "sync.waits.away": "Sugar antwortet seit {since} nicht richtig ({ago})",
    "sync.waits.other": "Die Synchronisation kommt seit {since} nicht weiter ({ago})",
    "sync.waits.next": "Nächster Versuch: {moment}.",
    "sync.waits.now": "Gerade wird es erneut versucht.",
    "sync.waits.safe": "Nichts geht verloren: Die Synchronisation geht dort weiter, wo sie stehen "
    "blieb, und was nach Sugar zu schreiben ist, wartet.",
    "sync.waits.look": "Sehen Sie nach, ob Sugar sich öffnen lässt und ob eine Firewall Funnel aussperrt:",
    "sync.waits.try": "Jetzt erneut versuchen",
    "sync.held.title": "Seit {moment} wird nichts nach Sugar geschrieben",
    "sync.held.text": "Die Daten hier wurden aus einer Sicherung wiederhergestellt. Was zu schreiben "
    "ist, wartet und geht nicht verloren. Es geht von selbst weiter, wenn ein Vergleich beider "
    "Seiten jedes Modul gelesen hat und nichts außer aus bekanntem Grund abweicht, oder was "
    "abwich repariert ist.",
    "sync.held.ask": "Ein Administrator vergleicht beide Seiten und repariert, was abweicht.",
    "sync.held.here": "Vergleichen Sie also hier beide Seiten, und reparieren Sie, was abweicht.",
    "sync.kind.initial": "Erste Synchronisation",
    "sync.kind.hourly": "Stündliche Synchronisation",
    "sync.kind.manual": "Jetzt synchronisieren",
    "sync.kind.full": "Vollständige Synchronisation",
    "sync.status.running": "Läuft",
    "sync.status.stalled": "Wartet auf Fortsetzung",
    "sync.status.paused": "Angehalten",
    "sync.status.done": "Fertig",
    "sync.status.cancelled": "Abgebrochen",
    "sync.status.failed": "Fehlgeschlagen",
    "sync.cancelling": "Hört nach der laufenden Seite auf …",
    "sync.queued": "Danach folgt eine weitere Synchronisation.",
    "sync.progress": "{done} von {expected} Datensätzen",
    "sync.progress.counting": "{done} Datensätze, es wird noch gezählt",
    "sync.rate": "{n} je Sekunde",
    "sync.left": "noch etwa {duration}",
    "sync.left.almost": "fast fertig",
    "sync.started_by": "begonnen {ago} von {name}",
    "sync.started_at": "begonnen {ago}",
    "sync.cancel": "Abbrechen",
    "sync.announce": "{kind}: {percent} Prozent",
    "sync.announce.ended": "{kind}: {status}",
    "sync.module.waiting": "wartet",
    "sync.module.reading": "wird gelesen",
    "sync.module.done": "fertig",
    "sync.module.failed": "fehlgeschlagen",
    "sync.module.share": "{module}, {percent} Prozent",
    "sync.fresh": "Wie aktuell jedes Modul ist",
    "sync.fresh.module": "Modul",
    "sync.fresh.until": "Aktuell bis",
    "sync.fresh.age": "Alter",
    "sync.fresh.off": "wird nicht gelesen",
    "sync.fresh.never": "noch nicht ganz gelesen",
    "sync.history": "Frühere Läufe",
    "sync.history.none": "Noch ist kein Lauf zu Ende.",
    "sync.history.what": "Lauf",
    "sync.history.outcome": "Ausgang",
    "sync.history.started": "Begonnen",
    "sync.history.took": "Dauer",
    "sync.history.read": "Gelesen",
    "sync.history.changed": "Geändert",
    "sync.history.deleted": "Gelöscht",
    "sync.history.held": "Zurückgehalten",
    "sync.history.requests": "Anfragen",
    "errors.title": "Fehlerbericht",
    "errors.lead": (
        "Was nicht synchronisiert werden konnte, nach Ursachen. Ist eine Ursache in Sugar "
        "behoben, folgt alles, was daran hängt, von selbst."
    ),
    "errors.count.one": "{n} Datensatz wird zurückgehalten",
    "errors.count.other": "{n} Datensätze werden zurückgehalten",
    "errors.causes.one": "aus {n} Ursache",
    "errors.causes.other": "aus {n} Ursachen",
    "errors.empty": "Alles ist synchronisiert",
    "errors.empty.text": (
        "Kein Datensatz wird zurückgehalten. Datensätze, die nicht synchronisiert werden "
        "können, erscheinen hier, mit dem, was dagegen zu tun ist."
    ),
    "errors.no_match": "Kein Fehler passt",
    "errors.no_match.text": "Kein offener Fehler passt zu diesem Filter.",
    "errors.csv": "Als CSV herunterladen",
    "errors.module": "Modul",
    "errors.module.all": "Alle Module",
    "errors.search": "Name, Feld oder Wert",
    "errors.filter": "Filtern",
    "errors.explains": "Das erklärt",
    "errors.explains.also": "und hält außerdem zurück",
    "errors.mend": "Wie es zu beheben ist",
    "errors.record": "Datensatz",
    "errors.field": "Feld",
    "errors.value.empty": "leer",
    "errors.field_value": "Feld, Wert",
    "errors.cause_mend": "Ursache, wie sie zu beheben ist",
    "errors.seen": "Gesehen",
    "errors.seen.first": "zuerst",
    "errors.seen.last": "zuletzt",
    "errors.first_seen": "Zuerst gesehen",
    "errors.last_seen": "Zuletzt gesehen",
    "errors.show.one": "Den {n} Datensatz zeigen, den er zurückhält",
    "errors.show.other": "Die {n} Datensätze zeigen, die er zurückhält",
    "csv.object": "Objekt",
    "csv.name": "Name",
    "csv.link": "Link zu Sugar",
    "csv.field": "Feld",
    "csv.value": "Wert",
    "csv.cause": "Ursache",
    "csv.mend": "Wie sie zu beheben ist",
    "csv.root": "Geht zurück auf",
    "csv.code": "Code",
    "csv.first_seen": "Zuerst gesehen",
    "csv.last_seen": "Zuletzt gesehen",
}
