"""What a rep's alerts say, as text and as plain HTML: names, companies, scores, reasons and pages only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from funnel.domain.ids import RecordKey
from funnel.domain.text import as_text
from funnel.domain.vision.alert_speech import ENGLISH, AlertSpeech
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
    crossed: Sequence[Prospect],
    seen: Sequence[Seen],
    threshold: int,
    url: Url,
    speech: AlertSpeech = ENGLISH,
) -> Said | None:
    """The mail that tells at once; None if there is nothing to tell."""
    if not crossed and not seen:
        return None
    letter, lines = _Letter(), _Lines(url, speech)
    letter.part(speech.crossed.format(threshold), map(lines.scored, crossed))
    letter.part(speech.seen, map(lines.seen, seen))
    return letter.said(_alert_subject(crossed, seen, speech))


def digest_mail(
    hottest: Sequence[Moved],
    seen: Sequence[Seen],
    read: Sequence[Read],
    url: Url,
    speech: AlertSpeech = ENGLISH,
) -> Said | None:
    """The day's digest; None if nothing has happened."""
    if not seen and not read and not any(one.change for one in hottest):
        return None
    letter, lines = _Letter(), _Lines(url, speech)
    letter.part(speech.hottest, map(lines.moved, hottest))
    letter.part(speech.seen_since, map(lines.seen, seen))
    letter.part(speech.read, map(lines.read, read))
    visitors = len({one.prospect.person_id for one in seen})
    return letter.said(_counted(speech.visitors, visitors) if visitors else speech.today)


def _counted(forms: tuple[str, str], number: int) -> str:
    one, more = forms
    return one if number == 1 else more.format(number)


def _alert_subject(crossed: Sequence[Prospect], seen: Sequence[Seen], speech: AlertSpeech) -> str:
    people = list({one.key: one for one in [*crossed, *(one.prospect for one in seen)]}.values())
    first = people[0]
    if len(people) > 1:
        return speech.many.format(number=len(people), name=_one_line(first.name)[:_LONGEST])
    name = _one_line(first.name)[:_LONGEST] or speech.somebody
    if not crossed:
        return speech.is_here.format(name)
    return speech.has_score.format(name=name, score=first.score)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of one mail."""

    url: Url
    speech: AlertSpeech

    def scored(self, one: Prospect) -> _Line:
        reasons = tuple(f"{why.name}: {why.points:+d}" for why in one.reasons)
        return self._line(one, self.speech.score.format(one.score), reasons)

    def moved(self, one: Moved) -> _Line:
        change = self.speech.moved.format(f"{one.change:+d}") if one.change else ""
        return self._line(one.prospect, self.speech.score.format(one.prospect.score) + change)

    def seen(self, one: Seen) -> _Line:
        titles = dict.fromkeys(page.title or page.path for page in one.visit.pages)
        pages = ", ".join([title for title in titles if title][:MOST_PAGES])
        known = one.prospect.score
        score = self.speech.score.format(known) if known else self.speech.no_score
        return self._line(one.prospect, score, (self.speech.pages.format(pages),) if pages else ())

    def read(self, one: Read) -> _Line:
        times = [
            _counted(forms, number)
            for forms, number in (
                (self.speech.opened, one.opens),
                (self.speech.clicked, one.clicks),
            )
            if number
        ]
        more = self.speech.to.format(address=one.address, times=", ".join(times))
        return _Line(_one_line(one.subject), "", more)

    def _line(self, one: Prospect, more: str, details: Sequence[str] = ()) -> _Line:
        company = _one_line(one.company)
        said = f"{company} · {more}" if company else more
        name = _one_line(one.name) or self.speech.no_name
        return _Line(name, self.url(one.key), said, tuple(map(_one_line, details)))


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
