"""What Funnel adds by itself to the mails of a form, by the language of the form."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormSpeech:
    """One language; `{}` is what a phrase is about."""

    confirm: str
    """What the link says by which somebody confirms an address."""
    sent: str
    """That somebody sent the form of this name."""
    in_funnel: str
    """What the link to a person says."""


ENGLISH = "en"
FORM_SPEECH: Mapping[str, FormSpeech] = {
    ENGLISH: FormSpeech(
        confirm="Confirm my email address",
        sent="Somebody sent the form “{}”.",
        in_funnel="{} in Funnel",
    ),
    "de": FormSpeech(
        confirm="Meine E-Mail-Adresse bestätigen",
        sent="Jemand hat das Formular „{}“ gesendet.",
        in_funnel="{} in Funnel",
    ),
}
"""By the language's code, as pages have it."""


def form_speech(language: str) -> FormSpeech:
    """The words of a language, English for one that is not here."""
    return FORM_SPEECH.get(language, FORM_SPEECH[ENGLISH])
