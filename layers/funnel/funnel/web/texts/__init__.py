"""All texts a person reads, by language and key.

A language is a package here with `TEXTS` (the same keys and the same placeholders in every
language; a test holds that), and `plural`, which picks the form of a number: `key.one`,
`key.other`, whatever the language has. To add one: copy `en`, translate, and name it in LANGUAGES.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from funnel.web.texts import en

DEFAULT = "en"
LANGUAGES: Mapping[str, tuple[Mapping[str, str], Callable[[float], str]]] = {
    "en": (en.TEXTS, en.plural),
}


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language. Called with a key, it gives the text."""

    language: str
    entries: Mapping[str, str]
    plural: Callable[[float], str]

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

    def number(self, number: float, digits: int = 0) -> str:
        """A number with its groups set apart."""
        text = f"{number:,.{digits}f}"
        marks = {",": self.entries["number.group"], ".": self.entries["number.point"]}
        return "".join(marks.get(sign, sign) for sign in text)


def texts_for(accept_language: str) -> Texts:
    """The texts of the language that the browser likes best among those there are."""
    for tag in _preferred(accept_language):
        language = tag.partition("-")[0].lower()
        if language in LANGUAGES:
            return Texts(language, *LANGUAGES[language])
    return Texts(DEFAULT, *LANGUAGES[DEFAULT])


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
