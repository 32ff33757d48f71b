"""Texts of campaigns in Sugar: their pages, and the causes of the error report."""

TEXTS = {
    "in_sugar.title": "{name} in Sugar",
    "in_sugar.button": "In Sugar",
    "in_sugar.back": "{name} in Sugar",
    "in_sugar.state.off": "Diese Kampagne wird nicht mit Sugar synchronisiert",
    "in_sugar.state.off.text": (
        "Kreuzen Sie in den Einstellungen „Diese Kampagne mit Sugar synchronisieren“ an, und "
        "Sugar erhält eine Kampagne und eine Zielliste der Personen darin."
    ),
    "in_sugar.state.no_sugar": "Es ist kein Sugar verbunden",
    "in_sugar.state.no_sugar.text": "Ein Administrator verbindet eines auf der Seite „Verbindung“.",
    "in_sugar.state.impossible": "Die Ziellisten dieses Sugar lassen sich nicht füllen",
    "in_sugar.state.impossible.text": (
        "Über soap.php lassen sich Leads und Kontakte nicht auf Ziellisten setzen, darum wird"
        " dort nichts angelegt. Verbinden Sie ein Sugar, das service/v4_1 oder REST bietet."
    ),
    "in_sugar.state.not_started": "Sie kommt nach Sugar, sobald sie gestartet ist",
    "in_sugar.state.not_started.text": (
        "Dann erhält Sugar eine Kampagne und eine Zielliste dieses Namens."
    ),
    "in_sugar.state.paused": "Die Verbindung ist angehalten",
    "in_sugar.state.paused.text": (
        "Was nach Sugar zu schreiben ist, wartet, bis ein Administrator sie fortsetzt."
    ),
    "in_sugar.state.read_only": "Die Verbindung liest nur",
    "in_sugar.state.read_only.text": (
        "Was nach Sugar zu schreiben ist, wartet, bis ein Administrator auf der Seite "
        "„Verbindung“ das Schreiben erlaubt."
    ),
    "in_sugar.state.waits": "Sie wird in Sugar angelegt",
    "in_sugar.state.waits.text": "Das dauert ein bis zwei Minuten.",
    "in_sugar.state.hindered": "Etwas steht im Weg",
    "in_sugar.state.in_step": "Mit Sugar abgeglichen",
    "in_sugar.state.in_step.text": (
        "Wer in die Kampagne kommt und in Sugar ist, kommt auf ihre Zielliste; wer sie "
        "verlässt, wird heruntergenommen."
    ),
    "in_sugar.anew": "Noch einmal anlegen",
    "in_sugar.there": "Dort ist sie",
    "in_sugar.campaign": "Kampagne",
    "in_sugar.list": "Zielliste",
    "in_sugar.members": "Personen der Kampagne auf der Liste",
    "in_sugar.waiting.one": "und {n} ist noch darauf zu setzen oder herunterzunehmen",
    "in_sugar.waiting.other": "und {n} sind noch darauf zu setzen oder herunterzunehmen",
    "in_sugar.waiting.many": "und mehr als {n} sind noch darauf zu setzen oder herunterzunehmen",
    "in_sugar.compared": "Verglichen",
    "in_sugar.compared.not_yet": "noch nicht",
    "in_sugar.hint": (
        "Wen jemand in Sugar selbst auf die Liste setzt, der bleibt darauf. Einmal am Tag "
        "wird alles verglichen."
    ),
    "in_sugar.look": "Zuerst ansehen",
    "in_sugar.look.none": "Kein Schritt dieser Kampagne tut etwas in Sugar.",
    "in_sugar.look.no_sugar": "Verbinden Sie ein Sugar, um zu sehen, was ihre Schritte dort täten.",
    "in_sugar.look.text": (
        "Sehen Sie, was ein Schritt für die Personen, die jetzt in der Kampagne sind, anlegen"
        " und ändern würde. Nichts wird geschrieben."
    ),
    "in_sugar.look.step": "Was dieser Schritt täte",
    "in_sugar.look.at": "Für wen",
    "in_sugar.look.all": "Alle in der Kampagne",
    "in_sugar.look.start": "Ansehen",
    "in_sugar.look.title": "Was in Sugar geschähe",
    "in_sugar.look.lead": (
        "„{step}“, wie er gespeichert ist, für die Personen, die in der Kampagne sind. Nichts"
        " wurde geschrieben."
    ),
    "in_sugar.look.going": "Sugar wird gefragt.",
    "in_sugar.look.progress": "Bisher {n} von {of} Personen.",
    "in_sugar.look.failed": "Das ließ sich nicht ermitteln",
    "in_sugar.look.nobody": "Niemand ist da",
    "in_sugar.look.nobody.text": "Niemand ist in der Kampagne oder steht bei diesem Schritt.",
    "in_sugar.look.counts": "Wie viel wovon",
    "in_sugar.look.people": "Person für Person",
    "in_sugar.would.create": "Anlegen",
    "in_sugar.would.change": "Ändern",
    "in_sugar.would.skip": "Lassen, wie es ist",
    "in_sugar.would.hinder": "Verhindert",
    "in_sugar.tasks": "Aufgaben",
    "in_sugar.person": "Person",
    "in_sugar.what": "Was",
    "in_sugar.because": "Weil",
    "in_sugar.details": "Einzelheiten",
    "in_sugar.new_account": "mit einer neuen Firma „{name}“",
    "in_sugar.task": "mit einer Aufgabe",
    "in_sugar.pages": "Seiten",
    "in_sugar.page": "Seite {n} von {of}",
    "in_sugar.page.before": "Zurück",
    "in_sugar.page.after": "Weiter",
    "in_sugar.why.not_in_Sugar": "nicht in Sugar",
    "in_sugar.why.has_the_address": "hat die Adresse in Sugar",
    "in_sugar.why.linked_here": "ist hier verknüpft",
    "in_sugar.why.edited_here": "wurde hier bearbeitet",
    "in_sugar.why.made_for_it": "wurde von Funnel angelegt",
    "in_sugar.why.nobody_has_the_address": "niemand in Sugar hat die Adresse",
    "in_sugar.why.another_has_it_now": (
        "der von Funnel angelegte Datensatz hat inzwischen die Adresse eines anderen"
    ),
    "in_sugar.why.deleted_in_Sugar": "wurde in Sugar gelöscht",
    "in_sugar.why.has_the_name": "hat den Namen",
    "in_sugar.why.none_has_the_name": "keine hat den Namen",
    "in_sugar.why.asked_for": "wurde angefordert",
    "in_sugar.why.an_email_was_sent": "eine E-Mail wurde gesendet",
    "field.prospect_lists": "Zielliste",
    "field.prospectlists": "Zielliste",
    "cause.CampaignDeleted.name": "Kampagne in Sugar gelöscht",
    "cause.CampaignDeleted": (
        "Die Kampagne, die Funnel für diese Kampagne angelegt hat, wurde in Sugar gelöscht."
    ),
    "cause.CampaignDeleted.mend": (
        "Stellen Sie sie in Sugar wieder her, oder drücken Sie „Noch einmal anlegen“ auf der "
        "Seite der Kampagne, unter „In Sugar“."
    ),
    "cause.TargetListDeleted.name": "Zielliste in Sugar gelöscht",
    "cause.TargetListDeleted": (
        "Die Zielliste, die Funnel für diese Kampagne angelegt hat, wurde in Sugar gelöscht."
    ),
    "cause.TargetListDeleted.mend": (
        "Stellen Sie sie in Sugar wieder her, oder drücken Sie „Noch einmal anlegen“ auf der "
        "Seite der Kampagne, unter „In Sugar“."
    ),
    "cause.CampaignRefused.name": "Kampagne von Sugar abgelehnt",
    "cause.CampaignRefused": "Sugar hat die Kampagne oder ihre Zielliste abgelehnt: {value}",
    "cause.CampaignRefused.mend": (
        "Geben Sie dem Benutzer, mit dem Funnel sich anmeldet, das Recht, Kampagnen und "
        "Ziellisten anzulegen und zu ändern, und versuchen Sie es dann erneut."
    ),
    "cause.CampaignImpossible.name": "Ziellisten lassen sich nicht füllen",
    "cause.CampaignImpossible": (
        "Über diesen Zugang zu Sugar ({value}) lassen sich Leads und Kontakte nicht auf "
        "Ziellisten setzen."
    ),
    "cause.CampaignImpossible.mend": (
        "Verbinden Sie ein Sugar, das service/v4_1 oder REST bietet, oder schalten Sie die "
        "Synchronisation dieser Kampagne mit Sugar aus."
    ),
    "cause.CampaignNotTaken.name": "Änderung einer Kampagne von Sugar nicht übernommen",
    "cause.CampaignNotTaken": "Sugar hat {field} = „{value}“ der Kampagne nicht übernommen.",
    "cause.CampaignNotTaken.mend": (
        "Sehen Sie nach, ob der Benutzer, mit dem Funnel sich anmeldet, Kampagnen und Ziellisten "
        "ändern darf und ob ein Workflow das Feld zurücksetzt."
    ),
    "cause.CampaignUnclear.name": "Niemand kann sagen, ob sie angelegt wurde",
    "cause.CampaignUnclear": (
        "Die Antwort von Sugar auf das Anlegen dieser Kampagne ({value}) ging verloren, und unter "
        "der vergebenen ID ist sie nicht da."
    ),
    "cause.CampaignUnclear.mend": (
        "Sehen Sie in Sugar nach, ob sie unter einer anderen ID da ist, und löschen Sie sie. "
        "Drücken Sie dann „Noch einmal anlegen“ auf der Seite der Kampagne, unter „In Sugar“."
    ),
    "cause.CampaignUnexpected.name": "Fehler bei uns mit einer Kampagne in Sugar",
    "cause.CampaignUnexpected": "Bei uns ist etwas schiefgegangen ({value}).",
    "cause.CampaignUnexpected.mend": (
        "Es steht im Protokoll; sagen Sie es dem Betreiber. Jede Nacht wird es erneut versucht."
    ),
    "cause.CampaignMemberNotTaken.name": (
        "Nicht auf eine Zielliste gesetzt oder nicht heruntergenommen"
    ),
    "cause.CampaignMemberNotTaken": (
        "Sugar hat diesen Datensatz nicht auf die Zielliste der Kampagne „{value}“ gesetzt "
        "oder nicht heruntergenommen."
    ),
    "cause.CampaignMemberNotTaken.mend": (
        "Sehen Sie sich den Datensatz in Sugar an, und versuchen Sie es dann erneut. Jede "
        "Nacht wird es erneut versucht."
    ),
}
