"""Field mappings."""

TEXTS = {
    "nav.mappings": "Feldzuordnungen",
    "mapping.title": "Feldzuordnungen",
    "mapping.lead": (
        "Welche Felder von Sugar hier zu welchen Feldern werden, und wer gewinnt, wenn beide "
        "Seiten eines geändert haben."
    ),
    "mapping.tabs": "Was zugeordnet wird",
    "mapping.of": "Felder für {module}",
    "mapping.standard": "Standard",
    "mapping.row.hint": (
        "Geben Sie den Namen eines Feldes in Sugar ein, auch eines eigenen (…_c). Leeren Sie "
        "eines, um es wegzulassen."
    ),
    "mapping.sugar": "Feld in Sugar",
    "mapping.sugar.row": "Feld in Sugar, Zeile {n}",
    "mapping.here": "Feld hier",
    "mapping.here.row": "Feld hier, Zeile {n}",
    "mapping.rule": "Beide geändert",
    "mapping.rule.row": "Wer gewinnt, wenn beide geändert haben, Zeile {n}",
    "mapping.flow": "Richtung",
    "mapping.flow.row": "Richtung, Zeile {n}",
    "mapping.choose": "Wählen …",
    "mapping.options.one": "{n} Auswahlwert",
    "mapping.options.other": "{n} Auswahlwerte",
    "mapping.missing": "Nicht mehr in Sugar",
    "mapping.preview.button": "Vorschau an zehn Datensätzen",
    "mapping.save": "Speichern",
    "mapping.edit": "Ändern",
    "mapping.reset": "Zurück zum Standard",
    "mapping.saved": "Die Zuordnung ist gespeichert.",
    "mapping.wrong.one": "Ein Feld lässt sich so nicht zuordnen.",
    "mapping.wrong.other": "{n} Felder lassen sich so nicht zuordnen.",
    "mapping.wrong.text": "Nichts wurde gespeichert. Was nicht stimmt, steht bei jedem davon.",
    "mapping.tried": "Das ist noch nicht gespeichert",
    "mapping.tried.text": (
        "Es ist die Zuordnung, die Sie ausprobiert haben. Speichern Sie sie, oder öffnen Sie "
        "den Tab neu für die verwendete."
    ),
    "mapping.needs_full": "{module} brauchen eine vollständige Synchronisation",
    "mapping.needs_full.text": (
        "Was hier ist, wurde mit einer anderen Zuordnung gelesen. Der nächste geplante Lauf "
        "liest alles; Sie brauchen darauf nicht zu warten."
    ),
    "mapping.full_sync": "Vollständige Synchronisation: {module}",
    "mapping.rules": "Wenn beide Seiten ein Feld geändert haben",
    "mapping.fields": "Eigene Felder",
    "mapping.fields.text": "Fügen Sie hier ein Feld hinzu für das, was Sugar hat und wir nicht.",
    "mapping.field.label": "Name",
    "mapping.field.type": "Enthält",
    "mapping.field.add": "Feld hinzufügen",
    "mapping.field.remove": "Entfernen",
    "mapping.field.saved": "Die Felder sind gespeichert.",
    "mapping.read": "Was Sugar hat",
    "mapping.read.count.one": "{n} Feld, gelesen",
    "mapping.read.count.other": "{n} Felder, gelesen",
    "mapping.read.never": (
        "Die Felder von Sugar wurden noch nicht gelesen. Lesen Sie sie, um Namen, Typen und "
        "Auswahlwerte zu sehen."
    ),
    "mapping.read.button": "Felder aus Sugar lesen",
    "mapping.read.done.one": "{n} Feld wurde aus Sugar gelesen",
    "mapping.read.done.other": "{n} Felder wurden aus Sugar gelesen",
    "mapping.reading": "Die Felder von Sugar werden gelesen",
    "mapping.waiting": "Das dauert ein paar Sekunden. Sie können diese Seite verlassen.",
    "mapping.failed": "Das hat nicht geklappt",
    "mapping.to": "Zur Zuordnung: {module}",
    "mapping.back": "Zurück zur Zuordnung",
    "mapping.preview": "Was diese Zuordnung bewirkt",
    "mapping.preview.none": "Es gibt keine Datensätze, um sie auszuprobieren.",
    "mapping.preview.changed.one": "{n} würde sich ändern",
    "mapping.preview.changed.other": "{n} würden sich ändern",
    "mapping.preview.of.one": "von {n} echten Datensatz.",
    "mapping.preview.of.other": "von {n} echten Datensätzen.",
    "mapping.preview.missing": "In Sugar fehlen: {names}",
    "mapping.preview.missing.text": "Diese bleiben leer, bis Sugar sie hat.",
    "mapping.preview.unreadable": "Einige Werte waren nicht lesbar: {names}",
    "mapping.preview.unreadable.text": "Sie stünden im Fehlerbericht, und der Rest kommt herein.",
    "mapping.preview.fields": "Was jedes Feld ergibt",
    "mapping.preview.filled": "Mit einem Wert",
    "mapping.preview.example": "Beispiel",
    "rule.Sugar wins": "Sugar gewinnt (Standard)",
    "rule.Funnel wins": "Funnel gewinnt",
    "rule.newest wins": "Das Neueste gewinnt",
    "rule.Sugar unless blank": "Sugar, außer wenn leer",
    "rule.text.Sugar wins": (
        "Was in Sugar steht, wird genommen. Hat nur eine Seite geändert, gewinnt immer diese, "
        "unabhängig von der Regel."
    ),
    "rule.text.Funnel wins": "Was hier bearbeitet wurde, bleibt.",
    "rule.text.newest wins": (
        "Das Spätere wird genommen: unsere Bearbeitung oder das letzte Speichern des Datensatzes "
        "in Sugar."
    ),
    "rule.text.Sugar unless blank": (
        "Was in Sugar steht, wird genommen; aber ein dort geleertes Feld leert hier nichts."
    ),
    "flow.both": "In beide Richtungen",
    "flow.from Sugar": "Nur aus Sugar",
    "type.text": "Text",
    "type.email": "E-Mail-Adresse",
    "type.phone": "Telefonnummer",
    "type.web address": "Webadresse",
    "type.whole number": "ganze Zahl",
    "type.decimal": "Zahl",
    "type.money": "Geldbetrag",
    "type.date": "Datum",
    "type.date and time": "Datum und Uhrzeit",
    "type.yes or no": "ja oder nein",
    "type.choice": "ein Auswahlwert",
    "type.several choices": "mehrere Auswahlwerte",
    "why.title": "Woher diese Werte stammen",
    "why.sugar": "Sugar, {record}",
    "why.mapping": "Zuordnung {field}",
    "why.here": "Hier bearbeitet von {by}",
    "why.kept": "Behalten aus einer früheren Zuordnung oder einem früheren Datensatz",
}
