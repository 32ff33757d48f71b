"""Mail: settings, what nobody is sure of, and the page on which readers unsubscribe."""

TEXTS = {
    # the unsubscribe page
    "leave.title": "Unsubscribe",
    "leave.text": "Press the button, and whoever this email came from, with all of their company, "
    "sends no more to the address it went to.",
    "leave.button": "Unsubscribe",
    "leave.done": "You are unsubscribed",
    "leave.done.text": "No more email comes to your address from this sender or their company.",
    "leave.undo": "Undo",
    "leave.undo.text": "Pressed by mistake?",
    "leave.undone": "You are subscribed again",
    "leave.undone.text": "Nothing has changed: email comes to your address as before.",
    "leave.test": "This was a test",
    "leave.test.text": "In the email itself, this link unsubscribes its reader. In a test it does nothing.",
    "leave.gone": "This link does not work any more",
    "leave.gone.text": "The email it was in is more than a year old, or the link was cut off. Answer "
    "the email, or ask its sender.",
    # settings
    "nav.mail": "Mail settings",
    "mail.title": "Mail settings",
    "mail.lead": "Who email comes from, and the domains it may be sent from. Nothing is sent before "
    "the domain is verified and the postal address is entered.",
    "mail.ready": "Email can be sent",
    "mail.ready.text": "From {address}.",
    "mail.unfit": "No email can be sent yet",
    "mail.trouble": "Email waits just now",
    "mail.trouble.text": "It is tried again by itself, each hour at least. Marketing email waits for a week, "
    "other email for some four hours; after that it is not sent.",
    "mail.trouble.since": "Since",
    "mail.sender": "Sender",
    "mail.from_name": "Name",
    "mail.from_name.hint": "What readers see as the sender, such as Example Company.",
    "mail.from_address": "Email address",
    "mail.from_address.hint": "Of one of the domains below. Sales reps write under their own.",
    "mail.postal_address": "Postal address",
    "mail.postal_address.hint": "Stands under every email, as the law of many countries wants it.",
    "mail.unsubscribe_label": "Text of the unsubscribe link",
    "mail.notes_in_sugar": "Keep what sales reps send as a Note in Sugar",
    "mail.notes_in_sugar.hint": "This writes to Sugar: under the Lead or Contact, one Note for each "
    "email a rep writes from now on. Writing must be allowed on the page Connection, and the user "
    "Funnel signs in as must be allowed to create Notes; until then they wait, or are in the error "
    "report.",
    "mail.cap": "Frequency cap",
    "mail.cap_on": "Keep people from getting too much",
    "mail.cap_most": "Emails at most",
    "mail.cap_most.hint": "To one person.",
    "mail.cap_days": "In so many days",
    "mail.cap_days.hint": "1 to 90.",
    "mail.cap.hint": "Counts emails of broadcasts and campaigns. Those that sales reps write, and what "
    "somebody asked for by a form, always go.",
    "mail.save": "Save",
    "mail.saved": "The settings are saved.",
    "mail.domains": "Domains",
    "mail.domains.none": "No domain yet",
    "mail.domains.none.text": "Add the domain that your email addresses end with.",
    "mail.domain.add": "Add a domain",
    "mail.domain.name": "Domain",
    "mail.domain.name.hint": "Such as example.com.",
    "mail.domain.added": "The domain is added. Have the records below entered where the domain is "
    "administered.",
    "mail.domain.dropped": "The domain is removed. Nothing is sent from it any more.",
    "mail.domain.checked": "Asked again.",
    "mail.domain.check": "Check again",
    "mail.domain.drop": "Remove",
    "mail.domain.verified": "verified",
    "mail.domain.waiting": "not verified yet",
    "mail.domain.when": "asked {ago}",
    "mail.domain.records": "Enter these as CNAME records in the domain's DNS. It is verified mostly "
    "within minutes, at times within three days.",
    "mail.domain.record.name": "Name",
    "mail.domain.record.value": "Value",
    "mail.domain.name_of": "{action} {name}",
    # unclear
    "mail.unclear": "Not clear whether it was sent",
    "mail.unclear.text": "The answer of the mail service was lost, and it told nothing within half an "
    "hour. None of these is sent again unless you say so: look in your mailbox, or ask the reader.",
    "mail.unclear.none": "Every email is clear",
    "mail.unclear.none.text": "Where nobody can tell whether one went out, it is listed here.",
    "mail.unclear.tried": "Tried",
    "mail.unclear.again": "Send again",
    "mail.unclear.sent": "It was sent",
    "mail.unclear.again.done": "It is sent again.",
    "mail.unclear.sent.done": "It counts as sent.",
    "mail.waits.text": "Nothing is lost: mail waits for up to a week, and goes out by itself once this is mended.",
    "mail.waits.admin": "An admin mends it under Settings, Mail settings.",
    "mail.domain.stops": "Send from {domain} no more?",
    "mail.domain.stops.back": "Back to Mail settings",
    "mail.domain.stops.text": "Mail goes out from {domain}. Without it this stops:",
    "mail.domain.stops.campaigns.one": "1 campaign that runs",
    "mail.domain.stops.campaigns.other": "{n} campaigns that run",
    "mail.domain.stops.broadcasts.one": "1 broadcast that is scheduled or on its way",
    "mail.domain.stops.broadcasts.other": "{n} broadcasts that are scheduled or on their way",
    "mail.domain.stops.forms.one": "1 form that has addresses confirmed",
    "mail.domain.stops.forms.other": "{n} forms that have addresses confirmed",
    "mail.domain.stops.emails.one": "1 email is sent by these.",
    "mail.domain.stops.emails.other": "{n} emails are sent by these.",
    "mail.domain.stops.sender": "It is the domain of the sender under Mail settings: nothing goes out from there any more, alerts and single mails neither.",
    "mail.domain.stops.later": "Email of campaigns and broadcasts then waits for up to a week, and goes out once the domain is back and verified. "
    "Any other, such as one that has an address confirmed, is not sent, and not made up for later. "
    "The domain's DNS records can stay where they are.",
    "mail.domain.stops.sure": "I have read what stops",
}
