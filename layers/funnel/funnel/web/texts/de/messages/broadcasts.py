"""What stands in the way of broadcasts, in German."""

MESSAGES = {
    "Choose an email.": "Wählen Sie eine E-Mail.",
    "Choose at least one list or segment.": "Wählen Sie mindestens eine Liste oder ein Segment.",
    "At most a year ahead.": "Höchstens ein Jahr im Voraus.",
    "This time is over.": "Diese Zeit ist vorbei.",
    "Enter a time without a zone; the zone is chosen.": "Geben Sie eine Zeit ohne Zone ein; die Zone wird gewählt.",
    "The clocks skip this time on that day: it is when summer time begins.": "Diese Zeit überspringen die Uhren an dem Tag: Da beginnt die Sommerzeit.",
    "At most {0} lists.": "Höchstens {0} Listen.",
    "{0} is not here any more.": "{0~} ist nicht mehr hier.",
    "The {0} “{1}” is not in use any more.": "Nicht mehr in Gebrauch: {0~} „{1}“.",
    "The list “{0}” is empty: there are no lists by {1} any more.": "Die Liste „{0}“ ist leer: Listen nach „{1~}“ gibt es nicht mehr.",
    "An admin can switch lists by {0} on again, under Settings. Or copy the broadcast, and choose other lists there.": (
        "Ein Administrator kann Listen nach „{0~}“ in den Einstellungen wieder einschalten. Oder"
        " kopieren Sie das Mailing und wählen Sie dort andere Listen."
    ),
    "The email of this broadcast is not here any more.": "Die E-Mail dieses Mailings ist nicht mehr hier.",
    "There is no such broadcast.": "Dieses Mailing gibt es nicht.",
    "Others keep changing the same broadcast.": "Andere ändern gerade dasselbe Mailing.",
    "The time it was to be sent at is over.": "Die Zeit, zu der es gesendet werden sollte, ist vorbei.",
    "Choose another time, or send it at once.": "Wählen Sie eine andere Zeit, oder senden Sie es sofort.",
    "Choose another.": "Wählen Sie eine andere.",
    "Nobody is on these lists any more.": "Niemand ist mehr auf diesen Listen.",
    "This broadcast is no draft any more.": "Dieses Mailing ist kein Entwurf mehr.",
    "Copy it to send something like it once more.": "Kopieren Sie es, um so etwas noch einmal zu senden.",
    "{0} changed this broadcast meanwhile.": "{0~} hat dieses Mailing inzwischen geändert.",
    "This broadcast is {0}: it cannot be {1}.": "Dieses Mailing hat den Status „{0~broadcast.state}“; das ist nicht mehr möglich: {1~}.",
    "Wait until it is known who is on it, and count again.": "Warten Sie, bis bekannt ist, wer darauf ist, und zählen Sie erneut.",
    "Who gets this is to be counted first.": "Zuerst ist zu zählen, wer sie erhält.",
    "Count again, and wait for it.": "Zählen Sie erneut, und warten Sie darauf.",
    "Nobody would get this.": "Niemand würde sie erhalten.",
    "Choose other lists, or look why people are left out.": (
        "Wählen Sie andere Listen, oder sehen Sie nach, warum Personen ausgelassen werden."
    ),
    "It was counted again meanwhile: {0} people would get it.": "Inzwischen wurde erneut gezählt: {0} Personen würden sie erhalten.",
    "Look at it again, and send it if that is right.": "Sehen Sie es sich noch einmal an, und senden Sie es, wenn das stimmt.",
    "An admin mends it under Settings, Mail settings.": "Ein Administrator behebt es unter „E-Mail-Einstellungen“.",
    "The email is not here any more.": "Die E-Mail ist nicht mehr hier.",
    "One of these lists is not here.": "Eine dieser Listen ist nicht hier.",
    "There is no such state to show.": "Diesen Status gibt es nicht.",
    "Choose a later one, or send it at once.": "Wählen Sie eine spätere, oder senden Sie es sofort.",
    "Copy the broadcast, and choose other lists there.": "Kopieren Sie das Mailing und wählen Sie dort andere Listen.",
    "Take it back into use. Or copy the broadcast, and choose other lists there.": (
        "Nehmen Sie sie wieder in Gebrauch. Oder kopieren Sie das Mailing und wählen Sie dort"
        " andere Listen."
    ),
    "Count again when it is.": "Zählen Sie dann erneut.",
    "{0} paused it.": "{0} hat es angehalten.",
    "{0} cancelled it.": "{0} hat es abgebrochen.",
    "Tell the operator.": "Sagen Sie es dem Betreiber.",
    "An admin mends it under Settings, Mail settings; then it goes on by itself.": (
        "Ein Administrator behebt es unter „E-Mail-Einstellungen“; dann geht es von selbst weiter."
    ),
    "An admin mends it under Settings, Mail settings; then let the broadcast go on.": (
        "Ein Administrator behebt es unter „E-Mail-Einstellungen“; setzen Sie das Mailing "
        "dann fort."
    ),
    "Let it go on when that is done.": "Setzen Sie es fort, wenn das fertig ist.",
}
