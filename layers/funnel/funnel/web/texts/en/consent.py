"""Whether an address may be written to: on a person's page."""

TEXTS = {
    "consent.title": "Email addresses and consent",
    "consent.opted_out": "Opted out",
    "consent.invalid": "Invalid",
    "consent.free": "No opt-out is known.",
    "consent.email_opt_out.yes.Sugar": "Opted out in Sugar",
    "consent.email_opt_out.yes.Funnel": "Unsubscribed here",
    "consent.email_opt_out.no.Sugar": "Opt-out taken back in Sugar",
    "consent.email_opt_out.no.Funnel": "Opt-out taken back here",
    "consent.invalid_email.yes.Sugar": "Marked as invalid in Sugar",
    "consent.invalid_email.yes.Funnel": "Mail came back",
    "consent.invalid_email.no.Sugar": "Marked as valid again in Sugar",
    "consent.invalid_email.no.Funnel": "Valid again",
    "consent.by": "by {name}",
    "consent.reason": "“{reason}”",
    "consent.in_sugar.agrees": "Sugar agrees.",
    "consent.in_sugar.soon": "Sugar is being told.",
    "consent.in_sugar.read_only": "Sugar is not told, because the connection only reads. It is told "
    "once an admin lets Funnel write.",
    "consent.in_sugar.paused": "Sugar is told once sync goes on; it is paused.",
    "consent.in_sugar.not_connected": "Sugar is told once one is connected.",
    "consent.in_sugar.nobody": "No lead or contact in Sugar has this address now. The next one that "
    "comes with it brings it there.",
    "consent.in_sugar.failed": "Sugar did not take it. The error report says why; it is tried again "
    "every night.",
    "consent.unsubscribe": "Unsubscribe",
    "consent.unsubscribe.of": "Unsubscribe {email}",
    "consent.take_back": "Take back…",
    "consent.take_back.of": "Take back the opt-out of {email}",
    "consent.take_back.why": "Why may this address be written to again?",
    "consent.take_back.hint": "It is kept in the history, and Sugar is told.",
    "consent.take_back.admins": "Only an admin can take it back, with a reason.",
    "consent.by_hand": "This Sugar serves soap.php only and cannot be told. Set it there by hand, on "
    "the record that has this address.",
    "consent.by_hand.done": "Done by hand in Sugar",
    "consent.by_hand.done.of": "Done by hand in Sugar for {email}",
    "consent.by_hand.admins": "An admin says here when it is done.",
    "consent.done.by_hand": "Noted: Sugar holds the same now.",
    "consent.done.unsubscribed": "Unsubscribed. Nobody writes to this address any more.",
    "consent.done.taken_back": "The opt-out is taken back.",
    "cause.ConsentNotTaken": "Sugar did not take a change of {field} for the address {value}.",
    "cause.ConsentNotTaken.mend": "Set it in Sugar by hand, on the address of this record, or find "
    "out what in Sugar undoes it (a workflow, a plug-in). It is tried again every night.",
    "cause.ConsentRefused": "Sugar does not let our user change {field} of the address {value}.",
    "cause.ConsentRefused.mend": "Give the user Funnel signs in as the right to see this record and "
    "to edit email addresses. It is tried again every night.",
    "cause.ConsentImpossible": "This Sugar cannot be told {field} of the address {value}: it serves "
    "soap.php only.",
    "cause.ConsentImpossible.mend": "Set it in Sugar by hand, and press “Done by hand in Sugar” on "
    "the page of the person here; or connect a Sugar that serves service/v4_1.",
    "consent.welcome": "Agreed to mail,",
    "history.kind.agreed": "Agreed to mail",
    "history.kind.consent": "Consent changed",
    "history.kind.told": "Written to Sugar",
}
