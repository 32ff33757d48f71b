"""Scoring: the rules of the lead score, and what a person's score is made of."""

TEXTS = {
    "nav.scoring": "Scoring",
    "scoring.title": "Scoring",
    "scoring.text": (
        "Was Personen tun, gibt Punkte; die Punkte einer Person sind ihr Lead-Score. Nur was "
        "Personen tun, zählt, nie was Maschinen tun."
    ),
    "scoring.empty": "Keine Regeln",
    "scoring.empty.text": "Ohne Regeln ist jeder Score 0. Legen Sie die erste an.",
    "scoring.new": "Regel hinzufügen",
    "scoring.rule": "Regel",
    "scoring.what": "Was zählt",
    "scoring.points": "Punkte",
    "scoring.cap": "Höchstens",
    "scoring.life": "Gilt",
    "scoring.kind.page view": "Eine angesehene Seite",
    "scoring.kind.form": "Ein gesendetes Formular",
    "scoring.kind.email open": "Eine geöffnete E-Mail",
    "scoring.kind.email click": "Ein angeklickter Link einer E-Mail",
    "scoring.kind.points": "Punkte aus einer Kampagne",
    "scoring.only": "Nur für",
    "scoring.only.text": (
        "Lassen Sie leer, was keine Rolle spielt. Ein * steht für beliebige Zeichen. Eine "
        "Seite gehört zu angesehenen Seiten und Formularen, ein Formular zu Formularen, eine "
        "E-Mail zu Öffnungen und Klicks, ein Link zu Klicks."
    ),
    "scoring.only.page": "nur Seite",
    "scoring.only.form": "nur Formular",
    "scoring.only.email": "nur E-Mail",
    "scoring.only.link": "nur Link",
    "scoring.most.none": "beliebig oft",
    "scoring.most.day.one": "einmal am Tag",
    "scoring.most.day.other": "{n}-mal am Tag",
    "scoring.most.week.one": "einmal in der Woche",
    "scoring.most.week.other": "{n}-mal in der Woche",
    "scoring.most.month.one": "einmal im Monat",
    "scoring.most.month.other": "{n}-mal im Monat",
    "scoring.most.ever.one": "einmal",
    "scoring.most.ever.other": "{n}-mal",
    "scoring.days.one": "1 Tag",
    "scoring.days.other": "{n} Tage",
    "scoring.days.none": "für immer",
    "scoring.days.text": (
        "Tage, Wochen (ab Montag) und Monate sind die von UTC. Punkte gelten für den Tag, an "
        "dem es geschah, und so viele volle Tage, wie die Regel sagt."
    ),
    "scoring.field.name": "Name",
    "scoring.field.kind": "Was zählt",
    "scoring.field.points": "Punkte je Mal",
    "scoring.field.page": "Seite",
    "scoring.field.form": "Formular",
    "scoring.field.email": "E-Mail",
    "scoring.field.link": "Link",
    "scoring.field.most": "Zählt höchstens so oft",
    "scoring.field.per": "In jedem Zeitraum",
    "scoring.field.days": "Gilt so viele Tage",
    "scoring.per.day": "Tag",
    "scoring.per.week": "Woche",
    "scoring.per.month": "Monat",
    "scoring.per.ever": "insgesamt, für immer",
    "scoring.hint.name": "Damit erklärt sich ein Score, etwa „Hat Preise angesehen“.",
    "scoring.hint.points": "Weniger als 0 zieht Punkte ab.",
    "scoring.hint.page": "Ein Pfad wie /preise* oder Host und Pfad wie shop.example.com/*.",
    "scoring.hint.form": (
        "Wählen Sie ein Formular. Für eines einer eigenen Seite, das noch niemand gesendet hat, "
        "beenden Sie den Namen mit einem *."
    ),
    "scoring.hint.email": (
        "Wählen Sie eine E-Mail. Für E-Mails des Vertriebs beenden Sie den Betreff mit einem *."
    ),
    "scoring.gone": "gibt es nicht mehr",
    "scoring.gone.form": (
        "Ein Formular dieses Namens gibt es nicht mehr. Was damit gesendet wurde, zählt weiter."
    ),
    "scoring.gone.email": (
        "Eine E-Mail dieses Namens gibt es nicht mehr. Was mit ihr getan wurde, zählt weiter."
    ),
    "scoring.hint.link": "Die Adresse, zu der er führt, etwa *example.com/demo*.",
    "scoring.hint.most": "0: beliebig oft.",
    "scoring.hint.days": "0: für immer.",
    "scoring.effect.one": (
        "Nach dem Speichern wird der Score von 1 Person im Hintergrund neu berechnet. Was "
        "inzwischen geschieht, zählt nach den neuen Regeln."
    ),
    "scoring.effect.other": (
        "Nach dem Speichern werden die Scores von {n} Personen im Hintergrund neu berechnet. "
        "Was inzwischen geschieht, zählt nach den neuen Regeln."
    ),
    "scoring.delete": "Diese Regel löschen",
    "scoring.delete.sure": "Löschen, mit allen Punkten, die sie gab",
    "scoring.delete.sure_sugar": (
        "Löschen, mit allen Punkten, die sie gab, und die Scores nach Sugar schreiben lassen"
    ),
    "scoring.back": "Alle Regeln",
    "scoring.added": "Die Regel ist angelegt.",
    "scoring.changed": "Die Regel ist gespeichert.",
    "scoring.deleted": "Die Regel ist gelöscht, mit allem, was sie gab.",
    "scoring.working": "Scores werden neu berechnet",
    "scoring.working.text": "{done} von {of} Personen sind fertig.",
    "scoring.waiting": "Es beginnt gleich.",
    "scoring.changed.by": "Die Regeln wurden geändert von {by}, {ago}.",
    "scoring.done.one": "Der Score von 1 Person wurde neu berechnet, {ago}.",
    "scoring.done.other": "Die Scores von {n} Personen wurden neu berechnet, {ago}.",
    "scoring.recount": "Neu zählen",
    "scoring.recount.text.one": (
        "Falls ein Score falsch aussieht: Der Score von 1 Person wird aus allem berechnet, "
        "was je getan wurde. Stimmte er, ändert sich nichts."
    ),
    "scoring.recount.text.other": (
        "Falls ein Score falsch aussieht: Die Scores von {n} Personen werden aus allem berechnet, "
        "was je getan wurde. Diejenigen, die stimmten, ändern sich nicht."
    ),
    "scoring.recount.button": "Alle neu zählen",
    "scoring.recounting": "Alle werden neu gezählt.",
    "overlays.title": "Overlays",
    "overlays.text": "Mehr Punkte für die Mitglieder eines Segments, solange sie darin sind.",
    "overlays.new": "Overlay hinzufügen",
    "overlays.name": "Overlay",
    "overlays.segment": "Segment",
    "overlays.rules": "Eigene Regeln",
    "overlays.rules.text": (
        "Sie zählen nur für die Mitglieder des Segments, neben allen anderen Regeln."
    ),
    "overlays.rules.none": "Keine eigenen Regeln",
    "overlays.rules.none.text": (
        "Die Mitglieder erhalten die Punkte oben, unabhängig davon, was sie tun."
    ),
    "overlays.back": "Alle Regeln und Overlays",
    "overlays.back.one": "Das Overlay {name}",
    "overlays.only": "zählt nur für Mitglieder von {name}",
    "overlays.hint.name": "Damit erklärt sich ein Score, etwa „Große Firmen“.",
    "overlays.hint.points": "Dafür, im Segment zu sein. Weniger als 0 zieht Punkte ab.",
    "overlays.delete": "Dieses Overlay löschen",
    "overlays.no_segments": "Noch keine Segmente",
    "overlays.no_segments.text": (
        "Ein Overlay gibt den Mitgliedern eines Segments Punkte: Legen Sie zuerst eines an."
    ),
    "overlays.added": "Das Overlay ist angelegt.",
    "overlays.changed": "Das Overlay ist gespeichert.",
    "overlays.deleted": "Das Overlay ist gelöscht, mit allem, was es gab.",
    "scoring.examples": "Beispiele",
    "scoring.example.prices": (
        "Hat Preise angesehen: eine angesehene Seite, nur /preise*, 5 Punkte, einmal am Tag, "
        "90 Tage lang. Wer morgen wiederkommt, erhält sie noch einmal; wer neu lädt, nicht."
    ),
    "scoring.example.form": (
        "Hat eine Demo angefragt: ein gesendetes Formular, nur das Formular „Demo“, 40 "
        "Punkte, einmal."
    ),
    "scoring.example.news": (
        "Liest unsere Neuigkeiten: eine geöffnete E-Mail, 1 Punkt, 3-mal im Monat."
    ),
    "scoring.example.jobs": (
        "Sucht eine Stelle: eine angesehene Seite, nur /karriere*, 20 Punkte weniger, einmal."
    ),
    "score.title": "Lead-Score",
    "score.why": "Warum {value}?",
    "score.reason": "Grund",
    "score.times.one": "einmal",
    "score.times.other": "{n}-mal",
    "score.member": "solange im Segment",
    "score.sum": "Score",
    "score.capped": "gezählt, von {happened}: Mehr zählt die Regel nicht",
    "score.soon": "weniger ab {date}",
    "score.none": "0: Noch ist nichts geschehen, was Punkte gibt.",
    "score.changed": "Geändert {ago}",
    "score.rules": "Die Regeln",
    "people.score": "Score",
}
