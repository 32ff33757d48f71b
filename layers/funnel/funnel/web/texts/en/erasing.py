"""Erasing people on request."""

TEXTS = {
    "erase.ask": "Erase…",
    "erase.title": "Erase this person?",
    "erase.for_good": "This cannot be undone",
    "erase.for_good.text": "Do it when a person asks for it. Merging, correcting or unsubscribing "
    "needs no erasing.",
    "erase.what": "What is erased here",
    "erase.what.person": "All fields and addresses, their consent, all of the history, and those of "
    "people who were merged into this one.",
    "erase.what.did": "Visits, forms, opens and clicks, the score, lists, and what was to be written "
    "to Sugar.",
    "erase.what.records": "What was read of its leads and contacts in Sugar.",
    "erase.kept": "What is kept",
    "erase.kept.proof": "A proof: who had somebody erased, when, and how many rows. It says nobody's "
    "name or address.",
    "erase.kept.mark": "A mark of each address and record, which cannot be turned back into them. By "
    "it they are left out when Sugar, or a file, brings them again, and an opt-out holds.",
    "erase.kept.backup": "Backups of the tables, for 35 days at most, and files of imports and "
    "exports, for seven days.",
    "erase.sugar": "In Sugar",
    "erase.sugar.text": "Nothing is deleted in Sugar. These records stay there until somebody deletes "
    "them; here they are left out, and the error report says so without a name.",
    "erase.sugar.none": "This person is not in Sugar.",
    "erase.confirm": "Type {word} to confirm",
    "erase.button": "Erase for good",
    "erase.going.title": "Erasing",
    "erase.going": "Erasing.",
    "erase.waits": "It waits for its turn.",
    "erase.done": "Erased.",
    "erase.done.text": "Nothing that tells who it was is left here.",
    "erase.failed": "It is not erased yet",
    "erase.proofs": "Erasures",
    "erase.proofs.text": "Who had somebody erased, when, and how much that removed. Of whom it was "
    "nothing is kept.",
    "erase.proofs.none": "Nobody was erased yet",
    "erase.proofs.none.text": "On the page of each person admins have “Erase…”.",
    "erase.when": "When",
    "erase.by": "By",
    "erase.removed": "Rows removed",
    "erase.state": "State",
    "erase.state.done": "Done",
    "erase.state.going": "Going on",
    "erase.count.people": "People",
    "erase.count.records": "Records of Sugar",
    "erase.count.addresses": "Addresses",
    "erase.count.consents": "Consents",
    "erase.count.history": "History entries",
    "erase.count.activities": "Activities",
    "erase.count.scores": "Scores",
    "erase.count.prospects": "Rows of FunnelVision",
    "erase.count.pushes": "Pushes",
    "erase.count.mails": "Emails",
    "erase.count.walks": "Walks along campaigns",
    "erase.count.forms": "Forms that were sent",
}
