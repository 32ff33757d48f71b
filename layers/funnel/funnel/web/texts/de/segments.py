"""Segments: their list, one with its members, the builder of rules, and why somebody is in it."""

TEXTS = {
    "nav.segments": "Segmente",
    "segments.title": "Segmente",
    "segments.text": (
        "Alle, auf die eine Regel zutrifft. Die Mitglieder eines Segments bleiben von selbst "
        "aktuell, auch wenn sich etwas nur durch Zeitablauf ändert."
    ),
    "segments.search": "Name des Segments",
    "segments.rule": "Regel",
    "segments.new": "Neues Segment",
    "segments.empty": "Noch keine Segmente",
    "segments.empty.text": (
        "Ein Segment ist eine Regel, etwa „Verkaufsphase ist Verhandlung und hat in 30 Tagen "
        "zweimal die Preise angesehen“. Auf wen sie zutrifft, der ist darin."
    ),
    "segments.who": "Wer darin ist",
    "segments.back": "Alle Segmente",
    "segments.back.one": "Zurück zum Segment",
    "segments.effect": (
        "Nach dem Speichern wird im Hintergrund ermittelt, wer darin ist; das Segment sagt, "
        "wie weit das ist."
    ),
    "segments.overlay": (
        "Dieses Segment hat ein Overlay: Mit einer anderen Regel haben andere Personen dessen"
        " Punkte."
    ),
    "segments.fed": (
        "Kampagnen beginnen mit diesem Segment: „{names}“. Wer zu einer anderen Regel passt und "
        "noch nicht darin ist, kommt in diese Kampagnen, auch wo nur hineinsoll, wer später kommt."
    ),
    "segments.fed.confirm": "Die Regel trotzdem ändern",
    "segments.change": "Ändern",
    "segments.delete": "Löschen",
    "segments.delete.sure": "Löschen; alle verlassen es",
    "segments.moved": "Mitglieder zuletzt geändert {ago}",
    "segments.by": "angelegt von {by}",
    "segments.added": "Das Segment ist angelegt. Es wird ermittelt, wer darin ist.",
    "segments.changed": "Das Segment ist gespeichert.",
    "segments.retired": "Das Segment ist stillgelegt. Alle verlassen es.",
    "segments.retired.text": "Niemand ist darin, bis es wieder in Gebrauch genommen wird.",
    "segments.back.done": "Das Segment ist wieder in Gebrauch. Es wird ermittelt, wer darin ist.",
    "segments.deleted": "Das Segment ist gelöscht.",
    "segments.working": "Es wird ermittelt, wer in welchem Segment ist",
    "segments.why": "Warum ist jemand darin oder nicht?",
    "segments.why.search": "Name, Unternehmen oder E-Mail-Adresse",
    "segments.why.text": (
        "Suchen Sie eine Person: Jede Bedingung sagt dann, ob sie auf sie zutrifft."
    ),
    "segments.why.ask": "Warum?",
    "segments.counting": "Es wird gezählt, was Personen getan haben",
    "segments.counting.text": (
        "Die Regel fragt nach einem Verhalten, das bisher niemand gezählt hat. Bis alles "
        "gezählt ist, können Personen fehlen."
    ),
    "why.ask": "Warum?",
    "why.in": "{name} ist in diesem Segment.",
    "why.out": "{name} ist nicht in diesem Segment.",
    "why.behind": "Nach dem, was jetzt bekannt ist, ändert sich das; es wird gerade geschrieben.",
    "why.true": "trifft zu",
    "why.false": "trifft nicht zu",
    "why.match.all": "alle davon:",
    "why.match.any": "eine davon:",
    "why.match.none": "keine davon:",
    "why.found": "Gefunden: {values}",
    "why.more.one": "und {n} weiterer",
    "why.more.other": "und {n} weitere",
    "why.empty": "Dort steht nichts.",
    "why.times.one": "Es geschah einmal.",
    "why.times.other": "Es geschah {n}-mal.",
    "why.person": "Zur Person",
    "why.list.auto": "hat diesen Wert in Sugar",
    "why.list.target": "ist in Sugar darauf",
    "why.segment": "Nicht in einem Segment?",
    "why.segment.choose": "Segment wählen",
    "why.segment.ask": "Warum nicht?",
    "look.title": "Wer jetzt passt",
    "look.of.one": "von {n} Person",
    "look.of.other": "von {n} Personen",
    "look.so_far.one": "unter der ersten {n} Person; es wird weiter gezählt",
    "look.so_far.other": "unter den ersten {n} Personen; es wird weiter gezählt",
    "look.failed": "Das Zählen kam nicht bis zum Ende",
    "look.count_now": "Zählen, wer passt",
    "look.count.one": "{n} Person passt",
    "look.count.other": "{n} Personen passen",
    "look.first": "Die ersten davon",
    "look.words": "In Worten",
    "look.nobody": "Zurzeit passt niemand.",
    "look.missing": "Bedingung {number} ist nicht vollständig: {text}",
    "look.missing.blank": "Bedingung {number} sagt noch nicht, was geprüft wird.",
    "rule.what": "Bedingung",
    "rule.what.choose": "Wählen, was geprüft wird",
    "rule.what.lists": "Listen",
    "rule.what.list": "Ist auf der Liste",
    "rule.what.behaviour": "Verhalten",
    "rule.what.unknown": "{name} (gibt es nicht mehr)",
    "rule.from.person": "Person",
    "rule.from.custom": "Eigene Felder",
    "rule.from.funnel": "Funnel",
    "rule.from.sugar": "Aus Sugar",
    "rule.operator": "Vergleich",
    "rule.values": "Wert",
    "rule.values.lines": "Werte, einer je Zeile",
    "rule.values.lines.is": "Einer davon genügt.",
    "rule.values.lines.is not": "Keiner davon. Wer dort keinen Wert hat, bleibt außen vor.",
    "rule.values.choices": "Werte",
    "rule.values.days": "Tage",
    "rule.values.choose": "Wählen",
    "rule.values.unknown": "{value} (wird nicht mehr angeboten)",
    "rule.list": "Liste",
    "rule.list.choose": "Liste wählen",
    "rule.list.unknown": "Eine Liste, die es nicht mehr gibt",
    "rule.list.find": "Listen, deren Name beginnt mit",
    "rule.list.more": (
        "Nur die ersten {n} Listen werden angeboten. Geben Sie ein, wie der Name beginnt, und "
        "drücken Sie „Neu zeichnen“."
    ),
    "rule.list.none": "Noch gibt es keine Listen.",
    "rule.kind.page view": "Hat eine Seite angesehen",
    "rule.kind.form": "Hat ein Formular gesendet",
    "rule.kind.email open": "Hat eine E-Mail geöffnet",
    "rule.kind.email click": "Hat einen Link einer E-Mail angeklickt",
    "rule.page": "Seite",
    "rule.page.hint": "Leer: jede Seite. Ein Pfad wie /preise* oder shop.example.com/*.",
    "rule.form": "Formular",
    "rule.form.hint": "Leer: jedes Formular. Wählen Sie eines, oder beenden Sie den Namen eines, das noch niemand gesendet hat, mit einem *.",
    "rule.email": "E-Mail",
    "rule.email.hint": "Leer: jede E-Mail. Wählen Sie eine; für E-Mails des Vertriebs beenden Sie den Betreff mit einem *.",
    "rule.link": "Link",
    "rule.link.hint": "Leer: jeder Link. Etwa *example.com/demo*.",
    "rule.least": "Mindestens so oft",
    "rule.days": "In den letzten Tagen (Anzahl)",
    "rule.days.hint": "0: für immer.",
    "rule.match": "Was davon zutreffen muss",
    "rule.match.all": "Alle davon treffen zu",
    "rule.match.any": "Eine davon trifft zu",
    "rule.match.none": "Keine davon trifft zu",
    "rule.group": "Gruppe {number}",
    "rule.group.whole": "Die Regel",
    "rule.group.empty": "In dieser Gruppe ist noch nichts.",
    "rule.test": "Bedingung {number}",
    "rule.add.test": "Bedingung hinzufügen",
    "rule.add.group": "Gruppe hinzufügen",
    "rule.to.group": "zu Gruppe {number}",
    "rule.to.whole": "zur Regel",
    "rule.redraw": "Neu zeichnen",
    "rule.remove": "Entfernen",
    "rule.up": "Nach oben",
    "rule.down": "Nach unten",
    "rule.into": "In die Gruppe hinein",
    "rule.out": "Aus der Gruppe heraus",
    "rule.full": "Es sind {n} Bedingungen; mehr kann es nicht geben.",
    "rule.help": "Wie Regeln funktionieren",
    "rule.help.any": (
        "„Nicht“ ist eine Gruppe, von der keine zutrifft. Gruppen dürfen Gruppen enthalten, "
        "{depth} Ebenen tief."
    ),
    "rule.help.opportunities": (
        "Bedingungen zu Verkaufschancen treffen zu, wenn sie auf irgendeine der "
        "Verkaufschancen der Person zutreffen. Jede Bedingung sieht sich alle neu an: Phase "
        "„Verhandlung“ und Betrag „ist mindestens 10.000“ können auf zwei verschiedene "
        "zutreffen."
    ),
    "rule.help.amounts": (
        "Beträge von Verkaufschancen werden in der Standardwährung von Sugar verglichen, {currency}, "
        "nach den Zahlen von Sugar. Für eine Währung ohne Umrechnungskurs trifft nur „ist ausgefüllt“ zu."
    ),
    "rule.help.empty": (
        "Was leer ist, ist weder kleiner noch größer als ein Wert, und auch nicht „ist "
        "nicht“: Es ist immer nur „leer“."
    ),
    "rule.help.behaviour": (
        "Nur was Personen taten, zählt, nie was Maschinen taten. Gezählt werden ganze Tage (UTC), "
        "der heutige eingeschlossen."
    ),
    "rule.op.is": "ist",
    "rule.op.is not": "ist nicht",
    "rule.op.contains": "enthält",
    "rule.op.begins with": "beginnt mit",
    "rule.op.is empty": "ist leer",
    "rule.op.is filled in": "ist ausgefüllt",
    "rule.op.is at least": "ist mindestens",
    "rule.op.is at most": "ist höchstens",
    "rule.op.is before": "ist vor",
    "rule.op.is after": "ist nach",
    "rule.op.was in the last days": "war in den letzten … Tagen",
    "rule.op.was longer ago than days": "war vor mehr als … Tagen",
    "rule.op.is in the next days": "ist in den nächsten … Tagen",
    "rule.op.is later than days ahead": "ist in mehr als … Tagen",
}
