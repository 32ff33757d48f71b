"""Keys of machines."""

TEXTS = {
    "nav.api_keys": "API-Schlüssel",
    "api_keys.title": "API-Schlüssel",
    "api_keys.lead": "Mit einem Schlüssel kann ein Programm über die API tun, was hier Menschen tun, "
    "und nicht mehr, als die Rechte des Schlüssels erlauben.",
    "api_keys.all": "Schlüssel",
    "api_keys.none": "Noch kein Schlüssel",
    "api_keys.none.text": "Legen Sie für jedes Programm einen eigenen an, damit einer widerrufen werden kann "
    "und die anderen bleiben.",
    "api_keys.made": "Der Schlüssel „{name}“ ist angelegt",
    "api_keys.made.text": "Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal gezeigt, aufbewahrt wird nur "
    "sein Hash.",
    "api_keys.made.use": "Programme senden ihn im Header Authorization, nach dem Wort Bearer.",
    "api_keys.state.good": "in Gebrauch",
    "api_keys.state.revoked": "widerrufen",
    "api_keys.state.expired": "abgelaufen",
    "api_keys.by": "Angelegt von {name}",
    "api_keys.used": "Zuletzt benutzt",
    "api_keys.used.never": "Nie benutzt",
    "api_keys.ends": "Endet",
    "api_keys.revoke": "Widerrufen",
    "api_keys.revoke.title": "Den Schlüssel „{name}“ widerrufen",
    "api_keys.revoke.text": "Was diesen Schlüssel benutzt, wird ab der nächsten Anfrage abgewiesen. Das lässt "
    "sich nicht rückgängig machen; ein neuer Schlüssel kann angelegt werden.",
    "api_keys.revoked": "Der Schlüssel ist widerrufen.",
    "api_keys.new": "Neuer Schlüssel",
    "api_keys.name": "Name",
    "api_keys.name.hint": "Was ihn benutzt, etwa „Shop“. Verläufe nennen diesen Namen, wenn damit etwas "
    "getan wurde.",
    "api_keys.scopes": "Rechte",
    "api_keys.scopes.hint": "Wählen Sie, was gebraucht wird, und nicht mehr. Schreiben schließt Lesen nicht ein.",
    "api_keys.area": "Bereich",
    "api_keys.read": "Lesen",
    "api_keys.write": "Schreiben",
    "api_keys.expires": "Letzter Tag",
    "api_keys.expires.hint": (
        "Optional; der Schlüssel endet mit diesem Tag, UTC. Ohne Angabe gilt er, bis er widerrufen "
        "wird."
    ),
    "api_keys.make": "Schlüssel anlegen",
    "api_keys.area.people": "Personen, Importe und Exporte",
    "api_keys.area.activities": "Aktivitäten",
    "api_keys.area.consent": "Einwilligung",
    "api_keys.area.erasures": "Löschen von Personen",
    "api_keys.area.records": "Firmen, Verkaufschancen, Benutzer",
    "api_keys.area.lists": "Listen und Ziellisten",
    "api_keys.area.segments": "Segmente",
    "api_keys.area.scoring": "Regeln des Lead-Scores",
    "api_keys.area.emails": "E-Mails",
    "api_keys.area.broadcasts": "Mailings",
    "api_keys.area.campaigns": "Kampagnen",
    "api_keys.area.forms": "Formulare",
    "api_keys.area.tracking": "Websites und Firmen",
    "api_keys.area.pushes": "Schreiben nach Sugar",
    "api_keys.area.sync": "Synchronisation und Fehlerbericht",
    "api_keys.area.settings": "Einstellungen und Feldzuordnungen",
}
