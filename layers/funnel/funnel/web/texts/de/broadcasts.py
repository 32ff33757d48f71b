"""Broadcasts: the list, planning one, who would get it, and how far it is."""

TEXTS = {
    "nav.broadcasts": "Mailings",
    "broadcasts.title": "Mailings",
    "broadcasts.text": (
        "Eine E-Mail an alle auf einigen Listen und Segmenten, jetzt oder zu einer bestimmten"
        " Zeit. Wer sie erhält, wird gezählt, bevor etwas gesendet wird."
    ),
    "broadcasts.new": "Neues Mailing",
    "broadcasts.none": "Noch kein Mailing",
    "broadcasts.none.text": (
        "Wählen Sie eine E-Mail und die Listen, an die sie geht. Bevor Sie sie senden, sehen Sie, "
        "wie viele Personen sie erhalten und warum andere nicht."
    ),
    "broadcasts.copy_of": "Kopie von {name}",
    "broadcasts.to_list": "Allen darauf eine E-Mail senden",
    "broadcasts.of_email": "An Listen senden",
    "broadcasts.back": "Alle Mailings",
    "broadcasts.lists": "Geht an",
    "broadcasts.state": "Status",
    "broadcasts.sent_to": "Gesendet",
    "broadcasts.opened": "Geöffnet",
    "broadcasts.clicked": "Geklickt",
    "broadcasts.when": "Wann",
    "broadcasts.of": "{n} von {all}",
    "broadcasts.done.deleted": "Der Entwurf ist gelöscht.",
    "broadcasts.done.sent": "Es wird gesendet.",
    "broadcasts.done.scheduled": "Es ist geplant.",
    "broadcasts.done.paused": "Es ist angehalten. Nichts davon geht hinaus, bis Sie es fortsetzen.",
    "broadcasts.done.resumed": (
        "Es geht weiter. Was vor der Pause angefordert war, folgt binnen Minuten."
    ),
    "broadcasts.done.cancelled": "Es ist abgebrochen. Nichts mehr davon geht hinaus.",
    "broadcast.state.draft": "Entwurf",
    "broadcast.state.scheduled": "Geplant",
    "broadcast.state.gathering": "Personen werden ermittelt",
    "broadcast.state.sending": "Wird gesendet",
    "broadcast.state.paused": "Angehalten",
    "broadcast.state.sent": "Gesendet",
    "broadcast.state.cancelled": "Abgebrochen",
    "broadcast.name": "Name",
    "broadcast.name.hint": "Unter dem Sie es wiederfinden; Leser sehen ihn nicht.",
    "broadcast.email_id": "E-Mail",
    "broadcast.email_id.choose": "E-Mail wählen",
    "broadcast.email_id.hint": (
        "Sie wird so gesendet, wie sie ist, wenn Sie das Mailing senden oder planen."
    ),
    "broadcast.email_id.none": "Noch gibt es keine E-Mail",
    "broadcast.email_id.none.text": (
        "Schreiben Sie zuerst eine; dann lässt sie sich an Listen senden."
    ),
    "broadcast.subject": "Betreff",
    "broadcast.subject.hint": "Leer: der Betreff der E-Mail. Auch hier dürfen Platzhalter stehen.",
    "broadcast.audience": "Wer sie erhält",
    "broadcast.audience.hint": (
        "Alle, die auf einer dieser Listen sind, einmal. Wer abgemeldet oder unzustellbar "
        "ist, erhält sie nie."
    ),
    "broadcast.lists.none": "Noch gibt es keine Liste",
    "broadcast.lists.none.text": (
        "Legen Sie zuerst eine Liste oder ein Segment an; Listen nach Feldwert kommen mit der"
        " ersten Synchronisation."
    ),
    "broadcast.minus": "Aber niemand auf diesen",
    "broadcast.minus.hint": (
        "Wer auf einer davon ist, erhält sie nicht, auf welcher Liste auch immer er sonst ist."
    ),
    "broadcast.kind.segment": "Segmente",
    "broadcast.kind.manual": "Von Hand geführte Listen",
    "broadcast.kind.target": "Ziellisten von Sugar",
    "broadcast.kind.auto": "Listen nach Feldwert",
    "broadcast.estimate.one": (
        "Diese Listen haben zusammen {n} Mitglied. Wer sie erhält, wird als Nächstes gezählt."
    ),
    "broadcast.estimate.other": (
        "Diese Listen haben zusammen {n} Mitglieder. Wer sie erhält, wird als Nächstes gezählt."
    ),
    "broadcast.estimate.none": "Noch ist keine Liste gewählt.",
    "broadcast.members.one": "{n} Mitglied",
    "broadcast.members.other": "{n} Mitglieder",
    "broadcast.suppresses": "ihre Mitglieder erhalten keine E-Mails",
    "broadcast.sender": "Absender",
    "broadcast.from_name": "Name des Absenders",
    "broadcast.from_name.hint": "Leer: {name}.",
    "broadcast.from_address": "Adresse des Absenders",
    "broadcast.from_address.hint": "Leer: {address}. Auf einer Ihrer bestätigten Domains.",
    "broadcast.reply_to": "Antworten gehen an",
    "broadcast.reply_to.hint": "Leer: die Adresse des Absenders.",
    "broadcast.nothing": "in den E-Mail-Einstellungen ist nichts eingetragen",
    "broadcast.time": "Wann",
    "broadcast.when.now": "Sobald Sie es senden",
    "broadcast.when.later": "Zu einer bestimmten Zeit",
    "broadcast.send_at": "Tag und Uhrzeit",
    "broadcast.send_at.hint": "Nach der Ortszeit der Zeitzone.",
    "broadcast.timezone": "Zeitzone",
    "broadcast.timezone.hint": "Etwa Europe/Berlin.",
    "broadcast.over_cap": "Wer zuletzt viele E-Mails erhielt",
    "broadcast.over_cap.hint.one": (
        "Niemand erhält in {days} Tagen mehr als {most} Marketing-E-Mail."
    ),
    "broadcast.over_cap.hint.other": (
        "Niemand erhält in {days} Tagen mehr als {n} Marketing-E-Mails."
    ),
    "broadcast.over_cap.off": (
        "Es gibt keine Häufigkeitsgrenze: Ein Administrator kann sie in den "
        "E-Mail-Einstellungen setzen."
    ),
    "broadcast.over_cap.later": "Erhält sie später, sobald die Häufigkeitsgrenze es erlaubt",
    "broadcast.over_cap.leave out": "Erhält sie nicht",
    "broadcast.save": "Speichern und zählen",
    "broadcast.saving.hint": "Noch wird nichts gesendet.",
    "broadcast.review": "Wer sie erhält",
    "broadcast.counting": "Es wird gezählt, wer sie erhält …",
    "broadcast.counting.so_far.one": "{n} Mitglied durchgesehen",
    "broadcast.counting.so_far.other": "{n} Mitglieder durchgesehen",
    "broadcast.will_get.one": "{n} Person wird sie erhalten",
    "broadcast.will_get.other": "{n} Personen werden sie erhalten",
    "broadcast.will_get.none": "Niemand würde sie erhalten",
    "broadcast.will_get.none.text": "Sehen Sie unten, warum, und wählen Sie andere Listen.",
    "broadcast.put_off.one": (
        "{n} davon erhält sie später, sobald die Häufigkeitsgrenze es erlaubt."
    ),
    "broadcast.put_off.other": (
        "{n} davon erhalten sie später, sobald die Häufigkeitsgrenze es erlaubt."
    ),
    "broadcast.counted_at": (
        "Gezählt {ago}. Wer vor dem Beginn auf die Listen kommt, erhält sie auch."
    ),
    "broadcast.count.waits": "Wer sie erhält, wird gezählt, sobald es möglich ist",
    "broadcast.waits_for.text": (
        "Wird noch ermittelt: {names}. Bis bekannt ist, wer darauf ist, kann niemand sagen, "
        "wer auszunehmen ist."
    ),
    "broadcast.waits_for.mend": "Zählen Sie erneut, wenn das fertig ist.",
    "broadcast.starts.waits": "Es beginnt erst, wenn alle seine Listen bekannt sind",
    "broadcast.gathering.waits": "Es wartet und geht von selbst weiter",
    "broadcast.count.again": "Erneut zählen",
    "broadcast.count.failed": "Das Zählen ist fehlgeschlagen",
    "broadcast.count.missing": "Wer sie erhält, ist noch nicht gezählt",
    "broadcast.count.missing.text": "Das Zählen dauert einen Moment; dabei wird nichts gesendet.",
    "broadcast.not": "Wer sie nicht erhält",
    "broadcast.not.none": "Alle auf diesen Listen können sie erhalten.",
    "broadcast.twice": "Auf mehreren der Listen oder zweimal auf einer: einmal gezählt",
    "broadcast.on_minus": "Auf einer ausgenommenen Liste",
    "broadcast.gone": "Mitglieder, zu denen es hier niemanden gibt",
    "broadcast.left.no address": "Ohne E-Mail-Adresse",
    "broadcast.left.opted out": "Abgemeldet",
    "broadcast.left.bounced": "Adresse unzustellbar",
    "broadcast.left.exempt": "Auf einer Sperrliste von Sugar",
    "broadcast.left.over cap": "Erhielt so viele E-Mails, wie die Häufigkeitsgrenze erlaubt",
    "broadcast.left.gone": "Seitdem gelöscht oder zusammengeführt",
    "broadcast.left.broken": "Die E-Mail lässt sich für sie nicht erstellen",
    "broadcast.send.now.one": "Jetzt an {n} Person senden",
    "broadcast.send.now.other": "Jetzt an {n} Personen senden",
    "broadcast.send.later.one": "Für {n} Person planen",
    "broadcast.send.later.other": "Für {n} Personen planen",
    "broadcast.unfit": "Es kann noch nicht gesendet werden",
    "broadcast.unfit.mend": "Ein Administrator trägt unter „E-Mail-Einstellungen“ ein, was fehlt.",
    "broadcast.unfit.link": "E-Mail-Einstellungen",
    "broadcast.edit": "Ändern",
    "broadcast.delete": "Entwurf löschen",
    "broadcast.copy": "Kopieren",
    "broadcast.plan": "Was gesendet wird",
    "broadcast.plan.email": "E-Mail",
    "broadcast.plan.subject": "Betreff",
    "broadcast.plan.lists": "An",
    "broadcast.plan.minus": "Nicht an",
    "broadcast.plan.from": "Von",
    "broadcast.plan.when": "Wann",
    "broadcast.plan.at": "{moment}, {zone} ({utc})",
    "broadcast.plan.by": "Gesendet von",
    "broadcast.plan.by.name": "{name}, gezählt waren {n} Personen",
    "broadcast.frozen": "Es wird so gesendet, wie die E-Mail war, als es geplant wurde.",
    "broadcast.frozen.changed": (
        "Die E-Mail wurde seitdem geändert. Das ändert hier nichts: Gesendet wird, wie sie "
        "war, als es geplant wurde."
    ),
    "broadcast.starts": "Beginnt {moment}",
    "broadcast.starts.soon": "Beginnt binnen einer Minute.",
    "broadcast.gathering": (
        "Es wird festgehalten, wer jetzt auf den Listen ist: bisher {n}. Wer später "
        "dazukommt, erhält sie nicht."
    ),
    "broadcast.progress.sent": "{n} von {all} gesendet",
    "broadcast.waits.one": "{n} E-Mail wartet, bis sie an der Reihe ist",
    "broadcast.waits.other": "{n} E-Mails warten, bis sie an der Reihe sind",
    "broadcast.announce": "{n} von {all} gesendet",
    "broadcast.ended.nobody": "Beim Beginn war niemand auf diesen Listen",
    "broadcast.paused.title": "Es ist angehalten",
    "broadcast.cancelled.title": "Es ist abgebrochen",
    "broadcast.pause": "Anhalten",
    "broadcast.resume": "Fortsetzen",
    "broadcast.cancel": "Abbrechen",
    "broadcast.cancel.ask": "Dieses Mailing abbrechen?",
    "broadcast.cancel.text.one": (
        "{n} E-Mail wurde gesendet und bleibt gesendet. Nichts mehr davon geht hinaus, und es"
        " lässt sich nicht fortsetzen."
    ),
    "broadcast.cancel.text.other": (
        "{n} E-Mails wurden gesendet und bleiben gesendet. Nichts mehr davon geht hinaus, und"
        " es lässt sich nicht fortsetzen."
    ),
    "broadcast.cancel.do": "Endgültig abbrechen",
    "broadcast.cancel.keep": "Nicht abbrechen",
    "broadcast.unclear.one": "Bei {n} E-Mail kann niemand sagen, ob sie gesendet wurde",
    "broadcast.unclear.other": "Bei {n} E-Mails kann niemand sagen, ob sie gesendet wurden",
    "broadcast.unclear.text": (
        "Die Antwort des Maildienstes ging verloren. Keine wird noch einmal gesendet, es sei denn, "
        "ein Administrator verlangt es unter „E-Mail-Einstellungen“."
    ),
    "broadcast.unclear.link": "Betroffene ansehen",
    "broadcast.numbers": "Was daraus wurde",
    "broadcast.number.sent": "Gesendet",
    "broadcast.number.delivered": "Zugestellt",
    "broadcast.number.soft_bounced": "Vorübergehend nicht angenommen",
    "broadcast.number.bounced": "Unzustellbar",
    "broadcast.number.complained": "Als Spam gemeldet",
    "broadcast.number.unsubscribed": "Abgemeldet",
    "broadcast.number.opened": "Geöffnet",
    "broadcast.number.clicked": "Geklickt",
    "broadcast.number.held": "Doch nicht gesendet",
    "broadcast.machines": (
        "Maschinen haben {opens}-mal geöffnet und {clicks}-mal geklickt; oben sind sie nicht "
        "gezählt."
    ),
    "broadcast.links": "Nach Link",
    "broadcast.links.none": "Noch hat niemand geklickt",
    "broadcast.links.none.text": "Jeder Link, den jemand anklickt, steht hier.",
    "broadcast.link": "Link",
    "broadcast.link.people": "Personen",
    "broadcast.link.clicks": "Klicks",
    "broadcast.people.link": "Alle, einzeln",
    "broadcast.people.title": "Wer sie erhielt",
    "broadcast.people.none": "Niemand hier",
    "broadcast.people.none.text": "Niemand aus diesem Mailing ist in diesem Status.",
    "broadcast.people.none.yet": "Für wen es ist, wird beim Beginn festgehalten.",
    "broadcast.people.back": "Zurück zum Mailing",
    "broadcast.people.show": "Anzeigen",
    "broadcast.people.all": "Alle",
    "broadcast.people.apply": "Anzeigen",
    "broadcast.people.outcome": "Status",
    "broadcast.people.export": "Als CSV exportieren",
    "broadcast.outcome.waiting": "Wartet",
    "broadcast.outcome.left out": "Doch nicht gesendet",
    "broadcast.outcome.unclear": "Unklar, ob gesendet",
    "broadcast.outcome.sent": "Gesendet",
    "broadcast.outcome.soft bounced": "Vorübergehend nicht angenommen",
    "broadcast.outcome.delivered": "Zugestellt",
    "broadcast.outcome.opened": "Geöffnet",
    "broadcast.outcome.clicked": "Geklickt",
    "broadcast.outcome.bounced": "Unzustellbar",
    "broadcast.outcome.unsubscribed": "Abgemeldet",
    "broadcast.outcome.complained": "Als Spam gemeldet",
    "broadcast.outcome.undecided": "Noch nicht entschieden",
    "broadcast.outcome.left: no address": "Ausgelassen: keine E-Mail-Adresse",
    "broadcast.outcome.left: opted out": "Ausgelassen: abgemeldet",
    "broadcast.outcome.left: bounced": "Ausgelassen: Adresse unzustellbar",
    "broadcast.outcome.left: exempt": "Ausgelassen: auf einer Sperrliste",
    "broadcast.outcome.left: over cap": "Ausgelassen: Häufigkeitsgrenze",
    "broadcast.outcome.left: gone": "Ausgelassen: gelöscht oder zusammengeführt",
    "broadcast.outcome.left: broken": "Ausgelassen: Die E-Mail lässt sich nicht erstellen",
    "broadcast.column.person": "Person",
    "broadcast.column.name": "Name",
    "broadcast.column.address": "Adresse",
    "broadcast.column.outcome": "Was daraus wurde",
    "broadcast.column.reason": "Grund",
    "broadcast.column.at": "Angefordert am",
    "broadcast.column.opens": "Öffnungen",
    "broadcast.column.clicks": "Klicks",
    "broadcast.waits.title": "Es wartet: Seine E-Mails gehen gerade nicht hinaus",
}
