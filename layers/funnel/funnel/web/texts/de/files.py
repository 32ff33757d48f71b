"""Importing and exporting people."""

TEXTS = {
    "import.title": "Personen importieren",
    "import.of": "Import von {title}",
    "import.lead": (
        "Aus einer CSV-Datei, wie jede Tabellenkalkulation sie speichert. Sie sehen, was "
        "geschähe, bevor etwas geändert wird."
    ),
    "import.file": "CSV-Datei",
    "import.no_file": "Wählen Sie eine Datei.",
    "import.limits": (
        "Höchstens {rows} Zeilen und {megabytes} MB. Die erste Zeile benennt die Spalten. "
        "Kommas, Semikolons oder Tabulatoren; UTF-8, UTF-16 oder Windows-1252."
    ),
    "import.rule.address": (
        "Wer mit der Adresse einer Zeile hier ist, wird geändert; andere werden angelegt. "
        "Eine Zeile ohne Adresse legt immer jemanden an, aber nur einmal für dieselbe Datei."
    ),
    "import.rule.empty": "Eine leere Zelle ändert nichts.",
    "import.rule.consent": "Ein Import kann Adressen abmelden. Nie nimmt er eine Abmeldung zurück.",
    "import.rule.sugar": (
        "In Sugar wird niemand angelegt. Werte von Feldern, die in beide Richtungen zugeordnet "
        "sind, gehen wie bei jeder Bearbeitung zu den Datensätzen derer, die schon in Sugar sind, "
        "sofern Funnel schreiben darf."
    ),
    "import.look": "Ansehen, was geschähe",
    "import.found.one": "{n} Zeile.",
    "import.found.other": "{n} Zeilen.",
    "import.encoding": (
        "Gelesen als {encoding}; sehen Buchstaben falsch aus, speichern Sie die Datei als UTF-8 "
        "und laden Sie sie erneut hoch."
    ),
    "import.columns": "Spalten",
    "import.columns.text": (
        "Jede Spalte ist hier ein Feld oder wird ausgelassen. Was sich erraten ließ, ist gewählt."
    ),
    "import.column": "Spalte",
    "import.examples": "Zum Beispiel",
    "import.field": "Feld hier",
    "import.leave_out": "Auslassen",
    "import.numbers": "Zahlen in dieser Datei",
    "import.numbers.text": (
        "Wie die Datei Tausender und Dezimalen schreibt. Was ihre Zellen verraten, ist schon gewählt."
    ),
    "import.numbers.open": (
        "„{cell}“ lässt sich auf beide Arten lesen, und die Spalte verrät nicht, welche gemeint ist."
    ),
    "import.numbers.choose": (
        "Bei diesen Spalten kommt es darauf an. Sehen Sie die Auswahl an und was der Import täte, und"
        " importieren Sie dann."
    ),
    "import.numbers.becomes": "„{cell}“ ist {number}",
    "import.only_empty": "Nur füllen, was hier leer ist; vorhandene Werte lassen",
    "import.onto": "Auf eine Liste setzen",
    "import.onto.text": (
        "Auf die Liste kommt, wen eine Zeile betrifft, ob neu angelegt oder schon hier. Kampagnen und "
        "Segmente, zu denen die Liste führt, folgen."
    ),
    "import.onto.going": "Die aus den erledigten Zeilen stehen auf der Liste",
    "import.onto.done": "Wer nicht ausgelassen wurde, steht auf der Liste",
    "import.onto.failed": "Die aus den Zeilen, bevor er stehen blieb, stehen auf der Liste",
    "import.look_again": "Erneut ansehen",
    "import.start": "Importieren",
    "import.preview": "Was geschähe",
    "import.preview.text.one": "Die erste Zeile.",
    "import.preview.text.other": "Die ersten {n} Zeilen.",
    "import.line": "Zeile",
    "import.does": "Wirkung",
    "import.who": "Wer",
    "import.sets": "Setzt",
    "import.opts_out": "meldet ab",
    "import.kind.create": "Neue Person",
    "import.kind.change": "Ändert",
    "import.kind.same": "Ändert nichts",
    "import.kind.skip": "Ausgelassen",
    "import.no_guess": "Keine Spalte ließ sich erraten",
    "import.no_guess.text": (
        "Geben Sie an, welche Spalte welches Feld ist, und sehen Sie es sich dann erneut an."
    ),
    "import.going": "Wird importiert.",
    "import.done_of": "Bisher {done} von {rows} Zeilen.",
    "import.leave": "Sie können diese Seite verlassen; es geht weiter.",
    "import.ended": "Der Import ist fertig.",
    "import.failed": "Der Import ist stehen geblieben",
    "import.by": "Begonnen {ago} von {name}",
    "import.count.create": "Neue Personen",
    "import.count.change": "Geändert",
    "import.count.same": "Unverändert",
    "import.count.skip": "Ausgelassen",
    "import.errors": "Ausgelassene Zeilen, als CSV",
    "import.errors.text": (
        "Jede mit ihrem Grund. Korrigieren Sie sie und importieren Sie diese Datei. Wird sieben "
        "Tage aufbewahrt."
    ),
    "import.to_people": "Zu den Personen",
    "import.another": "Eine weitere Datei importieren",
    "export.button": "Als CSV exportieren",
    "export.title": "Export von Personen",
    "export.going": "Wird geschrieben.",
    "export.ended": "Der Export ist fertig.",
    "export.failed": "Der Export ist stehen geblieben",
    "export.rows.one": "{n} Person.",
    "export.rows.other": "{n} Personen.",
    "export.file": "Datei {n}",
    "export.text": (
        "Jede Datei hat höchstens {rows} Personen. Wird sieben Tage aufbewahrt; jeder Link gilt "
        "zehn Minuten, diese Seite erstellt neue."
    ),
    "export.leave": "Sie können diese Seite verlassen; es geht weiter.",
    "export.column.email": "E-Mail",
    "export.column.other_emails": "Weitere E-Mail-Adressen",
    "export.column.email_opt_out": "Abgemeldet",
    "export.column.owner": "Besitzer",
    "export.column.in_sugar": "In Sugar",
    "export.column.created_at": "Hier seit",
    "export.column.changed_at": "Zuletzt geändert",
}
