"""A look at every page that leads from the overview, and at what the API says of the same things."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from funnel.web.marketing.door import ROOMS as MARKETING
from funnel.web.setup.door import ROOMS as SETUP
from tests.unit.web.asking import Answer, Client

FIRST = (
    "/app", "/setup/sync", "/setup/connection", "/setup/errors", "/setup/mail", "/setup/lists",
    "/setup/mappings/Leads", "/setup/mappings/Leads/jobs/preview", "/setup/sync/preview",
    "/app/erasures", "/app/erasures/erasure-done", "/app/imports/import-look",
    "/app/imports/import-done", "/app/exports/export-done",
)  # fmt: skip
"""Where the looking begins: what no link of the overview leads to is named."""
OF_A_KIND = 2
"""How many addresses of one route are looked at."""
TOLD = ("name", "email", "subject", "title", "company", "label", "url", "note", "description")
"""What people typed, or Sugar said, is under these names; the rest is our own wording and counts."""

Json = dict[str, Any]


def look(client: Client) -> dict[str, Any]:
    """By address: JSON of the API, and of pages the words of people and of Sugar that are on them."""
    pages, named = _pages(client)
    told = {path: answer.json for path, answer in _api(client, named)}
    words = {word for answer in told.values() for word in words_of(answer)}
    shown = {path: text_of(answer) for path, answer in pages.items()}
    return told | {
        path: sorted(word for word in words if word in text) for path, text in shown.items()
    }


def rules() -> dict[str, re.Pattern[str]]:
    """All rules that are only looked at, with what matches their addresses."""
    found = [one for room in (*SETUP, *MARKETING) for one in room.routes]
    return {
        one.rule: re.compile(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", one.rule))
        for one in found
        if one.method == "GET" and one.needs is not None
    }


def words_of(answer: Any) -> Iterator[str]:
    """What somebody typed or Sugar said, wherever it stands."""
    if isinstance(answer, list):
        for one in answer:
            yield from words_of(one)
    elif isinstance(answer, dict):
        for name, value in answer.items():
            if isinstance(value, str) and name in TOLD and len(value) > 3:
                yield value
            else:
                yield from words_of(value)


def text_of(answer: Answer) -> str:
    """A page without its tags; values of fields count."""
    values = re.findall(r'\bvalue="([^"]*)"', answer.text)
    body = answer.text.partition("<main")[2] or answer.text
    text = re.sub(r"<[^>]+>", " ", body)
    return html.unescape(" ".join([*text.split(), *values]))


def _pages(client: Client) -> tuple[dict[str, Answer], dict[str, set[str]]]:
    """The pages, and values of what their addresses name."""
    known, found, named = rules(), dict[str, Answer](), defaultdict[str, set[str]](set)
    seen: dict[str, int] = defaultdict(int)
    todo = list(FIRST)
    asked = set(todo)
    while todo:
        target = todo.pop(0)
        rule, match = _matching(known, urlsplit(target).path)
        if match is None or seen[rule] >= OF_A_KIND:
            continue
        seen[rule] += 1
        for name, value in match.groupdict().items():
            named[name].add(value)
        answer = client.get(target)
        assert answer.status in {200, 302, 303}, f"{target}: {answer.status}"
        if answer.status != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        found[target] = answer
        for link in re.findall(r'\b(?:href|hx-get)="([^"]+)"', answer.text):
            there = html.unescape(link).partition("#")[0]
            if there.startswith(("/app", "/setup")) and there not in asked:
                asked.add(there)
                todo.append(there)
    return found, named


def _matching(known: dict[str, re.Pattern[str]], path: str) -> tuple[str, re.Match[str] | None]:
    """The rule of an address; one without parts goes first."""
    for rule in sorted(known, key=lambda one: one.count("<")):
        if match := known[rule].fullmatch(path):
            return rule, match
    return "", None


def _api(client: Client, named: dict[str, set[str]]) -> Iterator[tuple[str, Answer]]:
    for rule in sorted(rules()):
        names = re.findall(r"<(\w+)>", rule)
        if not rule.startswith("/api/") or not all(named.get(name) for name in names):
            continue
        count = 0
        for path in _filled(rule, names, named):
            answer = client.get(path)
            assert answer.status < 500, f"{path}: {answer.status} {answer.text}"
            if answer.status == 200 and "json" in answer.headers.get("Content-Type", ""):
                count += 1
                yield path, answer
            if count >= OF_A_KIND:
                break


def _filled(rule: str, names: list[str], named: dict[str, set[str]]) -> Iterator[str]:
    """The rule with what is known in the place of its parts."""
    if not names:
        yield rule
        return
    name, *rest = names
    for value in sorted(named[name])[:12]:
        yield from _filled(rule.replace(f"<{name}>", quote(value, safe="")), rest, named)


def missing(new: Any, old: Any, at: str = "") -> Iterator[str]:
    """What the old answer says and the new one does not; what came new is no matter."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name, value in old.items():
            if name in new:
                yield from missing(new[name], value, f"{at}.{name}")
            else:
                yield f"{at}.{name} is gone"
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for n, (one, other) in enumerate(zip(new, old, strict=True)):
            yield from missing(one, other, f"{at}[{n}]")
    elif old != new:
        yield f"{at} was {json.dumps(old)[:200]} and is {json.dumps(new)[:200]}"


def figures_of_then(found: Json, told: Json) -> Json:
    """The outcome, of the mail of a campaign's steps only the figures that there were then."""
    for now, then in zip(found["campaigns"], told["campaigns"], strict=True):
        for step, before in then[-1].items():
            if "mail" in before and "mail" in (at := now[-1].get(step, {})):
                at["mail"] = {
                    name: at["mail"][name] for name in before["mail"] if name in at["mail"]
                }
    return found
