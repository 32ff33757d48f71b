"""Signing in."""

TEXTS = {
    "sign_in.title": "Sign in",
    "sign_in.how": "Each company has a sign-in page of its own here. You sign in there with your "
    "user name and password of Sugar.",
    "sign_in.how.ask": "Ask the person who runs Funnel at your company for its address.",
    "sign_in.how.remembers": "Once you have signed in, this browser remembers it.",
    "sign_in.how.once": "A link works once and for an hour. It then keeps you signed in for twelve.",
    "sign_in.remembered": "This browser remembers the page you signed in at last.",
    "sign_in.with_sugar": "Sign in with Sugar",
    "sign_in.no_sugar": "Sugar does not answer, or you have no user there?",
    "sign_in.no_sugar.how": "Ask the person who runs Funnel at your company for a sign-in link. It "
    "needs no Sugar.",
    "sign_in.operator": "You run Funnel yourself?",
    "sign_in.operator.how": "Invoke the operator function with the action sign_in_link and the "
    "tenant's id; it answers with a link, and with the address of the tenant's sign-in page.",
    "sign_in.company": "{company}: with the user name and password you have in Sugar.",
    "sign_in.user_name": "User name in Sugar",
    "sign_in.password": "Password in Sugar",
    "sign_in.password.hint": "Sugar checks it. Funnel forgets it at once.",
    "sign_in.button": "Sign in",
    "sign_in.look_again": "Look again",
    "sign_in.no_tenant": "There is no such sign-in page.",
    "sign_in.no_tenant.mend": "Check the address, or ask the person who runs Funnel at your company "
    "for it.",
    "sign_in.waiting.title": "Asking Sugar",
    "sign_in.waiting.text": "This takes a few seconds. The page goes on by itself.",
    "sign_in.waiting.stop": "Back to the form",
    "sign_in.link.title": "Welcome to Funnel",
    "sign_in.link.text": "This link signs you in on this device. It works once.",
    "sign_in.link.button": "Sign in",
    "sign_in.used.title": "This link no longer works",
    "sign_in.used.text": "It was used before, or is older than an hour. Ask whoever made it for a new "
    "one.",
    "sign_in.out.title": "You are signed out",
    "sign_in.out.text": "Your session has ended on this device.",
    "sign_in.unsaved": "Your session had ended",
    "sign_in.unsaved.text": "What you sent last was not saved. Sign in, and enter it again.",
}
