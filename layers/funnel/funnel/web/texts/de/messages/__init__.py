"""What stands in the way, in German, by what it says in English.

The texts of errors stand where these are raised, in English; `{0}` and so on are what they name there.
A text stands under the room that says it, under `common` if several do, under `outside` if it is of
whatever Funnel talks to.
"""

from funnel.web.texts.de.messages import (
    broadcasts,
    campaigns,
    campaigns_in_sugar,
    common,
    companies,
    connecting,
    consent,
    emails,
    error_report,
    forms,
    lists,
    mail,
    mapping,
    outside,
    people,
    pushing,
    scoring,
    segments,
    signing_in,
    sync,
    target_lists,
    tracking,
    vision,
    web,
    work,
)

PARTS = (
    broadcasts,
    campaigns,
    campaigns_in_sugar,
    common,
    companies,
    connecting,
    consent,
    emails,
    error_report,
    forms,
    lists,
    mail,
    mapping,
    outside,
    people,
    pushing,
    scoring,
    segments,
    signing_in,
    sync,
    target_lists,
    tracking,
    vision,
    web,
    work,
)
MESSAGES = {english: german for part in PARTS for english, german in part.MESSAGES.items()}
