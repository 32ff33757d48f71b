"""All texts a person reads, by language and key.

A language is a package here with `TEXTS` (the same keys and the same placeholders in every
language; a test holds that), and `plural`, which picks the form of a number: `key.one`,
`key.other`, whatever the language has. To add one: copy `de`, translate, and name it in LANGUAGES
by what it calls itself. What is not translated yet is read in English.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from funnel.domain.segments.rule_speech import RuleSpeech
from funnel.web.locales import Locale, zone_ahead, zone_named
from funnel.web.texts.sayings import rule_speech_of, sayings_of

DEFAULT = "en"
LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch"}


class Language(Protocol):
    """What the package of a language has."""

    TEXTS: Mapping[str, str]
    plural: Callable[[float], str]


@cache
def language(name: str) -> Language:
    """One of LANGUAGES, loaded when somebody first reads it."""
    return cast("Language", import_module(f"{__name__}.{name}"))


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language. Called with a key, it gives the text."""

    language: str
    entries: Mapping[str, str]
    plural: Callable[[float], str]
    locale: Locale = field(default_factory=Locale)

    def __call__(self, key: str, **values: object) -> str:
        """The text with its placeholders filled. Raises `KeyError` for one that is missing."""
        text = self.entries[key]
        return text.format(**values) if values else text

    def get(self, key: str) -> str:
        """The text, "" if there is none."""
        return self.entries.get(key, "")

    def count(self, key: str, number: int, **values: object) -> str:
        """The text in the form that the number asks for; its placeholder is `n`."""
        return self(f"{key}.{self.plural(number)}", n=self.number(number), **values)

    def said(self, text: str) -> str:
        """What an error or a note says, in this language."""
        return sayings_of(self.language).said(text, self.number) if text else ""

    @property
    def rules(self) -> RuleSpeech:
        """How this language says the rules of segments."""
        return rule_speech_of(self.language)

    def number(self, number: float, digits: int = 0) -> str:
        """A number with its groups set apart."""
        return self.locale.number(number, digits)


def texts_for(accept_language: str, chosen: str = "", zone: str = "", ahead: str = "") -> Texts:
    """The texts of the chosen language, or of the one that the browser likes best.

    `chosen` may be written as Sugar does, such as `de_DE`. The region is the browser's, where it names one of that language. `zone` is a time zone by name,
    `ahead` the minutes that a clock is ahead of UTC, if its name is not known.
    """
    tags = _preferred(accept_language)
    known = [tag for tag in tags if _language_of(tag) in LANGUAGES]
    name = _language_of(chosen.replace("_", "-"))
    if name not in LANGUAGES:
        name = _language_of(known[0] if known else DEFAULT)
    tag = next((tag for tag in known if _language_of(tag) == name), name)
    found = language(name)
    locale = Locale(tag, zone_named(zone) or zone_ahead(ahead))
    return Texts(name, found.TEXTS, found.plural, locale)


def _language_of(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _preferred(header: str) -> list[str]:
    """The tags of an `Accept-Language` header, the best liked first."""
    liked: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.partition(";q=")
        try:
            liked.append((float(weight or 1), tag.strip()))
        except ValueError:
            continue
    return [tag for _, tag in sorted(liked, key=lambda one: -one[0])]
