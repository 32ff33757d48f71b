"""What stands in the way of signing in, in German."""

MESSAGES = {
    "Others keep signing in under the same name.": "Andere melden sich gerade unter demselben Namen an.",
    "Try again in {0}.": "Versuchen Sie es erneut in {0~}.",
    "Sign in again.": "Melden Sie sich erneut an.",
    "Sugar knows you, but your user has not come to Funnel yet.": "Sugar kennt Sie, aber Ihr Benutzer ist noch nicht in Funnel.",
    "Wait for the next sync, an hour at most, or ask an admin to press Sync now. {0}": (
        "Warten Sie auf die nächste Synchronisation, höchstens eine Stunde, oder bitten Sie "
        "einen Administrator, „Jetzt synchronisieren“ zu drücken. {0}"
    ),
    "Sugar knows you, but when it was last read your user was inactive or deleted there.": (
        "Sugar kennt Sie, aber beim letzten Lesen war Ihr Benutzer dort inaktiv oder gelöscht."
    ),
    "If that has changed since, ask an admin to press Sync now. {0}": (
        "Hat sich das seitdem geändert, bitten Sie einen Administrator, „Jetzt "
        "synchronisieren“ zu drücken. {0}"
    ),
    "The password did not arrive.": "Das Passwort ist nicht angekommen.",
    "This way into Funnel was used already, or is too old.": "Dieser Zugang zu Funnel wurde schon benutzt oder ist zu alt.",
    "No Sugar is connected yet, so it cannot be asked who you are.": "Noch ist kein Sugar verbunden, darum lässt sich nicht fragen, wer Sie sind.",
    "The connection to Sugar is paused, so it cannot be asked who you are.": (
        "Die Verbindung zu Sugar ist angehalten, darum kann Sugar nicht gefragt werden, wer Sie "
        "sind."
    ),
    "Wait until an admin has resumed it. {0}": "Warten Sie, bis ein Administrator sie fortgesetzt hat. {0}",
    "Funnel itself signs in to Sugar as this user, so nobody can sign in here with it.": (
        "Mit diesem Benutzer meldet sich Funnel selbst bei Sugar an; hier kann sich damit "
        "niemand anmelden."
    ),
    "Sign in with a Sugar user of your own. {0}": "Melden Sie sich mit einem eigenen Benutzer von Sugar an. {0}",
    "There is a sign in this that no user name has.": "Darin ist ein Zeichen, das kein Benutzername hat.",
    "There is no tenant {0}.": "Den Mandanten {0} gibt es nicht.",
    "This sign-in link was already used, or is older than an hour.": "Dieser Anmeldelink wurde schon benutzt oder ist älter als eine Stunde.",
    "Ask the person who runs Funnel for a new link.": "Bitten Sie die Person, die Funnel betreibt, um einen neuen Link.",
    "This took too long, was used before, or was begun in another browser.": (
        "Das dauerte zu lange, wurde schon benutzt oder in einem anderen Browser begonnen."
    ),
    "Very many people are signing in at this moment.": "In diesem Moment melden sich sehr viele an.",
    "This user name was tried {0} times within 15 minutes.": "Dieser Benutzername wurde in 15 Minuten {0}-mal versucht.",
    "From your network {0} people tried to sign in within a minute.": "Aus Ihrem Netz versuchten {0} Personen in einer Minute, sich anzumelden.",
    "Sugar did not accept this user name and password.": "Sugar hat diesen Benutzernamen und dieses Passwort nicht angenommen.",
    "Check both, capital letters too. There are three tries in 15 minutes.": (
        "Prüfen Sie beides, auch Groß- und Kleinschreibung. In 15 Minuten gibt es drei Versuche."
    ),
    "Sugar was not asked in time.": "Sugar wurde nicht rechtzeitig gefragt.",
    "Tell an admin of your company.": "Sagen Sie es einem Administrator Ihres Unternehmens.",
    "Wait for the next sync, an hour at most, or ask an admin to press Sync now.": (
        "Warten Sie auf die nächste Synchronisation, höchstens eine Stunde, oder bitten Sie "
        "einen Administrator, „Jetzt synchronisieren“ zu drücken."
    ),
    "If that has changed since, ask an admin to press Sync now.": (
        "Hat sich das seitdem geändert, bitten Sie einen Administrator, „Jetzt "
        "synchronisieren“ zu drücken."
    ),
    "Whoever runs Funnel at your company can make you a sign-in link, which needs no Sugar.": (
        "Wer Funnel in Ihrem Unternehmen betreibt, kann Ihnen einen Anmeldelink erstellen, "
        "der kein Sugar braucht."
    ),
    "Wait until an admin has resumed it.": "Warten Sie, bis ein Administrator sie fortgesetzt hat.",
    "Sign in with a Sugar user of your own.": "Melden Sie sich mit einem eigenen Benutzer von Sugar an.",
    "A link needs the name of the person it is for.": (
        "Ein Link braucht den Namen der Person, für die er ist."
    ),
    "A key needs at least one scope.": "Ein Schlüssel braucht mindestens ein Recht.",
    "A name has {0} characters at most.": "Ein Name hat höchstens {0} Zeichen.",
    "Choose a later one.": "Wählen Sie einen späteren.",
    "Name the key by what uses it.": "Benennen Sie den Schlüssel nach dem, was ihn verwendet.",
    "Others keep changing this key.": "Andere ändern gerade diesen Schlüssel.",
    "Revoke one that nothing needs.": "Widerrufen Sie einen, den nichts braucht.",
    "There are {0} keys in use already.": "Es sind schon {0} Schlüssel in Gebrauch.",
    "There is no such key.": "Diesen Schlüssel gibt es nicht.",
    "This day is over.": "Dieser Tag ist vorbei.",
    "This idempotency key made another key.": "Mit diesem Idempotenzschlüssel wurde ein anderer Schlüssel erstellt.",
    "This key is made already, and was used or revoked since.": "Dieser Schlüssel ist schon erstellt und wurde seitdem benutzt oder widerrufen.",
    "Use a new one.": "Verwenden Sie einen neuen.",
    "Use some of {0}.": "Verwenden Sie einige von {0}.",
}
