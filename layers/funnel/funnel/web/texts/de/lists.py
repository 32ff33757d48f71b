"""Lists, their members, and which fields have lists."""

TEXTS = {
    "lists.title": "Listen",
    "lists.text": (
        "Listen nach Feldwert folgen jeder Änderung in Sugar; Ziellisten gehören zu Sugar; "
        "Segmente folgen einer Regel; von Hand geführte Listen enthalten, wen Sie darauf setzen."
    ),
    "lists.search": "Name der Liste",
    "lists.show": "Welche Listen",
    "lists.show.all": "Alle",
    "lists.show.segment": "Segmente",
    "lists.show.manual": "Von Hand geführt",
    "lists.show.auto": "Nach Feldwert",
    "lists.show.target": "Ziellisten",
    "lists.show.retired": "Stillgelegt",
    "lists.name": "Name",
    "lists.kind": "Art",
    "lists.kind.auto": "nach Feldwert",
    "lists.kind.target": "Zielliste",
    "lists.kind.segment": "Segment",
    "lists.kind.manual": "von Hand geführt",
    "lists.members": "Mitglieder",
    "lists.status": "Status",
    "lists.status.active": "in Gebrauch",
    "lists.status.retired": "stillgelegt",
    "lists.changed": "Letzte Änderung",
    "lists.empty": "Noch keine Listen",
    "lists.empty.text": (
        "Listen entstehen von selbst, wenn Personen aus Sugar kommen: je eine für jeden "
        "Firmentyp, jede Branche, Verkaufsphase, jeden Lead-Status und jede Lead-Quelle."
    ),
    "lists.empty.so_far": "Keine unter den bisher durchgesehenen",
    "lists.empty.so_far.text": "Es gibt sehr viele Listen. Die nächste Seite sucht weiter.",
    "lists.empty.show": "Keine Listen dieser Art",
    "lists.empty.show.text": "Zurzeit gibt es keine.",
    "lists.fields": "Felder wählen, die Listen haben",
    "list.unsettled": "wird noch ermittelt",
    "list.about.auto": "Alle, die in Sugar diesen Wert haben. Die Liste folgt von selbst.",
    "list.about.manual": "Alle, die Sie, Formulare oder Kampagnen darauf setzen.",
    "list.retire": "Stilllegen",
    "list.take_back": "Wieder in Gebrauch nehmen",
    "list.rename": "Name und Beschreibung",
    "lists.description": "Wozu es dient",
    "lists.description.hint": "Für Ihre Kollegen; darf leer sein.",
    "list.put": "Jemanden darauf setzen",
    "list.put.button": "Auf die Liste setzen",
    "list.put.text": "Suchen Sie hier jemanden.",
    "list.put.many": "Mehrere unter allen Personen wählen",
    "list.off": "Herunternehmen",
    "list.uses": "Verwendet von",
    "list.uses.segment": "dem Segment {name}",
    "list.uses.overlay": "dem Overlay {name}",
    "list.uses.campaign": "der Kampagne {name}",
    "list.uses.broadcast": "dem Mailing {name}",
    "list.uses.form": "dem Formular {name}",
    "list.done.made": "Die Liste ist angelegt.",
    "list.done.renamed": "Die Liste hat ihren neuen Namen.",
    "list.done.retired": "Die Liste ist stillgelegt.",
    "list.done.back": "Die Liste ist wieder in Gebrauch.",
    "list.done.off": "Von der Liste genommen.",
    "list.done.on.one": "{n} Person ist auf die Liste gesetzt.",
    "list.done.on.other": "{n} Personen sind auf die Liste gesetzt.",
    "lists.new": "Neue Liste",
    "lists.new.text": (
        "Eine von Hand geführte Liste: Personen stehen darauf, bis jemand sie herunternimmt."
    ),
    "lists.new.button": "Liste anlegen",
    "lists.new.one": "{name} wird darauf stehen.",
    "lists.new.people.one": "Die {n} Person, die Sie gewählt haben, wird darauf stehen.",
    "lists.new.people.other": "Die {n} Personen, die Sie gewählt haben, werden darauf stehen.",
    "lists.all": "Alle Listen",
    "list.retired.manual": "Stillgelegt",
    "list.retired.manual.text": (
        "Wer darauf steht, bleibt. Niemand kann darauf gesetzt werden, bis sie wieder in "
        "Gebrauch ist."
    ),
    "lists.new.found.one": "Die {n} Person, die gefunden wurde, wird darauf gesetzt.",
    "lists.new.found.other": "Die {n} Personen, die gefunden wurden, werden darauf gesetzt.",
    "found.ask": "Alle Gefundenen auf eine Liste setzen …",
    "found.ask.hint": "Auch die auf weiteren Seiten. Sie werden zuerst gezählt.",
    "found.title": "Alle Gefundenen auf eine Liste setzen",
    "found.back": "Zurück zur Suche",
    "found.counting": "Wird gezählt.",
    "found.counted": "Sie sind gezählt.",
    "found.so_far.one": "Bisher {n} Person.",
    "found.so_far.other": "Bisher {n} Personen.",
    "found.leave": "Sie können diese Seite verlassen; es geht weiter.",
    "found.text.one": "Person findet diese Suche, auf allen ihren Seiten.",
    "found.text.other": "Personen findet diese Suche, auf allen ihren Seiten.",
    "found.button.one": "{n} Person auf die Liste setzen",
    "found.button.other": "{n} Personen auf die Liste setzen",
    "found.anew": (
        "Wer schon auf der Liste steht, bleibt darauf. Dafür wird neu gesucht: Wer dann "
        "passt, wird darauf gesetzt."
    ),
    "found.nobody": "Niemand gefunden",
    "found.nobody.text": "Suchen Sie nach anderen.",
    "found.too_many": "Mehr als {most} Personen gefunden",
    "found.too_many.text": (
        "Schränken Sie die Suche ein, etwa nach Besitzer oder Score, und setzen Sie die Übrigen "
        "danach auf die Liste."
    ),
    "found.putting": "Sie werden auf die Liste gesetzt.",
    "found.done_of": "{done} von {of} auf „{name}“.",
    "found.put": "Sie stehen auf der Liste.",
    "found.put.text.one": "Die {n} gefundene Person steht jetzt auf „{name}“.",
    "found.put.text.other": (
        "Alle {n} gefundenen Personen stehen jetzt auf „{name}“, auch wer vorher schon darauf"
        " stand."
    ),
    "found.failed": "Es ist stehen geblieben",
    "found.failed.some.one": "{n} Person wurde vorher darauf gesetzt.",
    "found.failed.some.other": "{n} Personen wurden vorher darauf gesetzt.",
    "found.to_list": "Zur Liste „{name}“",
    "list.named": "Oder ihr Name",
    "list.named.hint": (
        "Nur die ersten {n} werden angeboten. Geben Sie ein, wie der Name beginnt; das hat Vorrang "
        "vor der Auswahl."
    ),
    "on_list.label": "Liste",
    "on_list.new": "Eine neue Liste …",
    "on_list.no_list": "Auf keine Liste",
    "on_list.new_called": "Oder auf eine neue Liste mit dem Namen",
    "on_list.choose": "Liste wählen",
    "on_list.button": "Gewählte auf die Liste setzen",
    "on_list.put": "Auf eine Liste setzen",
    "on_list.all": "Alle auf dieser Seite wählen",
    "on_list.one": "{name} wählen",
    "on_list.done": "Auf die Liste gesetzt.",
    "on_list.nobody": "Niemand ist gewählt.",
    "on_list.nobody.mend": (
        "Gehen Sie zurück und kreuzen Sie die Personen an, die auf die Liste sollen."
    ),
    "on_list.none": "Keine Liste ist gewählt.",
    "on_list.none.mend": "Gehen Sie zurück und wählen Sie eine Liste oder legen Sie eine neue an.",
    "list.retired": "Zurzeit hat niemand diesen Wert",
    "list.retired.text": (
        "Die Liste bleibt erhalten und ist wieder in Gebrauch, sobald ihn jemand hat."
    ),
    "list.retired.target": "In Sugar gelöscht",
    "list.retired.target.text": (
        "Die Liste bleibt, wie sie war, und ist wieder in Gebrauch, wenn sie "
        "wiederhergestellt wird."
    ),
    "list.target": "Abgleich mit Sugar",
    "list.suppresses": "Wer auf dieser Liste steht, erhält keine E-Mails",
    "list.count.one": "{n} Mitglied",
    "list.count.other": "{n} Mitglieder",
    "list.since": "Darauf seit",
    "list.not_here": "noch nicht hier",
    "list.empty": "Niemand steht auf dieser Liste",
    "list.empty.text": "Mitglieder erscheinen hier, sobald es welche gibt.",
    "person.lists": "Listen",
    "person.lists.none": "Auf keiner Liste.",
    "list_fields.title": "Listen nach Feldwert",
    "list_fields.text": (
        "Jeder Wert eines gewählten Feldes hat eine eigene Liste: der Personen, deren Leads, "
        "Kontakte, Firmen oder Verkaufschancen ihn haben."
    ),
    "list_fields.legend": "Felder, die Listen haben",
    "list_fields.saved": "Gespeichert. Die Listen aller Personen werden ermittelt.",
    "list_fields.off": (
        "Die Listen eines ausgeschalteten Feldes verlieren ihre Mitglieder und werden "
        "stillgelegt. Wird es wieder eingeschaltet, kommen dieselben Listen zurück. Ein Feld "
        "bleibt eingeschaltet, solange etwas eine seiner Listen verwendet."
    ),
    "list_fields.working": "Die Listen aller Personen werden ermittelt",
    "list_fields.working.text.one": "Bisher {n} Person, begonnen {ago}.",
    "list_fields.working.text.other": "Bisher {n} Personen, begonnen {ago}.",
    "list_fields.done.one": "Ermittelt {ago}, für {n} Person.",
    "list_fields.done.other": "Ermittelt {ago}, für {n} Personen.",
    "list_fields.to_lists": "Listen ansehen",
}
