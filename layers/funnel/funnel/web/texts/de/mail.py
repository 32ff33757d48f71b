"""Mail: settings, what nobody is sure of, and the page on which readers unsubscribe."""

TEXTS = {
    "leave.title": "Abmelden",
    "leave.text": (
        "Drücken Sie den Knopf, und weder der Absender dieser E-Mail noch sein Unternehmen sendet "
        "weiterhin etwas an die Adresse, an die sie ging."
    ),
    "leave.button": "Abmelden",
    "leave.done": "Sie sind abgemeldet",
    "leave.done.text": (
        "An Ihre Adresse kommen keine E-Mails mehr von diesem Absender oder seinem Unternehmen."
    ),
    "leave.undo": "Rückgängig machen",
    "leave.undo.text": "Aus Versehen gedrückt?",
    "leave.undone": "Sie sind wieder angemeldet",
    "leave.undone.text": "Es hat sich nichts geändert: E-Mails kommen an Ihre Adresse wie bisher.",
    "leave.test": "Das war ein Test",
    "leave.test.text": (
        "In der E-Mail selbst meldet dieser Link ihren Leser ab. In einem Test bewirkt er nichts."
    ),
    "leave.gone": "Dieser Link funktioniert nicht mehr",
    "leave.gone.text": (
        "Die E-Mail, in der er stand, ist mehr als ein Jahr alt, oder der Link wurde "
        "abgeschnitten. Antworten Sie auf die E-Mail, oder fragen Sie ihren Absender."
    ),
    "nav.mail": "E-Mail-Einstellungen",
    "mail.title": "E-Mail-Einstellungen",
    "mail.lead": (
        "Von wem E-Mails kommen und von welchen Domains sie gesendet werden dürfen. Nichts wird "
        "gesendet, bevor die Domain bestätigt und die Postanschrift eingetragen ist."
    ),
    "mail.ready": "E-Mails können gesendet werden",
    "mail.ready.text": "Von {address}.",
    "mail.unfit": "Noch können keine E-Mails gesendet werden",
    "mail.trouble": "E-Mails warten gerade",
    "mail.trouble.text": (
        "Es wird von selbst erneut versucht, mindestens jede Stunde. Marketing-E-Mails warten"
        " eine Woche, andere etwa vier Stunden; danach werden sie nicht mehr gesendet."
    ),
    "mail.trouble.since": "Seit",
    "mail.sender": "Absender",
    "mail.from_name": "Name",
    "mail.from_name.hint": "Was Leser als Absender sehen, etwa Beispiel GmbH.",
    "mail.from_address": "E-Mail-Adresse",
    "mail.from_address.hint": (
        "Auf einer der Domains unten. Vertriebsmitarbeiter schreiben unter ihrer eigenen."
    ),
    "mail.postal_address": "Postanschrift",
    "mail.postal_address.hint": (
        "Steht unter jeder E-Mail, wie es das Recht vieler Länder verlangt."
    ),
    "mail.unsubscribe_label": "Text des Abmeldelinks",
    "mail.notes_in_sugar": "Was Vertriebsmitarbeiter senden, in Sugar als Notiz ablegen",
    "mail.notes_in_sugar.hint": (
        "Das schreibt nach Sugar: beim Lead oder Kontakt eine Notiz für jede E-Mail, die ein "
        "Vertriebsmitarbeiter ab jetzt schreibt. Schreiben muss auf der Seite „Verbindung“ "
        "erlaubt sein, und der Benutzer, mit dem Funnel sich anmeldet, muss Notizen anlegen "
        "dürfen; bis dahin warten sie oder stehen im Fehlerbericht."
    ),
    "mail.cap": "Häufigkeitsgrenze",
    "mail.cap_on": "Niemandem zu viel senden",
    "mail.cap_most": "Höchstens so viele E-Mails",
    "mail.cap_most.hint": "An eine Person.",
    "mail.cap_days": "In so vielen Tagen",
    "mail.cap_days.hint": "1 bis 90.",
    "mail.cap.hint": (
        "Zählt E-Mails von Mailings und Kampagnen. Was Vertriebsmitarbeiter schreiben und was"
        " jemand über ein Formular angefordert hat, geht immer hinaus."
    ),
    "mail.save": "Speichern",
    "mail.saved": "Die Einstellungen sind gespeichert.",
    "mail.domains": "Domains",
    "mail.domains.none": "Noch keine Domain",
    "mail.domains.none.text": "Fügen Sie die Domain hinzu, auf die Ihre E-Mail-Adressen enden.",
    "mail.domain.add": "Domain hinzufügen",
    "mail.domain.name": "Domain",
    "mail.domain.name.hint": "Etwa example.com.",
    "mail.domain.added": (
        "Die Domain ist hinzugefügt. Lassen Sie die Einträge unten dort vornehmen, wo die "
        "Domain verwaltet wird."
    ),
    "mail.domain.dropped": "Die Domain ist entfernt. Von ihr wird nichts mehr gesendet.",
    "mail.domain.checked": "Erneut geprüft.",
    "mail.domain.check": "Erneut prüfen",
    "mail.domain.drop": "Entfernen",
    "mail.domain.verified": "bestätigt",
    "mail.domain.waiting": "noch nicht bestätigt",
    "mail.domain.when": "geprüft {ago}",
    "mail.domain.records": (
        "Tragen Sie diese als CNAME-Einträge im DNS der Domain ein. Meist ist sie binnen "
        "Minuten bestätigt, manchmal erst nach drei Tagen."
    ),
    "mail.domain.record.name": "Name",
    "mail.domain.record.value": "Wert",
    "mail.domain.name_of": "{name}: {action}",
    "mail.unclear": "Unklar, ob gesendet",
    "mail.unclear.text": (
        "Die Antwort des Maildienstes ging verloren, und eine halbe Stunde lang sagte er nichts. "
        "Keine davon wird noch einmal gesendet, es sei denn, Sie verlangen es: Sehen Sie in Ihr "
        "Postfach, oder fragen Sie den Empfänger."
    ),
    "mail.unclear.none": "Bei keiner E-Mail ist etwas unklar",
    "mail.unclear.none.text": "Wo niemand sagen kann, ob eine hinausging, steht sie hier.",
    "mail.unclear.tried": "Versucht",
    "mail.unclear.again": "Noch einmal senden",
    "mail.unclear.sent": "Sie wurde gesendet",
    "mail.unclear.again.done": "Sie wird noch einmal gesendet.",
    "mail.unclear.sent.done": "Sie gilt als gesendet.",
    "mail.waits.text": "Nichts geht verloren: E-Mails warten bis zu einer Woche und gehen von selbst hinaus, sobald das behoben ist.",
    "mail.waits.admin": "Ein Administrator behebt es unter „E-Mail-Einstellungen“.",
    "mail.domain.stops": "Nicht mehr von {domain} senden?",
    "mail.domain.stops.back": "Zurück zu den E-Mail-Einstellungen",
    "mail.domain.stops.text": "Von {domain} gehen E-Mails hinaus. Ohne sie steht still:",
    "mail.domain.stops.campaigns.one": "1 laufende Kampagne",
    "mail.domain.stops.campaigns.other": "{n} laufende Kampagnen",
    "mail.domain.stops.broadcasts.one": "1 Mailing, das geplant oder unterwegs ist",
    "mail.domain.stops.broadcasts.other": "{n} Mailings, die geplant oder unterwegs sind",
    "mail.domain.stops.forms.one": "1 Formular, das Adressen bestätigen lässt",
    "mail.domain.stops.forms.other": "{n} Formulare, die Adressen bestätigen lassen",
    "mail.domain.stops.emails.one": "Damit wird 1 E-Mail gesendet.",
    "mail.domain.stops.emails.other": "Damit werden {n} E-Mails gesendet.",
    "mail.domain.stops.sender": "Es ist die Domain des Absenders in den E-Mail-Einstellungen: Von dort geht nichts mehr hinaus, auch keine Benachrichtigungen und einzelnen E-Mails.",
    "mail.domain.stops.later": "E-Mails von Kampagnen und Mailings warten dann bis zu einer Woche und gehen hinaus, sobald die Domain wieder da und bestätigt ist. "
    "Alle anderen, etwa zur Bestätigung einer Adresse, werden nicht gesendet und nicht nachgeholt. "
    "Die DNS-Einträge der Domain können bleiben, wo sie sind.",
    "mail.domain.stops.sure": "Ich habe gelesen, was stillsteht",
}
