"""Adding a person to Sugar: the form, the look, what was done and what stood in the way."""

TEXTS = {
    "push.title": "Zu Sugar hinzufügen",
    "push.button": "Zu Sugar hinzufügen",
    "push.button.more": "In Sugar aktualisieren",
    "push.lead": (
        "Sugar wird zuerst gefragt, wer die Adresse {email} hat. Wer schon da ist, wird nicht noch "
        "einmal angelegt: Der Datensatz erhält, was hier bearbeitet wurde, und nichts weiter, es "
        "sei denn, Sie verlangen es."
    ),
    "push.no_email": (
        "Diese Person hat keine E-Mail-Adresse, darum kann Sugar nicht gefragt werden, wer "
        "sie ist. Tragen Sie zuerst eine ein."
    ),
    "push.not_connected": "Es ist kein Sugar verbunden",
    "push.not_connected.text": "Zuerst muss ein Administrator eines verbinden.",
    "push.read_only": "Die Verbindung liest nur",
    "push.read_only.text": (
        "Sie können sich ansehen, was geschähe. Was Sie anfordern, wartet, bis ein Administrator "
        "auf der Seite „Verbindung“ das Schreiben erlaubt."
    ),
    "push.as": "Wenn niemand die Adresse hat, anlegen als",
    "push.owner": "Zugewiesen an",
    "push.owner.none": "Benutzer von Funnel",
    "push.source": "Lead-Quelle",
    "push.source.none": "Wie sie hier ist",
    "push.update": "Besitzer und Lead-Quelle auch bei einem Datensatz setzen, der schon da ist",
    "push.anew": "Noch einmal anlegen, falls der von Funnel angelegte in Sugar gelöscht wurde",
    "push.task": "Eine Aufgabe planen",
    "push.task.kind": "Was zu tun ist",
    "push.task.none": "Keine Aufgabe",
    "push.task.Call": "Anruf",
    "push.task.Email": "E-Mail",
    "push.task.Meeting": "Termin",
    "push.task.To do": "Aufgabe",
    "push.task.subject": "Betreff",
    "push.task.due": "Fällig (UTC)",
    "push.task.priority": "Priorität",
    "push.task.priority.High": "Hoch",
    "push.task.priority.Medium": "Mittel",
    "push.task.priority.Low": "Niedrig",
    "push.task.text": (
        "Sie wird dem Benutzer zugewiesen, den Sie oben wählen, oder dem Besitzer des Datensatzes "
        "und betrifft diese Person."
    ),
    "push.look": "Zuerst ansehen",
    "push.do": "Zu Sugar hinzufügen",
    "push.change": "Ändern",
    "push.look.title": "Was geschähe",
    "push.look.working": "Sugar wird gefragt. Nichts wird geschrieben.",
    "push.look.failed": "Sugar konnte nicht gefragt werden",
    "push.look.nothing": "Es würde nichts geschrieben: Sugar hat schon alles.",
    "push.look.would": "Noch ist nichts geschrieben. Das geschähe, in dieser Reihenfolge:",
    "push.stopped": "Es würde nicht gesendet",
    "push.one.title": "In Sugar",
    "push.working": "Es wird nach Sugar geschrieben und zurückgelesen, was angenommen wurde.",
    "push.waits.read_only": "Wartet, bis die Verbindung schreiben darf",
    "push.waits.read_only.text": (
        "Ein Administrator kann es auf der Seite „Verbindung“ erlauben. Dann geschieht es von"
        " selbst."
    ),
    "push.waits.compared": "Wartet, bis beide Seiten verglichen sind",
    "push.waits.compared.text": (
        "Unsere Daten wurden aus einer Sicherung wiederhergestellt. Es geschieht von selbst, "
        "sobald auf der Seite „Synchronisation“ ein Vergleich beendet und alles behoben ist, was "
        "abweicht."
    ),
    "push.waits.paused": "Wartet, bis die Synchronisation fortgesetzt wird",
    "push.waits.paused.text": "Dann geschieht es von selbst.",
    "push.waits.password": "Wartet auf das Passwort von Sugar",
    "push.waits.password.text": (
        "Sugar hat das Passwort abgelehnt. Sobald das richtige eingegeben ist, geschieht es "
        "von selbst."
    ),
    "push.waits.later": "Sugar hat nicht geantwortet; es wird von selbst erneut versucht",
    "push.waits.later.text": "Nichts geht verloren, und nichts wird doppelt angelegt.",
    "push.done": "Sugar hat es",
    "push.done.nothing": "Es gab nichts zu tun",
    "push.dropped": "Es wurde nicht ausgeführt",
    "push.failed": "Sugar hat es nicht",
    "push.failed.text": "Es steht im Fehlerbericht und wird jede Nacht erneut versucht.",
    "push.back": "Zurück zur Person",
    "push.again": "Neu anfordern",
    "push.deed.create": "Anlegen",
    "push.deed.update": "Ändern",
    "push.deed.keep": "Lassen, wie es ist",
    "push.was.create": "Angelegt",
    "push.was.update": "Geändert",
    "push.was.keep": "Gelassen, wie es ist",
    "push.why.has the address": "Es hat die Adresse schon.",
    "push.why.linked here": (
        "Es ist hier der Datensatz dieser Person, obwohl er inzwischen eine andere Adresse hat."
    ),
    "push.why.edited here": "Es wurde hier bearbeitet.",
    "push.why.made for it": "Funnel hat es früher angelegt.",
    "push.why.nobody has the address": "Niemand in Sugar hat die Adresse.",
    "push.why.another has it now": (
        "Der, den Funnel vorher angelegt hat, hat inzwischen die Adresse eines anderen."
    ),
    "push.why.deleted in Sugar": "Der, den Funnel vorher angelegt hat, wurde in Sugar gelöscht.",
    "push.why.has the name": "Sie hat genau den Namen des Unternehmens.",
    "push.why.none has the name": "Keine Firma hat genau den Namen des Unternehmens.",
    "push.why.asked for": "Sie haben es angefordert.",
    "push.why.an email was sent": (
        "Die E-Mail wurde gesendet, und nach den E-Mail-Einstellungen soll Sugar sie haben."
    ),
    "push.left_out": "Weggelassen, weil Sugar es so, wie es hier ist, nicht annimmt: {names}",
    "push.log": "In Sugar angefordert",
    "push.log.edit": "Änderungen",
    "push.log.note": "Notiz zu einer E-Mail",
    "push.log.add.Leads": "Als Lead",
    "push.log.add.Contacts": "Als Kontakt",
    "push.state.due": "läuft",
    "push.state.done": "erledigt",
    "push.state.failed": "fehlgeschlagen",
    "push.state.waits": "wartet",
    "one.Tasks": "Aufgabe",
    "one.Notes": "Notiz",
    "field.date_due": "Fällig",
    "field.priority": "Priorität",
    "field.account_name": "Firma",
    "history.kind.added": "In Sugar angelegt",
    "cause.PushMissesField.name": "Nachname, Unternehmen oder Adresse fehlt",
    "cause.PushMissesField": "Dieser Person fehlt {field}, was Sugar braucht.",
    "cause.PushMissesField.mend": (
        "Tragen Sie es hier auf der Seite der Person ein, oder setzen Sie einen Vorgabewert "
        "unter „Verbindung“, „Vorgaben beim Übertragen“. Die Adresse von jemandem, der in "
        "Sugar ist, wird dort eingetragen."
    ),
    "cause.PushValueRefused.name": "Wert, den Sugar nicht annimmt",
    "cause.PushValueRefused": "Das Feld {field} in Sugar nimmt „{value}“ nicht an.",
    "cause.PushValueRefused.mend": (
        "Korrigieren Sie den Wert hier, oder wählen Sie einen, den Sugar kennt."
    ),
    "cause.PushLeftOut.name": "Wert beim Übertragen weggelassen",
    "cause.PushLeftOut": "Sugar nimmt {field} = „{value}“ nicht an, darum wurde es weggelassen.",
    "cause.PushLeftOut.mend": (
        "Korrigieren Sie den Wert auf der Seite der Person oder die Zuordnung des Feldes. Der Rest "
        "des Datensatzes ist in Sugar."
    ),
    "cause.PushDeleted.name": "In Sugar gelöscht",
    "cause.PushDeleted": (
        "Der Datensatz, den Funnel für diese Person angelegt hat, wurde in Sugar gelöscht."
    ),
    "cause.PushDeleted.mend": (
        "Stellen Sie ihn in Sugar wieder her, oder fügen Sie die Person noch einmal hinzu, "
        "mit Häkchen bei „Noch einmal anlegen“."
    ),
    "cause.PushAccountDeleted.name": "Von Funnel angelegte Firma ist gelöscht",
    "cause.PushAccountDeleted": (
        "Die Firma „{value}“, die Funnel angelegt hat, wurde in Sugar gelöscht."
    ),
    "cause.PushAccountDeleted.mend": (
        "Stellen Sie sie in Sugar wieder her, oder legen Sie dort eine Firma dieses Namens an."
    ),
    "cause.PushOwnerInactive.name": "Besitzer inaktiv",
    "cause.PushOwnerInactive": (
        "{value} sollte zugewiesen werden, ist aber in Sugar nicht mehr aktiv."
    ),
    "cause.PushOwnerInactive.mend": (
        "Fügen Sie die Person noch einmal hinzu und wählen Sie einen anderen Besitzer."
    ),
    "cause.PushAddressDropped.name": "Adresse von Sugar nicht gespeichert",
    "cause.PushAddressDropped": "Sugar hat die E-Mail-Adresse {value} nicht gespeichert.",
    "cause.PushAddressDropped.mend": (
        "Tragen Sie die Adresse in Sugar bei dem Datensatz ein, oder korrigieren Sie sie hier."
    ),
    "cause.PushNoIdLeft.name": "Datensätze gehören inzwischen anderen",
    "cause.PushNoIdLeft": (
        "Die Datensätze, die Funnel für diese Person angelegt hat, haben inzwischen die "
        "Adressen anderer."
    ),
    "cause.PushNoIdLeft.mend": (
        "Legen Sie den Datensatz in Sugar von Hand an; Funnel findet ihn über seine Adresse."
    ),
    "cause.PushNotTaken.name": "Änderung von Sugar nicht übernommen",
    "cause.PushNotTaken": "Sugar hat {field} = „{value}“ nicht übernommen.",
    "cause.PushNotTaken.mend": (
        "Sehen Sie nach, ob der Benutzer, mit dem Funnel sich anmeldet, den Datensatz ändern darf "
        "und ob ein Workflow das Feld zurücksetzt."
    ),
    "cause.PushRefused.name": "Von Sugar abgelehnt",
    "cause.PushRefused": "Sugar hat es abgelehnt: {value}",
    "cause.PushRefused.mend": (
        "Geben Sie dem Benutzer, mit dem Funnel sich anmeldet, das Recht, Datensätze dieses "
        "Moduls anzulegen und zu ändern, und versuchen Sie es dann erneut."
    ),
    "cause.PushWaits.name": "Sugar antwortet beim Schreiben nicht",
    "cause.PushWaits": "Es wurde mehrmals vergeblich versucht: {value}",
    "cause.PushWaits.mend": (
        "Es wird jede Stunde erneut versucht und geschieht von selbst, sobald Sugar antwortet."
    ),
    "cause.PushUnexpected.name": "Fehler bei uns beim Schreiben nach Sugar",
    "cause.PushUnexpected": "Bei uns ist etwas schiefgegangen ({value}).",
    "cause.PushUnexpected.mend": (
        "Es steht im Protokoll; sagen Sie es dem Betreiber. Jede Nacht wird es erneut versucht."
    ),
}
