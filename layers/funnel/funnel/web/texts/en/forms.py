"""Forms: as visitors see them, and as marketers build them."""

TEXTS = {
    # as visitors see them
    "form.text": "Leave your email address, and we will be in touch.",
    "form.optional": "optional",
    "form.choose": "Choose…",
    "form.send": "Send",
    "form.leave_empty": "Leave this field empty",
    "form.wrong.one": "One thing is not right yet. It is marked below.",
    "form.wrong.other": "{n} things are not right yet. They are marked below.",
    "form.thanks": "Thank you",
    "form.thanks.text": "It has arrived. You can close this page.",
    "form.go_on": "Go on",
    "form.gone": "There is nothing here",
    "form.confirm": "Yes, confirm",
    "form.confirm.text": "Somebody sent this form with the address {email}. Was that you?",
    "form.confirm.not_you": "If it was not you, close this page: nothing happens.",
    "form.confirmed": "Thank you. {email} is confirmed. You can close this page.",
}
