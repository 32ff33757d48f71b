"""What errors say, in the reader's language: their own texts are English, and are found again by these."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from funnel.domain.segments.rule_speech import ENGLISH, RuleSpeech

_VALUE = re.compile(r"\{(\d)(?:~([a-z._]*))?\}")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+")
_MOST_SENTENCES = 6
_QUOTES = ("„", "“")
"""A number behind one stays as somebody wrote it."""


class Sayings:
    """The messages of one language, by those in English; `{0}` stands for what a message names.

    In the language `{0~module}` is that as the texts call it, here by `module.<what it is>`, of several each
    one; `{0~}` is a message of its own, or one of the `words`. What `said` is given may be several
    messages, or one behind what it is about and a colon.
    """

    def __init__(
        self,
        messages: Mapping[str, str],
        words: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        self._whole = messages
        self._words = words or {}
        self._texts = texts or {}
        # Of two that fit, the one with more words of its own is meant.
        patterns = sorted(
            filter(_VALUE.search, messages), key=lambda one: -len(_VALUE.sub("", one))
        )
        self._patterns = [(_pattern(one), messages[one]) for one in patterns]

    def said(self, text: str, number: Callable[[int], str] = str) -> str:
        """The message in this language; as it is where nobody has translated it.

        `number` writes a number of four digits and more.
        """
        if text in self._whole:
            return self._whole[text]
        begun = ""
        for first, rest in _sentences(text):
            said, then = self._known(first, number), self.said(rest, number)
            if said is not None and then != rest:
                return f"{said} {then}"
            begun = begun or (f"{said} {rest}" if said is not None else "")
        found = self._known(text, number)
        if found is not None:
            return found
        about, colon, what = text.partition(": ")
        if colon and (found := self._known(what, number)) is not None:
            return f"{about}: {found}"
        return begun or text

    def _known(self, text: str, number: Callable[[int], str]) -> str | None:
        if text in self._whole:
            return self._whole[text]
        for pattern, found in self._patterns:
            if match := pattern.fullmatch(text):
                return self._filled(found, match.groupdict(), number)
        return None

    def _filled(self, message: str, values: Mapping[str, str], number: Callable[[int], str]) -> str:
        def value_of(place: re.Match[str]) -> str:
            value, called = values[f"v{place[1]}"], place[2]
            if called is None and message[: place.start()].endswith(_QUOTES):
                return value
            if _GROUPED.fullmatch(value):
                return number(int(value.replace(",", "")))
            if called is None:
                return value
            if called:
                names = (self._texts.get(f"{called}.{one}", one) for one in value.split(", "))
                return ", ".join(names)
            return self._named(value, number)

        return _VALUE.sub(value_of, message)

    def _named(self, value: str, number: Callable[[int], str]) -> str:
        """A word or a message of ours, or several with commas between them."""
        if value in self._words:
            return self._words[value]
        if ", " in value:
            several = [self._named(one, number) for one in value.split(", ")]
            if all(one != was for one, was in zip(several, value.split(", "), strict=True)):
                return ", ".join(several)
        return self.said(value, number)


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """The first sentence of a text and the rest, wherever it may end."""
    at = -1
    for _ in range(_MOST_SENTENCES):
        at = text.find(". ", at + 1)
        if at < 0:
            return
        yield text[: at + 1], text[at + 2 :]


def _pattern(message: str) -> re.Pattern[str]:
    names = (one[1] for one in _VALUE.finditer(message))
    first, *parts = re.split(r"\{\d\}", message)
    found = re.escape(first)
    for part in parts:
        found += f"(?P<v{next(names)}>.*?){re.escape(part)}"
    return re.compile(found, re.DOTALL)


@cache
def sayings_of(language: str) -> Sayings:
    """Those of a language; none for the one that errors speak themselves."""
    module = _module(language, "messages")
    if module is None:
        return Sayings({})
    words = import_module(f"funnel.web.texts.{language}.message_words")
    texts = import_module(f"funnel.web.texts.{language}")
    return Sayings(module.MESSAGES, words.WORDS, texts.TEXTS)


@cache
def rule_speech_of(language: str) -> RuleSpeech:
    """How a language says the rules of segments; English where it does not."""
    module = _module(language, "rule_speech")
    found: RuleSpeech = module.SPEECH if module else ENGLISH
    return found


def _module(language: str, name: str) -> ModuleType | None:
    whole = f"funnel.web.texts.{language}.{name}"
    return import_module(whole) if find_spec(whole) else None
