"""What stands in the way of consent, in German."""

MESSAGES = {
    "Others are changing this address just now.": "Andere ändern diese Adresse gerade.",
    "Say why this opt-out is taken back.": "Geben Sie an, warum diese Abmeldung zurückgenommen wird.",
    "Enter the reason, such as how the person asked for it.": "Geben Sie den Grund ein, etwa wie die Person darum gebeten hat.",
    "This Sugar can be told by Funnel, and tells what it holds: nobody has to say so for it.": (
        "Diesem Sugar kann Funnel es mitteilen, und es sagt, was es enthält: Niemand muss es "
        "dafür angeben."
    ),
    "Set it in Sugar; the next sync sees it.": "Setzen Sie es in Sugar; die nächste Synchronisation sieht es.",
    "This person has no such address.": "Diese Person hat diese Adresse nicht.",
}
