"""What a full sync would do."""

TEXTS = {
    "preview.title": "Was eine vollständige Synchronisation täte",
    "preview.lead": (
        "Liest Sugar wie eine vollständige Synchronisation und sagt, was sie anlegen, ändern und "
        "lassen würde und warum. Nichts wird geschrieben, weder hier noch in Sugar."
    ),
    "preview.see": "Ansehen, was sie täte",
    "preview.start": "Jetzt nachsehen",
    "preview.none": "Noch hat niemand nachgesehen",
    "preview.none.text": (
        "Es dauert so lange wie eine vollständige Synchronisation. Sie können die Seite "
        "inzwischen verlassen."
    ),
    "preview.queued": "Noch nicht an der Reihe …",
    "preview.going": "Wird durchgesehen …",
    "preview.failed": "Es konnte nicht bis zum Ende durchgesehen werden",
    "preview.nothing": "Eine vollständige Synchronisation würde nichts ändern",
    "preview.nothing.text": "Alles, was durchgesehen wurde, steht hier wie in Sugar.",
    "preview.writes.one": "Eine vollständige Synchronisation beträfe {n} Datensatz",
    "preview.writes.other": "Eine vollständige Synchronisation beträfe {n} Datensätze",
    "preview.writes.text": (
        "Stand: {ago}. Was seitdem in Sugar bearbeitet wurde, ist nicht enthalten."
    ),
    "preview.sync": "Zur Synchronisation",
    "preview.when": "{ago}, angefordert von {name}",
    "preview.module": "Modul",
    "preview.read": "Durchgesehen",
    "preview.create": "Neu",
    "preview.change": "Geändert",
    "preview.delete": "Gelöscht",
    "preview.merge": "Zusammengeführt",
    "preview.hold": "Zurückgehalten",
    "preview.skip": "Unverändert",
    "preview.state": "Status",
    "preview.state.waiting": "wartet",
    "preview.state.reading": "wird durchgesehen",
    "preview.state.checking": "wird durchgesehen",
    "preview.state.done": "fertig",
    "preview.state.failed": "fehlgeschlagen",
    "preview.of": "{module}: was geschähe",
    "preview.fields": "Felder, die sich ändern würden",
    "preview.reasons": "Warum Datensätze zurückgehalten oder nur teilweise übernommen werden",
    "preview.record": "Datensatz",
    "preview.what": "Was",
    "preview.details": "Einzelheiten",
    "preview.more": "Einige davon; in den Dateien stehen alle.",
    "preview.would.create": "wäre hier neu",
    "preview.would.change": "würde sich ändern",
    "preview.would.delete": "würde als gelöscht markiert",
    "preview.would.merge": "würde mit einer anderen zu einer Person",
    "preview.would.hold": "würde zurückgehalten oder bliebe, wie er war",
    "preview.would.skip": "bliebe, wie er ist",
    "preview.reread": (
        "kein Feld weicht ab: Er wird mit einer anderen Zuordnung oder einem anderen Filter gelesen"
    ),
    "preview.files": "Alles, als CSV",
    "preview.file": "Teil {n}",
    "preview.rows.one": "{n} Zeile",
    "preview.rows.other": "{n} Zeilen",
    "preview.csv.object": "Objekt",
    "preview.csv.id": "ID",
    "preview.csv.name": "Name",
    "preview.csv.would": "Was",
    "preview.csv.field": "Feld",
    "preview.csv.before": "Vorher",
    "preview.csv.after": "Nachher",
    "preview.csv.reason": "Grund",
}
