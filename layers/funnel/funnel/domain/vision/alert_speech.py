"""The words of the mails that tell reps, by language. `{}` is what a phrase is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AlertSpeech:
    """One language; English, unless it says otherwise. Pairs are for one, and for more."""

    crossed: str = "Lead score is {} or more now"
    seen: str = "On your site"
    hottest: str = "Your hottest prospects"
    seen_since: str = "On your site since the last digest"
    read: str = "What became of your emails"
    today: str = "Your prospects today"
    visitors: tuple[str, str] = (
        "Your prospects today: 1 prospect was on your site",
        "Your prospects today: {} prospects were on your site",
    )
    many: str = "{number} prospects: {name} and others"
    somebody: str = "A prospect"
    is_here: str = "{} is on your site"
    has_score: str = "{name} has a lead score of {score}"
    score: str = "lead score {}"
    no_score: str = "no lead score yet"
    moved: str = ", {} in 7 days"
    pages: str = "Looked at: {}"
    to: str = "to {address}: {times}"
    opened: tuple[str, str] = ("opened 1 time", "opened {} times")
    clicked: tuple[str, str] = ("clicked 1 time", "clicked {} times")
    no_name: str = "No name"


ENGLISH = AlertSpeech()
GERMAN = AlertSpeech(
    crossed="Der Lead-Score ist jetzt {} oder mehr",
    seen="Auf Ihrer Website",
    hottest="Ihre heißesten Interessenten",
    seen_since="Auf Ihrer Website seit der letzten Zusammenfassung",
    read="Was aus Ihren E-Mails wurde",
    today="Ihre Interessenten heute",
    visitors=(
        "Ihre Interessenten heute: 1 Interessent war auf Ihrer Website",
        "Ihre Interessenten heute: {} Interessenten waren auf Ihrer Website",
    ),
    many="{number} Interessenten: {name} und andere",
    somebody="Ein Interessent",
    is_here="{} ist auf Ihrer Website",
    has_score="{name} hat einen Lead-Score von {score}",
    score="Lead-Score {}",
    no_score="noch kein Lead-Score",
    moved=", {} in 7 Tagen",
    pages="Angesehen: {}",
    to="an {address}: {times}",
    opened=("1-mal geöffnet", "{}-mal geöffnet"),
    clicked=("1-mal geklickt", "{}-mal geklickt"),
    no_name="Ohne Namen",
)
_BY_LANGUAGE = {"de": GERMAN}


def alert_speech(language: str) -> AlertSpeech:
    """The words of a language, English for "" and for one that is not here."""
    return _BY_LANGUAGE.get(language, ENGLISH)
