"""Change at once by webhook; both sides compared."""

TEXTS = {
    "hooks.title": "Funnel in Sugar",
    "hooks.lead": (
        "Mit einer Adresse und einem Schlüssel von Funnel zeigt Sugar dem Vertrieb seine "
        "Interessenten und meldet Funnel sofort, welche Datensätze gespeichert wurden, sodass"
        " sie binnen Sekunden hier sind statt zur nächsten Stunde. Die stündliche "
        "Synchronisation läuft in jedem Fall."
    ),
    "hooks.address": "Adresse, die in Sugar einzutragen ist",
    "hooks.key": "Schlüssel, der in Sugar einzutragen ist",
    "hooks.key.shown": "Das ist der neue Schlüssel. Er wird nur jetzt angezeigt.",
    "hooks.key.shown.text": (
        "Kopieren Sie beides nach Sugar. Der Schlüssel davor, falls es einen gab, gilt noch "
        "24 Stunden."
    ),
    "hooks.keys": "Schlüssel",
    "hooks.keys.none": "Noch kein Schlüssel",
    "hooks.keys.none.text": (
        "Erstellen Sie einen und tragen Sie ihn mit der Adresse in Sugar ein. Bis dahin wird "
        "Sugar jede Stunde gelesen, und wenn Sie „Jetzt synchronisieren“ drücken."
    ),
    "hooks.key.make": "Schlüssel erstellen",
    "hooks.key.rotate": "Neuen Schlüssel erstellen",
    "hooks.key.rotate.text": "Ein neuer Schlüssel gilt sofort, und der alte noch 24 Stunden.",
    "hooks.key.made": "erstellt {ago}",
    "hooks.key.newest": "in Gebrauch",
    "hooks.key.ends": "gilt bis {moment}",
    "hooks.received": "Empfangen in sieben Tagen",
    "hooks.last": "Zuletzt empfangen",
    "hooks.last.never": "noch nichts",
    "hooks.accepted": "Angenommen",
    "hooks.refused": "Abgelehnt",
    "hooks.records": "Genannte Datensätze",
    "hooks.refused.text": (
        "Abgelehnte waren mit einem anderen Schlüssel, zu einer anderen Zeit oder doppelt "
        "signiert, oder nannten nichts, was gelesen werden kann."
    ),
    "hooks.open": "Einrichten",
    "hooks.text": (
        "Sugar zeigt dem Vertrieb seine Interessenten und meldet Funnel sofort, was "
        "gespeichert wurde."
    ),
    "module.title": "Funnel in Sugar einbauen",
    "module.step.package": (
        "Laden Sie das Paket herunter, laden Sie es in Sugar unter Administration, Module Loader "
        "hoch und installieren Sie es. Es bringt das Dashlet, den Bereich eines Datensatzes und "
        "die Felder für den Lead-Score mit."
    ),
    "module.step.key": (
        "Erstellen Sie unten einen Schlüssel. Tragen Sie in Sugar unter Administration, "
        "Funnel die Adresse und den Schlüssel ein und drücken Sie „Save and test“."
    ),
    "module.step.classic": (
        "Drücken Sie auf der Startseite „Sugar Dashlets hinzufügen“ und wählen Sie unter "
        "„Tools“ das „FunnelVision Dashboard“. Das tut jede Person einmal; der Bereich bei "
        "Leads und Kontakten ist von selbst da."
    ),
    "module.step.sidecar": (
        "Bearbeiten Sie die Dashboards der Startseite, der Leads und der Kontakte und fügen "
        "Sie die Dashlets mit dem Namen FunnelVision hinzu."
    ),
    "module.step.frames": (
        "Sugar zeigt nur erlaubte Hosts: Fügen Sie diesen unter Administration, Content Security "
        "Policy Settings, Frame Sources hinzu."
    ),
    "module.download": "Paket herunterladen",
    "module.unbuilt": "Das Paket ist nicht da.",
    "module.unbuilt.mend": (
        "Wer Funnel bereitstellt, baut es zuerst: make sugar-module stellt es zusammen."
    ),
    "module.address.title": "Diese Adresse wird in Sugar eingetragen",
    "module.address.text": (
        "Sie ist keine Seite zum Lesen. Ein Administrator von Sugar trägt sie auf der Seite "
        "des Moduls Funnel unter Administration ein, mit dem Schlüssel, den Funnel einmal "
        "anzeigt."
    ),
    "module.address.mend": "Beides steht unter „Einstellungen“, „Verbindung“, „Funnel in Sugar“.",
    "module.address.open": "Funnel öffnen",
    "compare.title": "Beide Seiten vergleichen",
    "compare.lead": (
        "Sieht sich jeden Datensatz auf beiden Seiten an und sagt, welche abweichen und "
        "warum. Nach Sugar wird nichts geschrieben, und hier wird nichts gelöscht."
    ),
    "compare.text": "Findet Datensätze, die in Sugar sind und nicht hier, oder umgekehrt.",
    "compare.open": "Beide Seiten vergleichen",
    "compare.start": "Jetzt vergleichen",
    "compare.none": "Noch nicht verglichen",
    "compare.none.text": (
        "Es dauert etwa eine Minute für 100.000 Datensätze. Sie können die Seite inzwischen "
        "verlassen."
    ),
    "compare.queued": "Noch nicht an der Reihe …",
    "compare.waits": "Wartet auf Sugar",
    "compare.waits.text": "Es geht dort weiter, wo es stehen blieb, spätestens mit der nächsten "
    "gelungenen Synchronisation.",
    "compare.given_up": "Es geht von selbst dort weiter, wo es stehen blieb, wenn eine "
    "Synchronisation gelungen ist. „Jetzt vergleichen“ beginnt von vorn.",
    "compare.going": "Wird verglichen …",
    "compare.repairing": "Was abweicht, wird noch einmal gelesen …",
    "compare.same": "Beide Seiten stimmen überein",
    "compare.same.text": "Jeder angesehene Datensatz ist auf beiden Seiten gleich.",
    "compare.repaired": "Repariert: Beide Seiten stimmen überein",
    "compare.differing.one": "{n} Datensatz weicht ab",
    "compare.differing.other": "{n} Datensätze weichen ab",
    "compare.remains.one": "{n} Datensatz weicht noch ab",
    "compare.remains.other": "{n} Datensätze weichen noch ab",
    "compare.differing.text": "„Reparieren“ liest genau diese noch einmal aus Sugar.",
    "compare.remains.text": "Die Gründe sagen, was sich dagegen tun lässt.",
    "compare.settled.one": "{n} Datensatz weicht aus einem bekannten Grund ab",
    "compare.settled.other": "{n} Datensätze weichen aus bekannten Gründen ab",
    "compare.settled.text": (
        "Alles andere stimmt überein. Diese noch einmal zu lesen, würde nichts ändern: Die Gründe "
        "unten sagen, was hilft."
    ),
    "compare.settled.too.one": (
        "{n} davon weicht aus einem bekannten Grund ab, den „Reparieren“ nicht behebt."
    ),
    "compare.settled.too.other": (
        "{n} davon weichen aus bekannten Gründen ab, die „Reparieren“ nicht behebt."
    ),
    "compare.failed": "Der Vergleich ist stehen geblieben",
    "compare.repair": "Reparieren",
    "compare.csv": "Alle als CSV herunterladen",
    "compare.when": "{ago}, angefordert von {name}",
    "compare.module": "Modul",
    "compare.there": "In Sugar",
    "compare.here": "Hier",
    "compare.held": "Zurückgehalten",
    "compare.differ": "Abweichend",
    "compare.stage": "Status",
    "compare.stage.waiting": "wartet",
    "compare.stage.counting": "zählt unsere",
    "compare.stage.reading": "liest die von Sugar",
    "compare.stage.asking": "fragt nach dem, was fehlte",
    "compare.stage.done": "fertig",
    "compare.stage.failed": "fehlgeschlagen",
    "compare.what": "Was abweicht",
    "compare.record": "Datensatz",
    "compare.difference": "Abweichung",
    "compare.reason": "Grund",
    "compare.times": "Geändert",
    "compare.times.there": "in Sugar",
    "compare.times.here": "hier",
    "compare.first": "Die ersten {n}; in der Datei stehen mehr.",
    "compare.kind.only there": "In Sugar und nicht hier",
    "compare.kind.only here": "Hier und nicht in Sugar",
    "compare.kind.another time": "Zu einer anderen Zeit geändert",
    "compare.kind.deleted there": "In Sugar gelöscht",
    "compare.kind.deleted here": "Hier gelöscht",
    "compare.kind.held": "Hier zurückgehalten",
    "compare.reason.reported": (
        "Er konnte nicht synchronisiert werden; der Fehlerbericht sagt, warum."
    ),
    "compare.reason.not visible": (
        "Sugar zeigt ihn nicht mehr: endgültig entfernt, oder unser Benutzer darf ihn nicht sehen."
    ),
    "compare.reason.filtered": "Der Filter seines Moduls lässt ihn weg.",
    "compare.reason.just now": "Er hat sich gerade eben geändert und ist unterwegs.",
    "compare.reason.newer": (
        "Er hat sich seit der letzten Synchronisation geändert; die nächste bringt ihn."
    ),
    "compare.reason.unknown": "Nicht bekannt. „Reparieren“ liest ihn noch einmal.",
    "compare.csv.object": "Objekt",
    "compare.csv.id": "ID",
    "compare.csv.link": "Link zu Sugar",
    "compare.csv.difference": "Abweichung",
    "compare.csv.reason": "Grund",
    "compare.csv.there": "In Sugar geändert",
    "compare.csv.here": "Hier geändert",
}
