"""Whatever blocks say, what goes out is harmless, and the text part has every word of it."""

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from hypothesis import assume, given
from hypothesis import strategies as st

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.emails.email_blocks import Align, Block, BlockKind, Look
from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId
from funnel.usecases.emails.render_email import RenderedEmail, rendered
from funnel.usecases.emails.write_email import EmailWords, drafted_email
from funnel.usecases.people.create_person import NewPerson, create_person
from tests.fakes.world import TENANT, World

WORLD = World()
APP = replace(WORLD.app, cleaner=Nh3Cleaner())
SETTINGS = APP.mails.mail_settings(TENANT)
PICTURE = "https://x.test/a.png"

_KEPT = frozenset(
    {"a", "b", "blockquote", "br", "center", "code", "div", "em", "h1", "h2", "h3", "hr", "i", "img", "li",
     "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tr", "u", "ul"}
)  # fmt: skip
_LEADS = re.compile(r"(?:https?:|mailto:|tel:|\{\{unsubscribe_link\}\})", re.ASCII)
_ILL = re.compile(r"url\s*\(|expression|position|behavior|@import|javascript:|display\s*:\s*none")

words = st.text("abcdefgxyzäß漢", min_size=1, max_size=6).map(lambda one: f"w{one}w")
evil = st.sampled_from(
    ["<script>x()</script>", "<img src=x onerror=x()>", '"><svg onload=x()>', "</td></tr></table>",
     "<a href='javascript:x()'>", "<style>*{display:none}</style>", "<!--", "]]>", "{{first_name}}",
     "{{company|<b onclick=x()>you}}", "<p style='background:url(//e.test)'>", "<iframe src=//e.test>",
     "<form action=//e.test><input name=a>", "<base href=//e.test>", "&lt;script&gt;", "\x00\u202e", "<p",
     "<math><mtext><table><mglyph><style><img src=x onerror=x()>", "<a href='//e.test'>", "' onfocus=x() '"]
)  # fmt: skip
anything = st.one_of(evil, words, st.text(max_size=12))
targets = st.one_of(
    st.just("https://x.test/?a=1&b=2"),
    st.sampled_from(["javascript:x()", "{{company}}", "mailto:a@x.test", "data:text/html,x", "//e.test"]),
    st.text(max_size=12).map(lambda tail: f"https://x.test/{tail}"),
)  # fmt: skip
lines = st.lists(anything, max_size=4).map(" ".join)


@st.composite
def hostile(draw: st.DrawFn) -> Block:
    """A block in whose every field anything may stand."""
    fields = {name: draw(lines) for name in ("text", "right", "alt", "right_alt")}
    places = {name: draw(targets) for name in ("link", "right_address")}
    return Block(
        draw(st.sampled_from(BlockKind)),
        address=draw(st.one_of(st.just(PICTURE), targets)),
        align=draw(st.sampled_from(Align)),
        size=draw(st.integers(-1, 200)),
        width=draw(st.integers(0, 2_000)),
        height=draw(st.integers(0, 2_000)),
        **fields,
        **places,
    )


@dataclass(frozen=True)
class Said:
    """A block, and the words that it says in their order."""

    block: Block
    words: list[str]


wrapped = st.sampled_from(
    ["{}", "<p>{}</p>", "<ul><li>{}</li></ul>", "<b>{}</b>", "<table><tr><td>{}</td></tr></table>",
     "<div><i>{}</i>", "{}<br>", '<a href="https://x.test/">{}</a>', "<blockquote>{}", "<font>{}</font>",
     '<img src="https://x.test/b.png" alt="{}">', "<h2>{}</h2>", "<p hidden>{}</p>", "<marquee>{}</marquee>"]
)  # fmt: skip


@st.composite
def html(draw: st.DrawFn) -> tuple[str, list[str]]:
    """HTML, and its words."""
    each = draw(st.lists(st.tuples(wrapped, words), min_size=1, max_size=4))
    return " ".join(around.format(one) for around, one in each), [one for _, one in each]


@st.composite
def saying(draw: st.DrawFn) -> Said:
    """A good block."""
    kind = draw(st.sampled_from([one for one in BlockKind if one is not BlockKind.FOOTER]))
    align = draw(st.sampled_from(Align))
    line = draw(st.lists(words, min_size=1, max_size=3))
    text, said = draw(html())
    match kind:
        case BlockKind.HEADING:
            return Said(Block(kind, " ".join(line), align=align), line)
        case BlockKind.TEXT:
            return Said(Block(kind, text, align=align), said)
        case BlockKind.IMAGE:
            return Said(Block(kind, address=PICTURE, alt=" ".join(line), align=align), line)
        case BlockKind.BUTTON:
            return Said(Block(kind, " ".join(line), address="https://x.test/"), line)
        case BlockKind.COLUMNS:
            right, more = draw(html())
            block = Block(kind, text, right, address=PICTURE, alt=" ".join(line))
            return Said(block, [*line, *said, *more])
        case _:
            return Said(Block(kind), [])


def sent(blocks: tuple[Block, ...], person: PersonId) -> RenderedEmail:
    """What this person gets. Raises `InputInvalid`."""
    email = drafted_email(APP, TENANT, EmailWords("N", "S", blocks=blocks, look=Look()))
    return rendered(APP, SETTINGS, email, APP.records.people(TENANT, [person])[person])


HOSTILE = "<img src=x onerror=x()>\"'"
NAMES = {"last_name": HOSTILE, "first_name": HOSTILE, "company": HOSTILE}
EVE = create_person(APP, TENANT, NewPerson(NAMES, "e@x.test", "Bea"), "eve").person_id


class Harmless(HTMLParser):
    """Fails at the first thing that could do harm."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _KEPT, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name == "href":
                assert _LEADS.match(value or ""), value
            elif name == "src":
                assert (value or "").startswith("https://"), value
            elif name == "style":
                assert not _ILL.search(value or ""), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


@given(st.lists(hostile(), min_size=1, max_size=4))
def test_whatever_blocks_say_what_goes_out_is_harmless(blocks: list[Block]) -> None:
    try:
        found = sent(tuple(blocks), EVE)
    except InputInvalid:
        assume(False)
    reader = Harmless()
    reader.feed(found.html)
    reader.close()


@given(st.lists(saying(), min_size=1, max_size=6), html())
def test_the_text_part_has_every_word_in_its_order(
    said: list[Said], footer: tuple[str, list[str]]
) -> None:
    every = [word for one in said for word in one.words]
    assume(every)
    blocks = (*(one.block for one in said), Block(BlockKind.FOOTER, footer[0]))
    left = iter(re.findall(r"w[abcdefgxyzäß漢]+w", sent(blocks, EVE).text))
    assert all(any(word == found for found in left) for word in [*every, *footer[1]])
