"""What a rep's alerts say, as text and as plain HTML: names, companies, scores, reasons and pages only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from funnel.domain.ids import RecordKey
from funnel.domain.text import as_text
from funnel.domain.vision.prospect_visits import SeenVisit
from funnel.domain.vision.prospects import Prospect

Url = Callable[[RecordKey], str]

MOST_PAGES = 3
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Seen:
    """A prospect and the visit that is told of."""

    prospect: Prospect
    visit: SeenVisit


@dataclass(frozen=True, slots=True)
class Moved:
    """A prospect and by how much its score moved in seven days."""

    prospect: Prospect
    change: int


@dataclass(frozen=True, slots=True)
class Read:
    """A mail of the rep's own that somebody opened or clicked: to whom, about what, how often."""

    address: str
    subject: str
    opens: int
    clicks: int


@dataclass(frozen=True, slots=True)
class Said:
    """A mail's subject, and what it says in both forms."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a list: who or what, where that leads ("" for nowhere), and what is said of it."""

    name: str
    url: str
    more: str
    details: tuple[str, ...] = ()


@dataclass(slots=True)
class _Letter:
    html: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def part(self, title: str, lines: Iterable[_Line]) -> None:
        """A heading and a list; nothing for an empty one."""
        each = list(lines)
        if not each:
            return
        self.html.append(f"<h2>{escape(title)}</h2><ul>{''.join(map(_item, each))}</ul>")
        self.text.append("\n".join([title, *map(_row, each)]))

    def said(self, subject: str) -> Said:
        return Said(subject, "".join(self.html), "\n\n".join(self.text))


def alert_mail(
    crossed: Sequence[Prospect], seen: Sequence[Seen], threshold: int, url: Url
) -> Said | None:
    """The mail that tells at once; None if there is nothing to tell."""
    if not crossed and not seen:
        return None
    letter = _Letter()
    title = f"Lead score is {threshold} or more now"
    letter.part(title, (_scored(one, url) for one in crossed))
    letter.part("On your site", (_seen(one, url) for one in seen))
    return letter.said(_alert_subject(crossed, seen))


def digest_mail(
    hottest: Sequence[Moved], seen: Sequence[Seen], read: Sequence[Read], url: Url
) -> Said | None:
    """The day's digest; None if nothing has happened."""
    if not seen and not read and not any(one.change for one in hottest):
        return None
    letter = _Letter()
    letter.part("Your hottest prospects", (_moved(one, url) for one in hottest))
    letter.part("On your site since the last digest", (_seen(one, url) for one in seen))
    letter.part("What became of your emails", map(_read, read))
    visitors = len({one.prospect.person_id for one in seen})
    if not visitors:
        return letter.said("Your prospects today")
    people = "1 prospect was" if visitors == 1 else f"{visitors} prospects were"
    return letter.said(f"Your prospects today: {people} on your site")


def _alert_subject(crossed: Sequence[Prospect], seen: Sequence[Seen]) -> str:
    people = list({one.key: one for one in [*crossed, *(one.prospect for one in seen)]}.values())
    first = people[0]
    if len(people) > 1:
        return f"{len(people)} prospects: {_one_line(first.name)[:_LONGEST]} and others"
    name = _one_line(first.name)[:_LONGEST] or "A prospect"
    if not crossed:
        return f"{name} is on your site"
    return f"{name} has a lead score of {first.score}"


def _scored(one: Prospect, url: Url) -> _Line:
    reasons = tuple(f"{why.name}: {why.points:+d}" for why in one.reasons)
    return _line(one, url, f"lead score {one.score}", reasons)


def _moved(one: Moved, url: Url) -> _Line:
    change = f", {one.change:+d} in 7 days" if one.change else ""
    return _line(one.prospect, url, f"lead score {one.prospect.score}{change}")


def _seen(one: Seen, url: Url) -> _Line:
    titles = dict.fromkeys(page.title or page.path for page in one.visit.pages)
    pages = ", ".join([title for title in titles if title][:MOST_PAGES])
    score = f"lead score {one.prospect.score}" if one.prospect.score else "no lead score yet"
    return _line(one.prospect, url, score, (f"Looked at: {pages}",) if pages else ())


def _read(one: Read) -> _Line:
    times = [
        f"{what} {number} {'time' if number == 1 else 'times'}"
        for what, number in (("opened", one.opens), ("clicked", one.clicks))
        if number
    ]
    return _Line(_one_line(one.subject), "", f"to {one.address}: {', '.join(times)}")


def _line(one: Prospect, url: Url, more: str, details: Sequence[str] = ()) -> _Line:
    company = _one_line(one.company)
    said = f"{company} · {more}" if company else more
    return _Line(
        _one_line(one.name) or "No name", url(one.key), said, tuple(map(_one_line, details))
    )


def _item(line: _Line) -> str:
    name = escape(line.name)
    if line.url:
        name = f'<a href="{escape(line.url)}">{name}</a>'
    details = "".join(f"<br>{escape(one)}" for one in line.details)
    return f"<li>{name} · {escape(line.more)}{details}</li>"


def _row(line: _Line) -> str:
    details = "".join(f"\n  {one}" for one in line.details)
    return f"- {line.name} · {line.more}{details}" + (f"\n  {line.url}" if line.url else "")


def _one_line(text: str) -> str:
    """On one line, and without what no mail may have in it."""
    return " ".join(as_text(text).split())
