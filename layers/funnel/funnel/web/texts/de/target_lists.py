"""Target Lists of Sugar."""

TEXTS = {
    "target_lists.title": "Ziellisten",
    "target_lists.text": (
        "Jede Zielliste von Sugar ist hier eine Liste mit demselben Namen. Alle werden "
        "zweimal je Stunde mit Sugar abgeglichen."
    ),
    "target_lists.read_now": "Ziellisten jetzt abgleichen",
    "target_lists.asked": (
        "Die Ziellisten werden gelesen. Änderungen erscheinen hier, sobald sie gefunden sind."
    ),
    "target_lists.round": "Letzter Durchgang",
    "target_lists.round.never": "noch keiner",
    "target_lists.round.by": "angefordert von {name}",
    "target_lists.round.schedule": "nach Zeitplan",
    "target_lists.next": "Nächster",
    "target_lists.next.none": "keiner geplant, solange die Synchronisation angehalten ist",
    "target_lists.failed": (
        "Der letzte Durchgang ist fehlgeschlagen: Die Listen sind, wie sie vorher waren"
    ),
    "target_lists.name": "Name",
    "target_lists.type": "Typ in Sugar",
    "target_lists.members": "Mitglieder",
    "target_lists.members.see": "Mitglieder ansehen",
    "target_lists.changed": "Letzte Änderung",
    "target_lists.state": "Status",
    "target_lists.suppresses": "sperrt E-Mails",
    "target_lists.suppresses.title": "Wer auf einer Liste dieses Typs steht, erhält keine E-Mails",
    "target_lists.retired": "nicht mehr in Sugar",
    "target_lists.so_far": "wird gelesen: bisher {n}",
    "target_lists.in_step": "abgeglichen",
    "target_lists.unread": "noch nicht gelesen",
    "target_lists.trouble": "konnte nicht gelesen werden",
    "target_lists.partly": "teilweise gelesen",
    "target_lists.slow": (
        "Diese Liste zu lesen dauert {minutes} Minuten, darum wird sie seltener gelesen: das "
        "nächste Mal {time}."
    ),
    "target_lists.waiting.one": "{n} Mitglied ist noch nicht hier",
    "target_lists.waiting.other": "{n} Mitglieder sind noch nicht hier",
    "target_lists.waiting.text": (
        "Sie stehen auf der Liste und erscheinen, sobald ihr Datensatz hier ist. Die ersten davon:"
    ),
    "target_lists.waiting.held": "zurückgehalten: Der Fehlerbericht sagt, warum",
    "target_lists.waiting.off": "sein Modul ist für diese Verbindung ausgeschaltet",
    "target_lists.waiting.not_read": "noch nicht gelesen, oder vom Filter des Moduls ausgenommen",
    "target_lists.skipped": (
        "Nicht gezählt: {what}. Nur Leads, Kontakte und Zielkontakte können Mitglieder sein."
    ),
    "target_lists.skipped.none": "Nichts auf dieser Liste musste weggelassen werden.",
    "target_lists.compared": "Alle Mitglieder verglichen",
    "target_lists.never": "noch nie",
    "target_lists.source": "Mit Sugar abgeglichen",
    "target_lists.empty": "Noch keine Ziellisten",
    "target_lists.empty.text": (
        "Legen Sie in Sugar unter „Ziellisten“ eine an; eine halbe Stunde später ist sie "
        "hier, oder sofort mit dem Knopf oben."
    ),
    "target_lists.empty.unconnected": "Noch ist kein Sugar verbunden",
    "target_lists.empty.unconnected.text": (
        "Zuerst muss ein Administrator Sugar verbinden. Dann erscheinen dessen Ziellisten von"
        " selbst."
    ),
    "list_type.default": "Standard",
    "list_type.seed": "Seed",
    "list_type.exempt": "Sperrliste, nach Person",
    "list_type.exempt_address": "Sperrliste, nach Adresse",
    "list_type.exempt_domain": "Sperrliste, nach Domain",
    "list_type.test": "Test",
}
