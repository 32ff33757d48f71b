"""What errors say, in the reader's language: their own texts are English, and are found again by these."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from funnel.domain.segments.rule_speech import ENGLISH, RuleSpeech

_VALUE = re.compile(r"\{\d\}")


class Sayings:
    """The messages of one language, by those in English; `{0}` stands for what a message names."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        self._whole = messages
        # Of two that fit, the one with more words of its own is meant.
        patterns = sorted(
            filter(_VALUE.search, messages), key=lambda one: -len(_VALUE.sub("", one))
        )
        self._patterns = [(_pattern(one), messages[one]) for one in patterns]

    def said(self, text: str) -> str:
        """The message in this language; as it is where nobody has translated it."""
        if text in self._whole:
            return self._whole[text]
        for pattern, found in self._patterns:
            if match := pattern.fullmatch(text):
                return _VALUE.sub(lambda one: match[f"v{one[0][1:-1]}"], found)
        return text


def _pattern(message: str) -> re.Pattern[str]:
    names = iter(_VALUE.findall(message))
    parts = (re.escape(part) for part in _VALUE.split(message))
    found = next(parts)
    for part in parts:
        found += f"(?P<v{next(names)[1:-1]}>.*?){part}"
    return re.compile(found, re.DOTALL)


@cache
def sayings_of(language: str) -> Sayings:
    """Those of a language; none for the one that errors speak themselves."""
    module = _module(language, "messages")
    return Sayings(module.MESSAGES if module else {})


@cache
def rule_speech_of(language: str) -> RuleSpeech:
    """How a language says the rules of segments; English where it does not."""
    module = _module(language, "rule_speech")
    found: RuleSpeech = module.SPEECH if module else ENGLISH
    return found


def _module(language: str, name: str) -> ModuleType | None:
    whole = f"funnel.web.texts.{language}.{name}"
    return import_module(whole) if find_spec(whole) else None
