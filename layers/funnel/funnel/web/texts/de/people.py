"""Overview, people, accounts, opportunities, users."""

TEXTS = {
    "edit.title": "Person bearbeiten",
    "edit.button": "Bearbeiten",
    "edit.done": "Die Änderungen sind gespeichert.",
    "edit.lead": (
        "Was Sie hier ändern, geht nach Sugar, sofern die Zuordnung des Feldes in beide Richtungen "
        "geht und die Verbindung schreiben darf. Wird dasselbe Feld auch in Sugar geändert, "
        "entscheidet die Regel seiner Zuordnung."
    ),
    "edit.save_and_push": "Speichern und zu Sugar hinzufügen",
    "new.title": "Neue Person",
    "new.lead": (
        "Eine Person, die nicht in Sugar ist. Kommt von dort ein Lead oder Kontakt mit "
        "derselben Adresse, sind beide eine Person, und was Sie hier eingeben, bleibt."
    ),
    "new.email": "E-Mail",
    "new.taken": "{name} hat diese Adresse schon",
    "new.taken.text": (
        "Eine Adresse gehört zu einer Person. Bearbeiten Sie diese, oder verwenden Sie eine "
        "andere Adresse."
    ),
    "new.taken.link": "{name} öffnen",
    "new.anew": (
        "Die Person hat darum gebeten, wieder aufgenommen zu werden. Eine aufbewahrte Abmeldung "
        "gilt wieder."
    ),
    "new.done": "Die Person ist gespeichert.",
    "overview.title": "Übersicht",
    "overview.in_step": "Mit Sugar abgeglichen",
    "overview.in_step.text": "Alles, was Sugar {age} hatte, ist hier.",
    "overview.in_step.but": (
        "Was Sugar {age} hatte, ist hier, bis auf das, was nicht synchronisiert werden konnte."
    ),
    "overview.in_step.held": "Einige Datensätze werden zurückgehalten",
    "overview.syncing": "Wird mit Sugar synchronisiert",
    "overview.syncing.text": "Bisher {done} von {expected} Datensätzen.",
    "overview.syncing.counting": "Es wird gezählt, was zu lesen ist.",
    "overview.waiting": "Wartet auf die erste Synchronisation",
    "overview.waiting.text": "Noch wurde kein Modul ganz gelesen.",
    "overview.paused": "Synchronisation ist angehalten",
    "overview.paused.refused": (
        "Sugar hat das Passwort abgelehnt. Nichts ist verloren: Die Synchronisation geht "
        "weiter, wo sie stehen blieb, sobald das neue Passwort eingegeben ist."
    ),
    "overview.paused.admin": "Angehalten von {name}.",
    "overview.none": "Verbinden Sie Ihr Sugar, um zu beginnen",
    "overview.none.text": (
        "Funnel liest Benutzer, Firmen, Leads, Kontakte und Verkaufschancen aus Sugar und "
        "hält sie aktuell."
    ),
    "overview.none.marketer": "Zuerst muss ein Administrator Sugar verbinden.",
    "overview.connect": "Sugar verbinden",
    "overview.to_sync": "Zur Synchronisation",
    "overview.to_connection": "Zur Verbindung",
    "overview.errors": "Was nicht synchronisiert werden konnte",
    "overview.errors.none": "Nichts wird zurückgehalten.",
    "overview.errors.count.one": "{n} Datensatz wartet auf eine Korrektur in Sugar",
    "overview.errors.count.other": "{n} Datensätze warten auf eine Korrektur in Sugar",
    "overview.errors.more": "Mehr als {n} Datensätze warten auf eine Korrektur in Sugar",
    "overview.errors.causes.one": "alle aus {n} Grund",
    "overview.errors.causes.other": "aus {n} Gründen",
    "overview.to_errors": "Fehlerbericht öffnen",
    "overview.search": "Person suchen",
    "overview.runs": "Letzte Synchronisationen",
    "overview.runs.none": "Noch ist keine Synchronisation zu Ende.",
    "overview.runs.changed.one": "{n} Datensatz geändert",
    "overview.runs.changed.other": "{n} Datensätze geändert",
    "overview.waits": "Das wartet auf jemanden",
    "overview.waits.mail": "E-Mail-Einstellungen öffnen",
    "overview.waits.look": "Ansehen",
    "overview.waits.ask": "Ein Administrator kann nachsehen.",
    "overview.waits.stuck.one": "{n} Person kommt nicht weiter",
    "overview.waits.stuck.other": "{n} Personen kommen nicht weiter",
    "overview.waits.in": "in der Kampagne „{name}“.",
    "overview.waits.broadcast": "steht still.",
    "overview.waits.campaign": "ist angehalten: Niemand kommt hinein oder weiter.",
    "overview.waits.unclear.one": "Niemand kann sagen, ob {n} E-Mail hinausging.",
    "overview.waits.unclear.other": "Niemand kann sagen, ob {n} E-Mails hinausgingen.",
    "overview.waits.still.lists": (
        "Die Ermittlung, wer auf Listen und in Segmenten ist, steht still: Zuletzt ging sie "
        "{ago} voran."
    ),
    "overview.waits.still.scores": (
        "Die Berechnung aller Scores steht still: Zuletzt ging sie {ago} voran."
    ),
    "overview.waits.still.again": (
        "Funnel versucht alle 15 Minuten weiterzumachen. Wo das nicht hilft, muss nachsehen, "
        "wer Funnel betreibt."
    ),
    "overview.begin": "Womit Sie beginnen",
    "overview.begin.text": (
        "Noch gibt es hier nichts zum Marketing. Eine Reihenfolge, die sich bewährt:"
    ),
    "overview.begin.mail": "E-Mail einrichten",
    "overview.begin.mail.text": "Ihre Domain, und von wem die E-Mails kommen.",
    "overview.begin.segment": "Ein Segment anlegen",
    "overview.begin.segment.text": (
        "alle, auf die eine Regel zutrifft, von selbst aktuell gehalten."
    ),
    "overview.begin.email": "Eine E-Mail schreiben",
    "overview.begin.email.text": "aus Blöcken, mit einer Vorschau, wie Ihre Kontakte sie sehen.",
    "overview.begin.form": "Ein Formular bauen",
    "overview.begin.form.text": "für Ihre Website, mit dem, was nach dem Senden geschieht.",
    "overview.begin.campaign": "Eine Kampagne zeichnen",
    "overview.begin.campaign.text": (
        "eine E-Mail, eine Wartezeit, eine Frage, eine Aufgabe für den Vertrieb."
    ),
    "overview.here.one": "{n} Person",
    "overview.here.other": "{n} Personen",
    "overview.campaigns.none": "Keine Kampagne läuft.",
    "overview.drafts.one": "{n} Entwurf",
    "overview.drafts.other": "{n} Entwürfe",
    "overview.sent": "{sent} gesendet · {opened} geöffnet · {clicked} geklickt",
    "overview.broadcasts.none": "Keines ist geplant, und keines wurde gesendet.",
    "overview.form.one": "einmal in 7 Tagen gesendet",
    "overview.form.other": "{n}-mal in 7 Tagen gesendet",
    "overview.forms.quiet": "In den letzten 7 Tagen wurde nichts gesendet.",
    "overview.forms.none": "Noch nimmt kein Formular etwas an.",
    "overview.segments.settled": "Sie sind aktuell.",
    "overview.segments.working": "Es wird ermittelt, wer darin ist: bisher {n} Personen.",
    "overview.segments.counting": "Dafür wird gezählt, was Personen getan haben.",
    "overview.fresh": "Wie aktuell es ist",
    "people.title": "Personen",
    "people.search": "Name, Unternehmen oder E-Mail-Adresse",
    "records.hint": "Wortanfänge genügen, in beliebiger Reihenfolge.",
    "people.hint": (
        "Wortanfänge genügen, in beliebiger Reihenfolge: „mül acm“ findet Anna Müller von Acme."
    ),
    "people.filters": "Filter",
    "people.filters.on.one": "{n} Filter",
    "people.filters.on.other": "{n} Filter",
    "people.filter": "Anzeigen",
    "people.any": "Alle",
    "people.filter.owner": "Besitzer",
    "people.filter.in_sugar": "In Sugar",
    "people.filter.in_sugar.yes": "In Sugar",
    "people.filter.in_sugar.no": "Nicht in Sugar",
    "people.filter.in_sugar.Contacts": "Als Kontakt",
    "people.filter.in_sugar.Leads": "Als Lead",
    "people.filter.in_sugar.Prospects": "Als Zielkontakt",
    "people.filter.consent": "E-Mail",
    "people.filter.consent.yes": "Darf angeschrieben werden",
    "people.filter.consent.opted_out": "Abgemeldet",
    "people.filter.consent.invalid": "Adresse ungültig",
    "people.filter.consent.no_address": "Keine Adresse",
    "people.filter.list": "Liste",
    "people.filter.score_from": "Score ab",
    "people.filter.score_to": "Score bis",
    "people.looked.one": "Etwa {n} Person wurde bisher durchgesehen; es gibt mehr.",
    "people.looked.other": "Etwa {n} Personen wurden für diese Seite durchgesehen; es gibt mehr.",
    "people.go_on": "Niemand unter den bisher durchgesehenen Personen",
    "people.go_on.text": "Es gibt mehr Personen. Gehen Sie zur nächsten Seite.",
    "people.new": "Neue Person",
    "people.import": "Importieren",
    "people.company": "Unternehmen",
    "people.name": "Name",
    "people.email": "E-Mail",
    "people.owner": "Besitzer",
    "people.in_sugar": "In Sugar",
    "people.shared": "geteilt",
    "people.shared.title": "Diese Adresse wird unter mehreren Namen verwendet",
    "people.empty": "Noch niemand hier",
    "people.empty.text": (
        "Personen erscheinen, sobald Leads und Kontakte aus Sugar kommen. Sie können auch "
        "selbst jemanden eingeben."
    ),
    "people.no_match": "Niemand gefunden",
    "people.no_match.text": (
        "Kein Name, kein Unternehmen und keine Adresse hat Wörter, die so beginnen: „{query}“."
    ),
    "people.no_match.email": "Niemand hat die Adresse „{query}“.",
    "people.no_match.filters": "Auf niemanden treffen alle diese Filter zu.",
    "person.fields": "Was wir wissen",
    "person.fields.none": "Kein Feld hat einen Wert.",
    "person.emails.none": (
        "Keine Adresse. Mit einer würde diese Person mit anderen zusammengeführt, die sie haben."
    ),
    "person.links": "In Sugar",
    "person.links.text": "Hier eine Person je Adresse; in Sugar kann es sie mehrmals geben.",
    "person.links.none": "Diese Person ist nicht mehr in Sugar. Was bekannt war, bleibt hier.",
    "person.links.made": "Nicht in Sugar. Hier angelegt von {by}.",
    "person.link.owner": "Besitzer",
    "person.link.converted": "Umgewandelt",
    "person.link.first": "Seine Werte gehen vor",
    "person.shared": "Eine Adresse, mehrere Namen",
    "person.shared.text": (
        "{email} wird in Sugar unter mehreren Namen verwendet. Jeder Datensatz behält seinen "
        "eigenen Namen und Besitzer, sodass jeder Besitzer diese Person sieht."
    ),
    "person.merged": "Mit einer anderen Person zusammengeführt",
    "person.merged.text": "Beide haben dieselbe Adresse, darum sind sie jetzt eine Person.",
    "person.merged.link": "Zur Person, zu der sie gehört",
    "person.history": "Verlauf",
    "person.history.of": "Verlauf von",
    "person.history.person": "Die Person",
    "person.since": "Hier seit {date}",
    "person.changed": "zuletzt geändert {ago}",
    "history.by": "durch {side}",
    "history.by_person": "in {side} durch {name}",
    "history.empty": "leer",
    "history.none": "Seit dem ersten Lesen ist nichts geschehen.",
    "history.kept": "Wird 13 Monate aufbewahrt.",
    "accounts.title": "Firmen",
    "accounts.search": "Name der Firma",
    "accounts.empty": "Noch keine Firmen",
    "accounts.empty.text": "Firmen erscheinen, sobald sie aus Sugar kommen.",
    "opportunities.title": "Verkaufschancen",
    "opportunities.search": "Name der Verkaufschance",
    "opportunities.empty": "Noch keine Verkaufschancen",
    "opportunities.empty.text": "Verkaufschancen erscheinen, sobald sie aus Sugar kommen.",
    "records.no_match": "Nichts gefunden",
    "records.no_match.text": "Kein Name beginnt mit „{query}“.",
    "records.no_match.words": "Kein Name hat Wörter, die so beginnen: „{query}“.",
    "records.type": "Typ",
    "records.industry": "Branche",
    "records.city": "Ort",
    "records.account": "Firma",
    "records.stage": "Phase",
    "records.amount": "Betrag",
    "records.amount.in_base": "{amount} in der Standardwährung von Sugar",
    "records.closes": "Abschluss",
    "records.title": "Position",
    "records.stale": "veraltet",
    "records.stale.title": "Veraltet seit {date}",
    "records.stale.text": (
        "Er hat sich seitdem in Sugar geändert, kann aber so, wie er dort jetzt ist, nicht "
        "synchronisiert werden. Was vorher war, bleibt hier. Der Fehlerbericht sagt, warum."
    ),
    "records.fields": "Felder",
    "account.contacts": "Kontakte",
    "account.contacts.none": "Keine Kontakte.",
    "account.contacts.more": "Die ersten {n} werden angezeigt.",
    "account.opportunities": "Verkaufschancen",
    "account.opportunities.none": "Keine Verkaufschancen.",
    "opportunity.contacts": "Kontakte",
    "opportunity.contacts.none": "Es sind keine Kontakte verknüpft.",
    "users.title": "Benutzer",
    "users.search": "Name des Benutzers",
    "users.text": "Die Benutzer von Sugar, denen zugewiesen ist, was hier steht. Wer aktiv ist, "
    "meldet sich mit dem Passwort von Sugar an: Administratoren von Sugar als Administrator, "
    "alle anderen mit der Rolle Marketing.",
    "users.empty": "Noch keine Benutzer",
    "users.empty.text": "Benutzer erscheinen mit der ersten Synchronisation.",
    "users.user_name": "Benutzername",
    "users.status": "Status",
    "users.active": "Aktiv",
    "users.inactive": "Inaktiv",
}
