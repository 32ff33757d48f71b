"""Emails that marketers write."""

TEXTS = {
    "nav.emails": "E-Mails",
    "emails.title": "E-Mails",
    "emails.text": (
        "Was Mailings und Kampagnen senden, und was der Vertrieb sendet: Die als "
        "Vertriebsvorlage markierten lassen sich in Sugar auswählen; dort ändern "
        "Vertriebsmitarbeiter den Text und senden sie unter ihrem eigenen Namen."
    ),
    "emails.new": "Neue E-Mail",
    "emails.none": "Noch keine E-Mail",
    "emails.none.text": (
        "Schreiben Sie eine, sehen Sie sie sich so an wie einer Ihrer Kontakte und senden Sie sich "
        "einen Test."
    ),
    "emails.name": "Name",
    "emails.name.hint": "Unter dem sie wiedergefunden wird. Leser sehen ihn nicht.",
    "emails.subject": "Betreff",
    "emails.subject.hint": "Auch hier dürfen Platzhalter stehen.",
    "emails.preheader": "Vorschautext",
    "emails.preheader.hint": (
        "Die Zeile, die ein Posteingang hinter dem Betreff zeigt. Ohne sie zeigt er die "
        "ersten Wörter."
    ),
    "emails.header": "Kopfbereich",
    "emails.header.hint": "HTML über dem Text, etwa das Logo. Der Vertrieb kann es nicht ändern.",
    "emails.body": "Inhalt",
    "emails.body.hint": (
        "HTML mit Platzhaltern. Auch eine ganze Seite lässt sich einfügen; das darf der "
        "Vertrieb ändern."
    ),
    "emails.footer": "Fußbereich",
    "emails.footer.hint": (
        "HTML unter dem Text. Postanschrift und Abmeldelink kommen von selbst, außer wenn "
        "{{postal_address}} und {{unsubscribe_link}} in einem eigenen Fußbereich stehen."
    ),
    "emails.css": "Stylesheet (CSS)",
    "emails.css.hint": (
        "Ein <style> im HTML kommt beim Speichern hierher. Einfache Regeln werden beim Senden"
        " in die Tags geschrieben; Regeln für schmale oder dunkle Bildschirme bleiben ein "
        "Stylesheet, wenn sie eine Klasse nennen."
    ),
    "emails.sales_template": "Vertriebsvorlage: Der Vertrieb darf sie auswählen",
    "emails.template": "Vertriebsvorlage",
    "emails.kind": "Verwendung",
    "emails.changed_at": "Geändert",
    "emails.by": "von {name}",
    "emails.back": "Alle E-Mails",
    "emails.delete": "Löschen",
    "emails.delete.sure": "Endgültig löschen",
    "emails.delete.used": (
        "Sie lässt sich nicht löschen, solange etwas sie verwendet. Archiviert wird sie "
        "nirgends mehr angeboten."
    ),
    "emails.added": "Die E-Mail ist angelegt.",
    "emails.changed": "Die E-Mail ist gespeichert.",
    "emails.deleted": "Die E-Mail ist gelöscht.",
    "emails.copied": "Das ist die Kopie.",
    "emails.archived": "Die E-Mail ist archiviert.",
    "emails.restored": "Die E-Mail ist zurückgeholt.",
    "emails.removed": "Etwas wurde herausgenommen",
    "emails.removed.text": "Mailprogramme nehmen es nicht an, oder es könnte schaden: {names}",
    "emails.not_saved": "Sie ist noch nicht gespeichert: Unten muss etwas geändert werden.",
    "emails.theirs": "Die andere Fassung in einem neuen Tab öffnen",
    "emails.fields": "Platzhalter",
    "emails.fields.text": (
        "Schreiben Sie {{first_name}} oder, mit einem Ersatz, falls der Vorname nicht bekannt ist, "
        "{{first_name|Guten Tag}}."
    ),
    "emails.field.email": "E-Mail-Adresse",
    "emails.field.sender_name": "Absender: Name",
    "emails.field.sender_first_name": "Absender: Vorname",
    "emails.field.sender_email": "Absender: Adresse",
    "emails.field.sender_phone": "Absender: Telefon",
    "emails.field.sender_title": "Absender: Position",
    "emails.field.postal_address": "Fußbereich: Ihre Postanschrift",
    "emails.field.unsubscribe_link": "Fußbereich: Adresse der Abmeldeseite",
    "emails.field.unsubscribe_label": "Fußbereich: Text des Abmeldelinks",
    "emails.is_archived": "Diese E-Mail ist archiviert",
    "emails.is_archived.text": (
        "Sie wird nirgends mehr angeboten. Was sie schon sendet, läuft weiter."
    ),
    "emails.restore": "Zurückholen",
    "emails.archive": "Archivieren",
    "emails.archived.show": "Archivierte E-Mails",
    "emails.archived.hide": "E-Mails in Gebrauch",
    "emails.archived.none": "Keine E-Mail ist archiviert",
    "emails.archived.none.text": (
        "Archivieren Sie eine E-Mail, die nicht mehr verwendet werden soll, ohne sie zu verlieren."
    ),
    "emails.copy": "Kopieren",
    "emails.more": "Diese E-Mail",
    "emails.used_by": "Sie wird verwendet von:",
    "emails.used_by.none": (
        "Keine Kampagne, kein Mailing und kein Formular sendet sie, und keine Regel nennt sie."
    ),
    "emails.use.campaign": "Kampagne",
    "emails.use.broadcast": "Mailing",
    "emails.use.form": "Formular",
    "emails.use.segment": "Segment",
    "emails.use.score": "Scoring-Regel",
    "emails.use.overlay": "Overlay",
    "emails.tabs": "Teile dieser E-Mail",
    "emails.tab.write": "Schreiben",
    "emails.tab.preview": "Vorschau und Prüfung",
    "emails.tab.numbers": "Ergebnisse",
    "emails.about": "Name und Betreff",
    "emails.blocks": "Inhalt",
    "emails.blocks.hint": (
        "Von oben nach unten. Verschieben Sie einen Block mit seinen Pfeilen, oder ziehen Sie"
        " ihn an seinem Namen."
    ),
    "emails.html": "Inhalt in HTML",
    "emails.way.html": "Stattdessen in HTML schreiben",
    "emails.way.blocks": "Stattdessen mit Blöcken schreiben",
    "emails.kind.heading": "Überschrift",
    "emails.kind.text": "Text",
    "emails.kind.image": "Bild",
    "emails.kind.button": "Knopf",
    "emails.kind.divider": "Trennlinie",
    "emails.kind.spacer": "Abstand",
    "emails.kind.columns": "Zwei Spalten",
    "emails.kind.footer": "Fußbereich",
    "emails.divider.hint": "Eine dünne Linie.",
    "emails.footer.block": (
        "Immer zuletzt: Ihre Postanschrift und der Abmeldelink kommen von selbst."
    ),
    "emails.block.add": "Block hinzufügen",
    "emails.block.added": "Block am Ende hinzugefügt.",
    "emails.block.moved": "{name} ist Nummer {place} von {all}.",
    "emails.block.removed": "Block entfernt.",
    "emails.block.up": "{name} nach oben verschieben",
    "emails.block.down": "{name} nach unten verschieben",
    "emails.block.remove": "{name} entfernen",
    "emails.block.up.short": "Nach oben",
    "emails.block.down.short": "Nach unten",
    "emails.block.remove.short": "Entfernen",
    "emails.block.words": "Text",
    "emails.block.own_words": "Text über der Anschrift",
    "emails.block.rank": "Größe",
    "emails.rank.1": "Groß",
    "emails.rank.2": "Mittel",
    "emails.rank.3": "Klein",
    "emails.block.align": "Ausrichtung",
    "emails.align.left": "Links",
    "emails.align.center": "Mitte",
    "emails.align.right": "Rechts",
    "emails.block.picture": "Adresse des Bildes",
    "emails.block.picture.hint": (
        "Wo es im Web liegt. Es muss dort bleiben: Mailprogramme laden es, wenn jemand die "
        "E-Mail öffnet."
    ),
    "emails.options.align": "Ausrichtung",
    "emails.options.picture": "Link, Größe und Ausrichtung",
    "emails.options.above": "Bild über dem Text",
    "emails.block.alt": "Text statt des Bildes",
    "emails.block.alt.hint": "Viele lesen E-Mails ohne Bilder.",
    "emails.block.link": "Wohin das Bild führt",
    "emails.block.width": "Breite, px",
    "emails.block.height": "Höhe, px",
    "emails.block.says": "Was auf dem Knopf steht",
    "emails.block.leads": "Wohin er führt",
    "emails.block.left": "Linke Spalte",
    "emails.block.right": "Rechte Spalte",
    "emails.look.title": "Farben, Breite und Schrift",
    "emails.look.background": "Um die E-Mail herum",
    "emails.look.surface": "Unter dem Text",
    "emails.look.ink": "Text",
    "emails.look.accent": "Links und Knöpfe",
    "emails.look.width": "Breite, px",
    "emails.look.font": "Schrift",
    "emails.text_part": "Textfassung",
    "emails.text_part.hint": "Was Programme zeigen, die kein HTML annehmen.",
    "emails.text_way.made": "Aus dem HTML erzeugt",
    "emails.text_way.own": "Eigener Text",
    "emails.text_own": "Text der Textfassung",
    "emails.text.hint": (
        "Reiner Text mit Platzhaltern. Postanschrift und Abmeldelink kommen von selbst."
    ),
    "emails.text_old": "Das HTML wurde geändert, seit diese Textfassung geschrieben wurde",
    "emails.text_old.text": "Ändern Sie den Text unten, oder geben Sie an, dass er noch passt.",
    "emails.text_fits": "Er passt noch",
    "emails.live": "Wie sie aussieht",
    "emails.live.go": "Ansehen",
    "emails.live.signed_out": (
        "Sie sind abgemeldet. Melden Sie sich in einem anderen Tab an, bevor Sie speichern."
    ),
    "emails.merge": "Platzhalter einfügen",
    "emails.merge.button": "Feld einfügen",
    "emails.merge.field": "Feld",
    "emails.merge.fallback": "Falls es nicht bekannt ist",
    "emails.merge.fallback.hint": "Das steht dort, wo es von jemandem nicht bekannt ist.",
    "emails.merge.insert": "Einfügen",
    "emails.preview": "Vorschau und Prüfung",
    "emails.preview.nobody": "Wie sie jemand sieht, von dem nichts bekannt ist",
    "emails.preview.person": "Wie {name} sie sieht",
    "emails.preview.as": "Ansehen als",
    "emails.preview.find": "Als jemand anderes ansehen: Name, Unternehmen oder Adresse",
    "emails.preview.nobody.choose": "Nichts ist bekannt",
    "emails.preview.inbox": "Im Posteingang",
    "emails.preview.phone": "Auf dem Smartphone",
    "emails.preview.desk": "Auf dem Rechner",
    "emails.preview.ground": "Heller oder dunkler Modus",
    "emails.preview.light": "Im hellen Modus",
    "emails.preview.dark": "Im dunklen Modus",
    "emails.preview.dark.hint": (
        "Ungefähr wie in Mailprogrammen, die im dunklen Modus die Farben umkehren; andere "
        "lassen sie, wie sie sind."
    ),
    "emails.preview.text": "Textfassung",
    "emails.preview.none": "Dazu wurde niemand gefunden.",
    "emails.preview.missing": "Nicht bekannt und ohne Ersatz: {names}",
    "emails.checks": "Prüfung",
    "emails.checks.good": "Es wurde nichts gefunden, was zu beheben wäre.",
    "emails.checks.links.one": "{n} Link; ob seine Seite erreichbar ist, lässt sich prüfen",
    "emails.checks.links.other": "{n} Links; ob ihre Seiten erreichbar sind, lässt sich prüfen",
    "emails.checks.bad": "Zu beheben",
    "emails.checks.warn": "Zu prüfen",
    "emails.check.postal": (
        "In den E-Mail-Einstellungen fehlt die Postanschrift: Nichts kann gesendet werden."
    ),
    "emails.check.long": (
        "Sie kommt auf etwa {n} KB. Gmail zeigt 102 und verbirgt den Rest, auch den Abmeldelink."
    ),
    "emails.check.old_text": "Das HTML wurde geändert, seit die Textfassung geschrieben wurde.",
    "emails.check.subject": (
        "Der Betreff hat {n} Zeichen; Smartphones zeigen etwa 40, Rechner etwa 60."
    ),
    "emails.check.shouting": "Der Betreff steht in Großbuchstaben: Filter halten das für Spam.",
    "emails.check.preheader": (
        "Es gibt keinen Vorschautext: Posteingänge zeigen stattdessen die ersten Wörter der E-Mail."
    ),
    "emails.check.long_preheader": (
        "Der Vorschautext hat {n} Zeichen; Posteingänge zeigen etwa 100."
    ),
    "emails.check.dead": "Links, die nirgendwohin führen:",
    "emails.check.shortened": "Links über einen Kurzlink-Dienst, was Filter für Spam halten:",
    "emails.check.numbers": "Links zu einer bloßen IP-Adresse, was Filter für Spam halten:",
    "emails.check.http": "Links ohne Verschlüsselung (http):",
    "emails.check.example": "Links zu einem Beispiel, vielleicht übrig geblieben:",
    "emails.check.misleading": "Links, die eine Adresse nennen und zu einer anderen führen:",
    "emails.check.empty_link": "Links ohne Text:",
    "emails.check.alt": "Bilder ohne Ersatztext:",
    "emails.check.size": "Bilder ohne Breite: Die E-Mail springt, während sie laden.",
    "emails.check.http_picture": (
        "Bilder ohne Verschlüsselung (http), die Programme vielleicht nicht laden:"
    ),
    "emails.check.fallback": "Platzhalter ohne Ersatz für das, was nicht bekannt ist:",
    "emails.check.contrast": (
        "Der Text ist auf seinem Hintergrund kaum lesbar: Wählen Sie Farben, die weiter "
        "auseinanderliegen."
    ),
    "emails.check.link_contrast": (
        "Links sind auf ihrem Hintergrund kaum lesbar: Wählen Sie Farben, die weiter "
        "auseinanderliegen."
    ),
    "emails.links": "Links",
    "emails.links.text": (
        "Fragt den Server jedes Links, ob die Seite erreichbar ist. Kein anderer Link wird "
        "geöffnet."
    ),
    "emails.links.none": "Sie enthält keine Links zu Seiten.",
    "emails.links.check": "Links prüfen",
    "emails.links.running": "Die Links werden abgefragt …",
    "emails.links.failed": "Die Links konnten nicht geprüft werden.",
    "emails.links.address": "Link",
    "emails.links.answer": "Antwort",
    "emails.links.good": "antwortet",
    "emails.links.moved": "führt weiter zu {target}",
    "emails.links.at": "Geprüft {when}.",
    "emails.test": "Test senden",
    "emails.test.text": (
        "Höchstens fünf Benutzer. Die E-Mail ist als Test gekennzeichnet und zählt nirgends."
    ),
    "emails.test.to": "An",
    "emails.test.none": (
        "Es ist kein aktiver Benutzer mit einer E-Mail-Adresse bekannt. Benutzer kommen aus Sugar."
    ),
    "emails.test.send": "Test senden",
    "emails.test.sent": "Der Test ist unterwegs an {to}.",
    "emails.test.as": "Ausgefüllt wie für {name}.",
    "emails.numbers.none": "Noch nicht gesendet",
    "emails.numbers.none.text": (
        "Sobald ein Mailing, eine Kampagne oder ein Formular sie sendet, steht hier, was "
        "daraus wurde."
    ),
    "emails.numbers.text": (
        "Alles, was davon gesendet wurde, wodurch auch immer. Öffnungen und Klicks sind die "
        "von Personen; Maschinen wie die Scanner von Mail-Gateways werden getrennt gezählt. "
        "Tests zählen nicht."
    ),
    "emails.numbers.asked": "Angefordert",
    "emails.numbers.sent": "Gesendet",
    "emails.numbers.delivered": "Zugestellt",
    "emails.numbers.waiting": "Warten auf den Versand",
    "emails.numbers.bounced": "Endgültig unzustellbar",
    "emails.numbers.soft": "Vorübergehend unzustellbar, etwa wegen eines vollen Postfachs",
    "emails.numbers.not": "Was aus dem Rest wurde",
    "emails.numbers.complained": "Als Spam gemeldet",
    "emails.numbers.refused": "Vom Maildienst abgelehnt",
    "emails.numbers.unsubscribed": "Abgemeldet",
    "emails.numbers.opened": "Personen, die geöffnet haben",
    "emails.numbers.clicked": "Personen, die geklickt haben",
    "emails.numbers.machines": "Maschinen haben {opens}-mal geöffnet und {clicks}-mal geklickt.",
    "emails.numbers.suppressed": "Nicht gesendet: darf nicht angeschrieben werden",
    "emails.numbers.unclear": "Unklar, ob gesendet",
    "emails.numbers.links": "Nach Link",
    "emails.numbers.link": "Link",
    "emails.numbers.people": "Personen",
    "emails.numbers.clicks": "Klicks",
    "emails.numbers.other": "Andere Links",
    "emails.numbers.links.none": "Noch hat niemand einen Link angeklickt.",
}
