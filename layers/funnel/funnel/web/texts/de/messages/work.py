"""What stands in the way of carrying messages out, in German."""

MESSAGES = {
    "A key has {0} characters at most.": "Ein Schlüssel hat höchstens {0} Zeichen.",
    "It is not known whether the request with this key was carried out.": "Es ist nicht bekannt, ob die Anfrage mit diesem Schlüssel ausgeführt wurde.",
    "Look whether what it was to do is done; if not, send it with a new key.": "Sehen Sie nach, ob getan ist, was sie tun sollte; wenn nicht, senden Sie sie mit einem neuen Schlüssel.",
    "Use a new key for a new request.": "Verwenden Sie für eine neue Anfrage einen neuen Schlüssel.",
    "This key stands for another request.": "Dieser Schlüssel steht für eine andere Anfrage.",
    "The request with this key was carried out, and is not carried out again.": "Die Anfrage mit diesem Schlüssel wurde ausgeführt und wird nicht noch einmal ausgeführt.",
    "Look at what it made; for another one use a new key.": "Sehen Sie nach, was sie angelegt hat; verwenden Sie für eine andere einen neuen Schlüssel.",
    "Others kept changing the Contacts of {0} Opportunities.": "Andere haben die Kontakte von {0} Verkaufschancen geändert.",
}
