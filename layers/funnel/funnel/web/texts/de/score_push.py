"""Lead scores on their way to Sugar: on a person's page, the connection's, and in the error report."""

TEXTS = {
    "score_push.title": "Score in Sugar",
    "score_push.value": "{score}, geschrieben {ago}",
    "score_push.none": "Sugar hat noch keinen Score dieser Person.",
    "score_push.state.never": "Er wird mit der nächsten Änderung des Scores geschrieben.",
    "score_push.state.told": "Sugar hat den Score so, wie er hier ist.",
    "score_push.state.soon": "Der neue Score wartet einen Moment und wird dann geschrieben.",
    "score_push.state.read_only": (
        "Der neue Score wartet: Die Verbindung liest nur. Er wird geschrieben, sobald ein "
        "Administrator Funnel schreiben lässt."
    ),
    "score_push.state.paused": (
        "Der neue Score wartet, bis die Synchronisation weitergeht; sie ist angehalten."
    ),
    "score_push.state.failed": "Sugar hat den Score nicht übernommen.",
    "score_push.failed.again": "Es wird jede Nacht und mit dem nächsten Score erneut versucht.",
    "score_push.failed.link": "Fehlerbericht",
    "score_push.now": "Jetzt nach Sugar schreiben",
    "score_push.now.done": "Er wird gleich geschrieben, vor allen anderen.",
    "score_fields.title": "Lead-Score",
    "score_fields.text": (
        "Scores werden in das Feld {field} geschrieben. Nennen Sie hier andere Felder, durch "
        "Kommas getrennt, wenn Ihre anderswo stehen; eine vollständige Synchronisation bringt"
        " dann jeden Score dorthin."
    ),
    "score_fields.of": "Felder für {module}",
    "score_fields.missing": "{modules}: Das Feld für den Lead-Score fehlt",
    "score_fields.missing.text": (
        "Sugar hat dort kein Feld {field}, darum werden Scores nicht geschrieben. Alles "
        "andere funktioniert. Das Paket für Sugar bringt es mit (Seite „Verbindung“, „Funnel "
        "in Sugar“). Oder legen Sie in Sugar unter Administration, Studio ein Feld vom Typ "
        "Integer mit dem Namen funnel_score an (Sugar hängt _c an), oder nennen Sie auf der "
        "Seite „Verbindung“ andere Felder für den Score."
    ),
    "mass_write.waiting.one": (
        "{n} Lead-Score wartet darauf, nach Sugar geschrieben zu werden. Das dauert etwa "
        "{duration}; sonst wird an dem Datensatz nichts geändert."
    ),
    "mass_write.waiting.other": (
        "{n} Lead-Scores warten darauf, nach Sugar geschrieben zu werden. Das dauert etwa "
        "{duration}; sonst wird an diesen Datensätzen nichts geändert."
    ),
    "mass_write.more": (
        "Mehr als {n} Lead-Scores warten darauf, nach Sugar geschrieben zu werden. Das dauert"
        " mindestens {duration}; sonst wird an diesen Datensätzen nichts geändert."
    ),
    "mass_write.rescore.one": (
        "Höchstens 1 Lead-Score wird danach nach Sugar geschrieben, was etwa {duration} dauert."
    ),
    "mass_write.rescore.other": (
        "Bis zu {n} Lead-Scores werden danach nach Sugar geschrieben, was etwa {duration} "
        "dauert. Nur die, die sich ändern."
    ),
    "mass_write.confirm": "Sie dürfen geschrieben werden",
    "cause.ScoreNotTaken": "Sugar hat den Lead-Score {value} nicht übernommen.",
    "cause.ScoreNotTaken.mend": (
        "Speichern Sie den Datensatz in Sugar von Hand: Ein Workflow, ein Plug-in oder ein "
        "Pflichtfeld kann im Weg sein. Jede Nacht wird es erneut versucht."
    ),
    "cause.ScoreNotTaken.name": "Lead-Score nicht übernommen",
    "cause.ScoreFieldMissing": (
        "Sugar hat hier kein Feld {field}, darum werden Lead-Scores nicht geschrieben."
    ),
    "cause.ScoreFieldMissing.mend": (
        "Das Paket für Sugar bringt es mit (Seite „Verbindung“, „Funnel in Sugar“). Oder "
        "legen Sie in Sugar unter Administration, Studio ein Feld vom Typ Integer mit dem "
        "Namen funnel_score an (Sugar hängt _c an), oder nennen Sie auf der Seite "
        "„Verbindung“ andere Felder für den Score. Was wartet, wird dann geschrieben."
    ),
    "cause.ScoreFieldMissing.name": "Feld für den Lead-Score fehlt",
    "cause.ScoreRefused": "Sugar lässt unseren Benutzer hier keine Lead-Scores schreiben: {value}",
    "cause.ScoreRefused.mend": (
        "Geben Sie dem Benutzer, mit dem Funnel sich anmeldet, das Recht, dieses Modul zu "
        "bearbeiten. Jede Nacht wird es erneut versucht; was wartet, wird dann geschrieben."
    ),
    "cause.ScoreRefused.name": "Lead-Scores abgelehnt",
    "cause.ScoreOverwritten": (
        "Jemand in Sugar oder ein Workflow hat den Lead-Score {value} dreimal innerhalb eines "
        "Tages geändert."
    ),
    "cause.ScoreOverwritten.mend": (
        "Finden Sie heraus, was in Sugar in dieses Feld schreibt, und überlassen Sie es "
        "Funnel. Er wird mit dem nächsten Score wieder geschrieben, oder wenn Sie es erneut "
        "versuchen."
    ),
    "cause.ScoreOverwritten.name": "Lead-Score überschrieben",
}
