"""Why a record could not sync and how to mend it, and what a history says.

A cause has two texts: what is wrong, with {value} for what stands in the field, {name} for the
record and {root} for the one it goes back to; and how to mend it.
"""

TEXTS = {
    "cause.OwnerMissing": "Diese Firma ist niemandem zugewiesen.",
    "cause.OwnerMissing.mend": (
        "Öffnen Sie sie in Sugar und wählen Sie unter „Zugewiesen an“ einen Benutzer."
    ),
    "cause.OwnerInactive": "Diese Firma ist {value} zugewiesen; der Benutzer ist in Sugar inaktiv.",
    "cause.OwnerInactive.mend": (
        "Weisen Sie sie in Sugar einem aktiven Benutzer zu, oder machen Sie {value} wieder aktiv."
    ),
    "cause.OwnerDeleted": (
        "Diese Firma ist einem Benutzer zugewiesen, den es in Sugar nicht mehr gibt."
    ),
    "cause.OwnerDeleted.mend": (
        "Öffnen Sie sie in Sugar und weisen Sie sie einem aktiven Benutzer zu."
    ),
    "cause.AccountDeleted": "Die Firma dazu ist gelöscht oder war nie in Sugar.",
    "cause.AccountDeleted.mend": (
        "Öffnen Sie ihn in Sugar und wählen Sie eine andere Firma, oder stellen Sie diese "
        "wieder her."
    ),
    "cause.AccountHeld": "Die Firma dazu konnte nicht synchronisiert werden.",
    "cause.AccountHeld.mend": "Folgt von selbst, sobald „{root}“ in Ordnung ist.",
    "cause.ContactHeld": "Keiner der Kontakte dazu konnte synchronisiert werden.",
    "cause.ContactHeld.mend": "Folgt von selbst, sobald „{root}“ in Ordnung ist.",
    "cause.ContactDeleted": "Alle Kontakte dazu sind in Sugar gelöscht.",
    "cause.ContactDeleted.mend": (
        "Öffnen Sie sie in Sugar und verknüpfen Sie einen Kontakt, oder entfernen Sie die "
        "gelöschten."
    ),
    "cause.ValueUnreadable": "Der Wert „{value}“ von {field} ist nicht lesbar.",
    "cause.ValueUnreadable.mend": (
        "Korrigieren Sie das Feld in Sugar. Der Rest des Datensatzes ist hier."
    ),
    "cause.ValueTooLong": (
        "Der Text in {field} ist länger als die 20.000 Zeichen, die aufbewahrt werden."
    ),
    "cause.ValueTooLong.mend": (
        "Kürzen Sie ihn in Sugar. Sein Anfang und der Rest des Datensatzes sind hier."
    ),
    "cause.RecordUnreadable": "Die Antwort von Sugar zu diesem Datensatz ist nicht lesbar: {value}",
    "cause.RecordUnreadable.mend": (
        "Öffnen Sie ihn in Sugar und suchen Sie nach Steuerzeichen oder einem sehr langen "
        "Text; ohne sie gespeichert, wird er wieder gelesen."
    ),
    "cause.Erased": "Die Person zu diesem Datensatz wurde hier auf Verlangen gelöscht.",
    "cause.Erased.mend": (
        "Löschen Sie den Datensatz auch in Sugar; bis dahin wird er hier ausgelassen."
    ),
    "cause.Erased.name": "Auf Verlangen gelöscht",
    "cause.NotVisible": "Sugar zeigt diesen Datensatz nicht mehr.",
    "cause.NotVisible.mend": (
        "Er wurde endgültig entfernt, oder der Benutzer, mit dem Funnel sich anmeldet, darf "
        "ihn nicht mehr sehen: Suchen Sie ihn in Sugar als dieser Benutzer. Was vorher war, "
        "bleibt hier."
    ),
    "cause.ModuleRefused": "Sugar verweigert den Zugriff auf dieses Modul: {value}",
    "cause.ModuleRefused.mend": (
        "Geben Sie dem Benutzer, mit dem Funnel sich anmeldet, das Recht, es zu lesen, oder "
        "schalten Sie es unter „Verbindung“ aus. Die nächste Synchronisation versucht es "
        "erneut."
    ),
    "cause.MergesUnknown": "Sugar sagt nicht, wen es zusammengeführt hat: {value}",
    "cause.MergesUnknown.mend": (
        "Geben Sie dem Benutzer, mit dem Funnel sich anmeldet, das Recht, Leads und Kontakte "
        "zu lesen. Bis dahin bleiben Personen, deren Datensatz in einem anderen aufging, "
        "eigene Personen."
    ),
    "cause.SugarAway": "Sugar hat bei mehreren Versuchen nicht geantwortet: {value}",
    "cause.SugarAway.mend": (
        "Nichts ist verloren: Die Synchronisation geht weiter, wo sie stehen blieb, sobald "
        "Sugar antwortet. Bleibt es dabei, fragen Sie, wer Ihr Sugar betreibt."
    ),
    "cause.RunStopped": "Die Synchronisation ist bei diesem Modul stehen geblieben: {value}",
    "cause.RunStopped.mend": (
        "Die nächste Synchronisation beginnt es neu. Bleibt sie auch dort stehen, sagen Sie "
        "es der Person, die Funnel betreibt."
    ),
    "cause.other": "Dieser Datensatz konnte nicht synchronisiert werden ({code}).",
    "cause.other.mend": "Öffnen Sie ihn in Sugar und sehen Sie sich das Feld {field} an.",
    "history.kind.changed": "Geändert",
    "history.kind.created": "Hier angelegt",
    "history.kind.deleted": "In Sugar gelöscht",
    "history.kind.restored": "In Sugar wiederhergestellt",
    "history.kind.merged": "Mit einer anderen Person zusammengeführt",
    "history.kind.parted": "Wieder getrennt",
    "history.kind.set apart": "Von Hand abgetrennt",
    "history.kind.joined again": "Von Hand wieder zugeordnet",
    "history.kind.held": "Zurückgehalten",
    "history.kind.healed": "In Ordnung gebracht",
    "history.kind.out of date": "Veraltet",
}
