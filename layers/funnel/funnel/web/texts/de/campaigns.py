"""Campaigns: the list, the editor, starting, and watching people walk."""

TEXTS = {
    "nav.campaigns": "Kampagnen",
    "campaigns.title": "Kampagnen",
    "campaigns.text": (
        "Wege, die Personen von selbst gehen: eine E-Mail, eine Wartezeit, eine Verzweigung "
        "nach dem, was sie taten, und im richtigen Moment nach Sugar."
    ),
    "campaigns.new": "Neue Kampagne",
    "campaigns.none": "Noch keine Kampagne",
    "campaigns.none.text": (
        "Eine Kampagne führt alle, die auf eine Liste kommen oder ein Formular senden, durch "
        "Schritte, die Sie einmal zeichnen. Beginnen Sie mit einer von diesen; alles darin "
        "lässt sich ändern."
    ),
    "campaigns.name": "Name",
    "campaigns.state": "Status",
    "campaigns.here": "Darin",
    "campaigns.here.ended": "Darin, als sie endete",
    "campaigns.here.then": "als sie endete",
    "campaigns.through": "Durchlaufen",
    "campaigns.changed": "Letzte Änderung",
    "campaigns.by": "von {name}",
    "campaigns.back": "Alle Kampagnen",
    "campaign.state.draft": "Entwurf",
    "campaign.state.running": "Läuft",
    "campaign.state.paused": "Angehalten",
    "campaign.state.ended": "Beendet",
    "example.title": "Beginnen mit",
    "example.blank": "Eine leere Kampagne",
    "example.blank.text": "Zeichnen Sie sie Schritt für Schritt.",
    "example.welcome": "Willkommen nach einem Formular",
    "example.welcome.text": (
        "Eine erste E-Mail. Wer klickt, kommt nach Sugar, mit einem Anruf für den Vertrieb; "
        "die anderen werden drei Tage später erinnert."
    ),
    "example.quiet": "Inaktive Personen wieder ansprechen",
    "example.quiet.text": (
        "Eine E-Mail an ein Segment. Wer sie öffnet, erhält Punkte; die anderen erhalten eine"
        " letzte und kommen dann auf eine Liste."
    ),
    "example.webinar": "Einladung zum Webinar mit Erinnerung",
    "example.webinar.text": (
        "Eine Einladung, eine Erinnerung für alle, die nicht reagiert haben, und am Tag davor eine "
        "E-Mail an alle, die kommen."
    ),
    "example.use": "Damit beginnen",
    "example.welcome.mail": "Willkommen",
    "example.welcome.reminder": "Erinnerung",
    "example.welcome.task": "Fragen, wie wir helfen können",
    "example.quiet.mail": "Wir haben uns lange nicht gesehen",
    "example.quiet.last": "Sollen wir in Verbindung bleiben?",
    "example.quiet.list": "Bleibt inaktiv",
    "example.webinar.mail": "Einladung",
    "example.webinar.reminder": "Erinnerung",
    "example.webinar.list": "Kommt zum Webinar",
    "example.webinar.day": "Morgen geht es los",
    "campaign.new.name": "Name der Kampagne",
    "campaign.new.do": "Anlegen",
    "flow.title": "Der Weg, den Personen gehen",
    "flow.start": "Start",
    "flow.start.list": "Wer auf „{list}“ ist oder darauf kommt",
    "flow.start.list.coming": "Wer ab jetzt auf „{list}“ kommt",
    "flow.start.form": "Wer das Formular „{form}“ sendet",
    "flow.start.nobody": "Nur wen Sie von Hand hineinsetzen",
    "flow.start.list.none": "Eine Liste oder ein Segment, noch nicht gewählt",
    "flow.start.form.none": "Ein Formular, noch nicht gewählt",
    "flow.start.again.one": "Erneut frühestens nach {n} Tag.",
    "flow.start.again.other": "Erneut frühestens nach {n} Tagen.",
    "flow.start.once": "Jede Person einmal.",
    "flow.start.leaves": "Wer sie verlässt, verlässt die Kampagne.",
    "flow.start.change": "Start ändern",
    "flow.yes": "Ja",
    "flow.no": "Nein",
    "flow.end": "Die Kampagne endet",
    "flow.end.short": "Ende",
    "flow.jump": "Geht weiter bei Schritt {number}",
    "flow.jump.name": "Geht weiter bei Schritt {number}, {name}",
    "flow.meets": "Geht unten weiter, bei Schritt {number}",
    "flow.called": "Auch von Schritt {numbers}",
    "flow.loose": "Nicht verbunden",
    "flow.loose.text": (
        "Zu diesen Schritten kommt niemand. Verbinden Sie das Ende eines Weges mit ihnen, oder "
        "entfernen Sie sie."
    ),
    "flow.add": "Hier einen Schritt hinzufügen",
    "flow.add.start": "Am Anfang einen Schritt hinzufügen",
    "flow.add.after": "Nach Schritt {number} einen Schritt hinzufügen",
    "flow.add.yes": "Nach dem Ja von Schritt {number} einen Schritt hinzufügen",
    "flow.add.no": "Nach dem Nein von Schritt {number} einen Schritt hinzufügen",
    "flow.empty": "Noch keine Schritte",
    "flow.empty.text": (
        "Fügen Sie den ersten hinzu: Die meisten Kampagnen beginnen mit einer E-Mail."
    ),
    "flow.open": "Schritt {number} öffnen",
    "numbers.here.one": "{n} gerade hier",
    "numbers.here.other": "{n} gerade hier",
    "numbers.here.ended.one": "{n} hier, als sie endete",
    "numbers.here.ended.other": "{n} hier, als sie endete",
    "numbers.passed.one": "{n} weitergegangen",
    "numbers.passed.other": "{n} weitergegangen",
    "numbers.stuck.one": "{n} hängt fest",
    "numbers.stuck.other": "{n} hängen fest",
    "numbers.stuck.ended.one": "{n} hing fest, als sie endete",
    "numbers.stuck.ended.other": "{n} hingen fest, als sie endete",
    "numbers.sent": "{n} gesendet",
    "numbers.not_sent": "{n} nicht gesendet",
    "numbers.waiting": "{n} warten",
    "numbers.opened": "{percent} % geöffnet",
    "numbers.clicked": "{percent} % geklickt",
    "numbers.share": "{percent} %",
    "numbers.announce": "{here} Personen sind in der Kampagne, {through} haben sie durchlaufen.",
    "numbers.announce.ended": "Die Kampagne ist beendet. {here} Personen waren da noch darin, {through} haben sie durchlaufen.",
    "numbers.changed": "Die Kampagne wurde inzwischen geändert.",
    "numbers.changed.look": "So ansehen, wie sie jetzt ist",
    "campaign.settings": "Einstellungen",
    "campaign.settings.title": "Einstellungen von {name}",
    "campaign.field.name": "Name",
    "campaign.field.comes": "Wer hineinkommt",
    "campaign.settings.start": "Der Start",
    "campaign.comes.list": "Personen einer Liste oder eines Segments",
    "campaign.comes.form": "Personen, die ein Formular senden",
    "campaign.comes.nobody": "Nur wen ich von Hand hineinsetze",
    "campaign.lists.segment": "Segmente",
    "campaign.lists.manual": "Von Hand geführte Listen",
    "campaign.lists.target": "Ziellisten von Sugar",
    "campaign.lists.auto": "Listen nach Feldwert",
    "campaign.lists.find": "Liste nach ihrem Namen suchen",
    "campaign.lists.found.one": "{n} gefunden: oben auswählen",
    "campaign.lists.found.other": "{n} gefunden: oben auswählen",
    "campaign.lists.found.none": "Keine Liste heißt so",
    "campaign.lists.more": "Es gibt mehr Listen, als hier angeboten werden. Diese findet man über den Anfang ihres Namens.",
    "campaign.field.list": "Liste oder Segment",
    "campaign.field.list.none": "Liste oder Segment wählen",
    "campaign.field.form": "Formular",
    "campaign.field.form.none": "Formular wählen",
    "campaign.field.present": "Auch wer schon darauf ist, wenn die Kampagne startet",
    "campaign.field.leaves": "Wer die Liste oder das Segment verlässt, verlässt die Kampagne",
    "campaign.field.again_days": "Darf nach so vielen Tagen wiederkommen",
    "campaign.field.again_days.hint": "0: Jede Person geht den Weg nur ein einziges Mal.",
    "campaign.field.comes.fixed": (
        "Sie wurde gestartet: Was Personen hineinbringt, bleibt, wie es ist."
    ),
    "campaign.field.when": "Wann",
    "campaign.field.in_sugar": "In Sugar",
    "campaign.field.sugar.none": "Noch ist kein Sugar verbunden.",
    "campaign.field.timezone": "Zeitzone",
    "campaign.field.timezone.hint": (
        "Etwa Europe/Berlin. Nach ihr richten sich Wartezeiten bis zu einer Uhrzeit, Sendezeiten "
        "und Aufgaben."
    ),
    "campaign.field.window": "E-Mails gehen nur zu diesen Zeiten hinaus",
    "campaign.field.since": "Von",
    "campaign.field.until": "Bis",
    "campaign.field.weekdays": "An diesen Tagen",
    "campaign.field.sugar": "Diese Kampagne mit Sugar synchronisieren",
    "campaign.field.sugar.hint": (
        "Sugar erhält eine Kampagne und ihre Zielliste; wer in Sugar ist, wird deren Mitglied."
    ),
    "campaign.settings.saved": "Die Einstellungen sind gespeichert.",
    "campaign.saved": "Gespeichert.",
    "campaign.created": "Die Kampagne ist angelegt. Sie ist ein Entwurf, bis Sie sie starten.",
    "campaign.copy": "Kopieren",
    "campaign.copied": "Das ist die Kopie. Sie ist ein Entwurf, bis Sie sie starten.",
    "campaign.deleted": "Die Kampagne ist gelöscht.",
    "checks.none": "Sie kann starten.",
    "checks.one": "{n} Punkt ist zu beheben, bevor sie starten kann",
    "checks.other": "{n} Punkte sind zu beheben, bevor sie starten kann",
    "campaign.start": "Starten",
    "campaign.start.title": "{name} starten",
    "campaign.start.people.one": "{n} Person kommt sofort hinein.",
    "campaign.start.people.other": "{n} Personen kommen sofort hinein.",
    "campaign.start.none": "Niemand kommt sofort hinein.",
    "campaign.start.later.list": "Danach alle, die auf „{list}“ kommen.",
    "campaign.start.later.form": "Danach alle, die das Formular „{form}“ senden.",
    "campaign.start.later.nobody": "Danach, wen Sie von Hand hineinsetzen.",
    "campaign.start.unsettled": "Es wird noch ermittelt, wer darauf ist",
    "campaign.start.unsettled.text": (
        "Die Zahl ist nicht endgültig. Sie können starten: Personen kommen hinein, sobald sie"
        " feststeht."
    ),
    "campaign.start.mail": "E-Mails gehen hinaus, ohne dass sie noch einmal jemand ansieht.",
    "campaign.start.problems": "Sie kann noch nicht starten.",
    "campaign.start.problems.mend": "Beheben Sie, was unten steht.",
    "campaign.start.do": "Jetzt starten",
    "campaign.started": "Die Kampagne läuft.",
    "campaign.pause": "Anhalten",
    "campaign.pause.title": "{name} anhalten",
    "campaign.pause.text": (
        "Niemand kommt hinein und niemand geht weiter, und keine E-Mail geht hinaus. Was wartet, "
        "behält seine Zeit: Was inzwischen fällig wird, geschieht, wenn Sie sie fortsetzen."
    ),
    "campaign.pause.do": "Jetzt anhalten",
    "campaign.paused": "Die Kampagne ist angehalten.",
    "campaign.resume": "Fortsetzen",
    "campaign.resume.title": "{name} fortsetzen",
    "campaign.resume.text": (
        "Personen kommen wieder hinein und gehen weiter. Was inzwischen fällig wurde, "
        "geschieht jetzt."
    ),
    "campaign.resume.do": "Jetzt fortsetzen",
    "campaign.resumed": "Die Kampagne geht weiter.",
    "campaign.end": "Beenden",
    "campaign.end.title": "{name} beenden",
    "campaign.end.text": (
        "Niemand kommt mehr hinein und niemand geht weiter, endgültig, und wartende E-Mails "
        "werden nicht gesendet. Was getan ist, bleibt getan. Sie lässt sich nicht wieder "
        "starten."
    ),
    "campaign.end.do": "Endgültig beenden",
    "campaign.ended": "Die Kampagne ist beendet.",
    "campaign.delete": "Löschen",
    "campaign.delete.title": "{name} löschen",
    "campaign.delete.text": (
        "Die Kampagne und ihr Diagramm werden gelöscht. Was getan ist, bleibt getan."
    ),
    "campaign.delete.do": "Endgültig löschen",
    "campaign.people.now": "Personen gerade darin: {n}",
    "campaign.people.then": "Personen darin, als sie endete: {n}",
    "effects.title": "Was mit den Personen geschieht, die gerade darin sind",
    "effects.text": (
        "Die Kampagne ist kein Entwurf mehr. Bevor die Änderung gespeichert wird, sehen Sie hier, "
        "was sie bewirkt."
    ),
    "effect.changed.one": (
        "{n} Person steht bei Schritt {step}, {name}, und geht so weiter, wie der Schritt dann "
        "ist. Eine Wartezeit zählt ab der Ankunft."
    ),
    "effect.changed.other": (
        "{n} Personen stehen bei Schritt {step}, {name}, und gehen so weiter, wie der Schritt dann "
        "ist. Eine Wartezeit zählt ab der Ankunft."
    ),
    "effect.goes.one": (
        "{n} Person steht bei Schritt {step}, {name}, der entfernt wird, und geht bei {there}"
        " weiter."
    ),
    "effect.goes.other": (
        "{n} Personen stehen bei Schritt {step}, {name}, der entfernt wird, und gehen bei "
        "{there} weiter."
    ),
    "effect.stops.one": (
        "{n} Person steht bei Schritt {step}, {name}, der entfernt wird, und bleibt dort "
        "stehen: Danach kommt nichts."
    ),
    "effect.stops.other": (
        "{n} Personen stehen bei Schritt {step}, {name}, der entfernt wird, und bleiben dort "
        "stehen: Danach kommt nichts."
    ),
    "effects.save": "So speichern",
    "effects.back": "Nicht speichern",
    "unsent.title": "Wer bei Schritt {number} keine E-Mail bekam",
    "unsent.text": "Sie gingen weiter zum nächsten Schritt. Wer seither gelöscht wurde, wird nicht genannt.",
    "unsent.head": "Wer keine E-Mail bekam",
    "unsent.all": "Alle, und warum",
    "unsent.reason": "Warum nicht",
    "unsent.at": "Wann",
    "unsent.none": "Niemand wurde ausgelassen",
    "unsent.none.text": "Wer vorbeikam, bekam die E-Mail oder wurde seither gelöscht.",
    "unsent.more": "Weiter suchen",
    "at.title": "Personen bei Schritt {number}",
    "at.stuck": "Wer festhängt",
    "at.none": "Gerade ist niemand hier",
    "at.none.ended": "Niemand war hier, als sie endete",
    "at.none.text": "Personen stehen nur so lange bei einem Schritt, wie sie dort warten.",
    "at.person": "Person",
    "at.since": "Seit",
    "at.due": "Geht weiter",
    "at.due.never": "wenn es geschieht",
    "at.due.ended": "nicht mehr: Die Kampagne ist beendet",
    "at.reason": "Warum sie festhängt",
    "at.retry": "Erneut versuchen",
    "at.retried": "Es wird erneut versucht.",
    "at.retry_all": "Bei allen erneut versuchen",
    "at.all_retried": "Alle, die festhängen, gehen innerhalb einer Minute weiter.",
    "at.out": "Herausnehmen",
    "at.taken_out": "Die Person ist herausgenommen.",
    "at.step": "Bei",
    "at.do": "Was sich tun lässt",
    "at.step.gone": "Ein Schritt, der entfernt wurde",
    "walk.ended": "Abgebrochen: Kampagne beendet",
    "walk.state.walking": "Unterwegs",
    "walk.state.stuck": "Hängt fest",
    "walk.state.stopped": "Stehen geblieben",
    "walk.state.through": "Durchlaufen",
    "walk.state.left": "Gegangen",
    "walk.state.taken out": "Herausgenommen",
    "walk.state.merged": "Zusammengeführt",
    "walk.state.erased": "Gelöscht",
    "walk.what.came in": "Hineingekommen",
    "walk.what.asked for": "E-Mail angefordert",
    "walk.what.sent": "E-Mail gesendet",
    "walk.what.not sent": "Keine E-Mail",
    "walk.what.waited": "Gewartet",
    "walk.what.yes": "Ja",
    "walk.what.no": "Nein",
    "walk.what.done": "Erledigt",
    "walk.what.detour": "Ging anderswo weiter, da der Schritt entfernt wurde",
    "walk.what.ended": "Der Weg ist zu Ende",
    "walk.what.stuck": "Hängen geblieben",
    "walk.what.again": "Erneut versucht",
    "walk.by.list": "Über die Liste oder das Segment",
    "walk.by.form": "Über das Formular",
    "walk.by": "Durch {name}",
    "walk.out.sure": "Diese Person aus der Kampagne nehmen",
    "walk.title": "{person} in {campaign}",
    "walk.none": "Noch ist nichts geschehen.",
    "walk.open": "Weg ansehen",
    "walk.here": "Steht bei Schritt {number}, {name}",
    "walk.here.ended": "Stand bei Schritt {number}, {name}, als die Kampagne endete",
    "walk.stuck": "Hängt fest",
    "walk.waits": "Wartet und geht von selbst weiter",
    "walk.person": "Person öffnen",
    "put_in": "Eine Person hineinsetzen",
    "put_in.find": "Name, Unternehmen oder Adresse",
    "put_in.do": "Hineinsetzen",
    "put_in.done": "Die Person kommt hinein.",
    "put_in.none": "Dazu wurde niemand gefunden.",
    "put_in.text": "Suchen Sie jemanden, der den Weg vom ersten Schritt an gehen soll.",
    "person.campaigns": "Kampagnen",
    "campaign.waits": "Ihre E-Mails gehen gerade nicht hinaus",
}
