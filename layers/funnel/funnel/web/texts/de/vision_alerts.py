"""FunnelVision: a rep's alerts."""

TEXTS = {
    "vision.alerts": "Benachrichtigungen",
    "vision.alerts.to": "E-Mails gehen an {address}, Ihre Adresse in Sugar.",
    "vision.alerts.saved": "Gespeichert.",
    "vision.alerts.trouble": "Zurzeit kann keine Benachrichtigung gesendet werden.",
    "vision.alerts.stopped": "Schalten Sie wieder ein, was Sie wünschen.",
    "vision.alerts.score": "Wenn einer meiner Interessenten einen Lead-Score erreicht",
    "vision.alerts.score.text": (
        "Einmal, bis sein Score darunter sinkt und ihn erneut erreicht. Wer ihn schon erreicht "
        "hat, wird nicht gemeldet."
    ),
    "vision.alerts.threshold": "Lead-Score",
    "vision.alerts.visit": "Wenn einer meiner Interessenten auf unserer Website ist",
    "vision.alerts.visit.text": (
        "Einmal je Besuch, binnen weniger Minuten; mehrere kommen in einer E-Mail."
    ),
    "vision.alerts.digest": "Jeden Tag eine Zusammenfassung",
    "vision.alerts.digest.text": (
        "Ihre heißesten Interessenten, wer auf der Website war und was aus Ihren E-Mails "
        "wurde. An einem Tag ohne Neuigkeiten kommt keine."
    ),
    "vision.alerts.hour": "Um",
    "vision.alerts.zone": "Zeitzone:",
    "vision.alerts.save": "Speichern",
    "leave.alert.title": "Diese Benachrichtigung ausschalten",
    "leave.alert.text": (
        "Drücken Sie den Knopf, und Sie erhalten keine Benachrichtigungen dieser Art mehr. "
        "Andere bleiben an."
    ),
    "leave.alert.button": "Ausschalten",
    "leave.alert.done": "Sie ist ausgeschaltet",
    "leave.alert.done.text": (
        "Sie erhalten keine Benachrichtigungen dieser Art mehr. In FunnelVision können Sie "
        "sie unter „Benachrichtigungen“ wieder einschalten."
    ),
    "leave.alert.undone": "Sie ist wieder eingeschaltet",
    "leave.alert.undone.text": "Ab jetzt erhalten Sie wieder Benachrichtigungen dieser Art.",
}
