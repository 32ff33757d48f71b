"""Words of ours that messages name, in German."""

from funnel.domain.segments.segment_fields import segment_fields_of
from funnel.web.texts.de.rule_speech import SPEECH

_DAYS = {said: more.replace("{}", "…") for said, (_, more) in SPEECH.days.items()}
_FIELDS = {
    one.label: SPEECH.labels[one.name] for one in segment_fields_of() if one.name in SPEECH.labels
}
_LISTED = {
    "Account type": "Firmentyp",
    "Account industry": "Branche der Firma",
    "Sales stage": "Verkaufsphase",
    "Lead status": "Lead-Status",
    "Lead source": "Lead-Quelle",
    "Opportunity type": "Art der Verkaufschance",
    "Opportunity lead source": "Lead-Quelle der Verkaufschance",
    "Salutation": "Anrede",
}

WORDS = {
    **SPEECH.operators,
    **_DAYS,
    **_FIELDS,
    **_LISTED,
    "Somebody": "Jemand",
    "an admin": "einem Administrator",
    "an address that is none": "einer Adresse, die keine ist",
    "One of its lists": "Eine der Listen",
    "This rule": "Diese Regel",
    "This campaign": "Diese Kampagne",
    "segment": "Segment",
    "campaign": "Kampagne",
    "broadcast": "Mailing",
    "list": "Liste",
    "paused": "anhalten",
    "resumed": "fortsetzen",
    "cancelled": "abbrechen",
    "page": "Seite",
    "form": "Formular",
    "email": "E-Mail",
    "link": "Link",
    "List": "„Auflisten“",
    "View": "„Ansehen“",
    "Edit": "„Bearbeiten“",
    "Export": "„Exportieren“",
    "a minute": "einer Minute",
    "it is asked too fast": "Er wird zu schnell gefragt",
    "the day's limit of mails is used up": "Die Höchstzahl der Mails für diesen Tag ist erreicht",
    "sending is paused for this account": "Das Senden ist für dieses Konto angehalten",
    "the account may not send just now": "Das Konto darf gerade nicht senden",
    "it could not be verified": "Es ließ sich nicht prüfen",
    "certificate has expired": "Es ist abgelaufen",
    "certificate is not yet valid": "Es gilt noch nicht",
    "self-signed certificate": "Es hat sich selbst unterschrieben",
    "self signed certificate": "Es hat sich selbst unterschrieben",
    "self-signed certificate in certificate chain": "In seiner Kette hat sich eines selbst unterschrieben",
    "self signed certificate in certificate chain": "In seiner Kette hat sich eines selbst unterschrieben",
    "unable to get local issuer certificate": "Sein Aussteller ist nicht bekannt",
    "unexpected end of data": "Sie endet mitten in einem Text in Anführungszeichen",
    "line contains NUL": "Sie enthält ein Zeichen, das kein Text ist",
}
