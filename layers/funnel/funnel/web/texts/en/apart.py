"""Setting a record apart from a person by hand, and joining it again."""

TEXTS = {
    "apart.ask": "Set apart…",
    "apart.title": "Set this record apart?",
    "apart.lead": "It is part of {name} because it shares an address, or was converted. If it is "
    "somebody else, set it apart:",
    "apart.does.person": "It becomes a person of its own, or again the person it was before.",
    "apart.does.stays": "What happened so far stays with the person who keeps the address.",
    "apart.does.until": "It stays apart until its address changes in Sugar, or you join it again.",
    "apart.does.sugar": "Nothing changes in Sugar.",
    "apart.others": "These stay together:",
    "apart.button": "Set apart",
    "apart.only": "This is the person's only record: there is nothing to set it apart from.",
    "apart.back": "Back to the person",
    "apart.badge": "stands apart",
    "apart.text": "This record is not joined with others by its address, as somebody set it apart or "
    "too many have that address.",
    "apart.join": "Join again",
    "apart.done": "Set apart. This is the person the record is now.",
    "apart.joined": "Joined with whoever has its address.",
    "apart.other": "Go to the other person",
    "apart.gone": "This record is no longer part of this person.",
    "apart.gone.mend": "Look it up by its name, and see whom it belongs to now.",
}
