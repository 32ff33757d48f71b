"""The builder of a Segment's rule, as a part of a form: the server draws the tree that the form holds.

To have it in a form of yours:

- `draft = sent_draft(form, prefix)` where something was sent, else `draft_of_json(rule_to_json(rule))`,
  or `BLANK` for a new one (`web/marketing/rule_drafts.py`);
- where `form` has `<prefix>.do`, somebody pressed a button of the builder: draw the form again and save
  nothing. `drawing(asked, prefix)` answers it whole where htmx asks for it (None otherwise);
- to save, `rule_of(json_of_draft(draft), fields)`; what is wrong by its `InputInvalid` goes to
  `rule_builder` as `wrong`, and is then shown at the parts it is about;
- in the template `{% from "segments/builder.html" import builder %}` and `{{ builder(t, ui, rule) }}`
  inside the form, whose other buttons must stand behind it; `rule` is what `rule_builder` gives.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from funnel.domain.errors import InputInvalid
from funnel.domain.lists.lists import ListKind
from funnel.domain.segments.rule_words import field_words
from funnel.domain.segments.segment_fields import (
    AMOUNT,
    OF_OPPORTUNITIES,
    Origin,
    SegmentField,
    by_name,
)
from funnel.domain.segments.segments import Match
from funnel.usecases.lists.view_lists import ListRow, find_lists, lists_named
from funnel.usecases.scoring.known_names import KnownNames, known_names
from funnel.usecases.segments.segment_fields import segment_fields
from funnel.web.asked import Asked
from funnel.web.marketing.rule_changes import change_draft
from funnel.web.marketing.rule_drafts import (
    BEHAVIOUR,
    FIELD,
    LIST,
    MOST_DEPTH,
    MOST_TESTS,
    DraftGroup,
    DraftTest,
    Form,
    draft_of_form,
    tests_in,
    walk,
)
from funnel.web.marketing.rule_drawing import KINDS, Choice, Drawer, DrawnGroup, Place
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.texts import Texts

PREFIX = "rule"
_CHOSEN = ("field", "test", "kind", "list")
MOST_LISTS = 200


@dataclass(frozen=True, slots=True)
class RuleBuilder:
    """The builder as its template draws it. `errors` are by the name of the input they are about.

    `action` is where its buttons send the form, "" for where it is; `focus` is the name of the input that is to have the focus, "" for none. `of_opportunities` says
    that it asks for them, which take a word of explanation; `amounts_in` in which currency their
    amounts are compared, "" where it asks for none or nobody knows. `known` are the names that conditions
    of behaviour can be for.
    """

    prefix: str
    whole: DrawnGroup
    matches: tuple[str, ...]
    picks: tuple[tuple[str, tuple[Choice, ...]], ...]
    lists: tuple[Choice, ...]
    more_lists: bool
    list_query: str
    errors: Mapping[str, str]
    focus: str
    full: bool
    of_opportunities: bool
    amounts_in: str = ""
    known: KnownNames = KnownNames()
    action: str = ""
    most_tests: int = MOST_TESTS
    most_depth: int = MOST_DEPTH


def sent_draft(form: Form, prefix: str = PREFIX) -> DraftGroup:
    """The draft that a form holds, without what its buttons do."""
    return draft_of_form(form, prefix)


def is_drawing(form: Form, prefix: str = PREFIX) -> bool:
    """Whether a button of the builder was pressed: nothing is to be saved."""
    return f"{prefix}.do" in form


def drawing(asked: Asked, prefix: str = PREFIX, action: str = "") -> Reply | None:
    """The builder alone, where htmx asks for it; None where the whole form is to be drawn or saved."""
    if not (asked.is_live_part and is_drawing(asked.form(), prefix)):
        return None
    reply = page(asked, "segments/builder_part.html", rule=redrawn(asked, prefix, action))
    reply.headers["HX-Trigger-After-Settle"] = "rule-drawn"
    return reply


def redrawn(asked: Asked, prefix: str = PREFIX, action: str = "") -> RuleBuilder:
    """The builder after whatever button of it was pressed."""
    wish = (asked.form().get(f"{prefix}.do") or [""])[0]
    draft, focus = change_draft(draft_of_form(asked.form(), prefix), wish)
    return rule_builder(asked, draft, prefix=prefix, focus=focus, action=action)


def rule_builder(
    asked: Asked,
    draft: DraftGroup,
    *,
    prefix: str = PREFIX,
    wrong: Iterable[InputInvalid] = (),
    focus: str = "",
    action: str = "",
) -> RuleBuilder:
    """The builder of this draft, with what is wrong at the parts it is about."""
    fields = segment_fields(asked.app, asked.tenant)
    query = asked.form_value(f"{prefix}.lists") if asked.method == "POST" else ""
    lists, more = _lists(asked, draft, query)
    known = _known(asked, draft)
    drawer = Drawer(
        asked.texts, by_name(fields), {one.list_id for one in lists}, tests_in(draft), known
    )
    whole = drawer.group(draft, "", "", Place((draft,), 0, 0))
    names = {(f"{prefix}.{path}" if path else prefix) for path, _ in walk(draft)}
    path, _, name = focus.rpartition(" ")
    tests = [one for _, one in walk(draft) if isinstance(one, DraftTest)]
    about = {one.about for one in tests if one.kind == FIELD}
    return RuleBuilder(
        prefix=prefix,
        whole=whole,
        matches=tuple(Match),
        picks=_picks(asked.texts, fields),
        lists=tuple((one.list_id, one.name or asked.texts("unnamed")) for one in lists),
        more_lists=more,
        list_query=query,
        errors=_errors(asked.texts, wrong, prefix, names),
        focus=".".join(filter(None, (prefix, path, name))) if name else "",
        full=tests_in(draft) >= MOST_TESTS,
        of_opportunities=not about.isdisjoint(OF_OPPORTUNITIES),
        known=known,
        amounts_in=by_name(fields)[AMOUNT].unit if AMOUNT in about else "",
        action=action,
    )


def _picks(
    texts: Texts, fields: Iterable[SegmentField]
) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """What can be looked at, under headings."""
    under: dict[Origin, list[Choice]] = {one: [] for one in Origin}
    for one in fields:
        under[one.origin].append((f"{FIELD}:{one.name}", field_words(one, texts.rules)))
    found = [(texts(f"rule.from.{k.name.lower()}"), tuple(some)) for k, some in under.items()]
    did = tuple((f"{BEHAVIOUR}:{kind}", texts(f"rule.kind.{kind}")) for kind in KINDS)
    found.append((texts("rule.what.lists"), ((LIST, texts("rule.what.list")),)))
    found.append((texts("rule.what.behaviour"), did))
    return tuple((label, some) for label, some in found if some)


def _lists(asked: Asked, draft: DraftGroup, query: str) -> tuple[list[ListRow], bool]:
    """The lists to choose from, with those that are chosen; whether there are more."""
    chosen = {one.list_id for _, one in walk(draft) if isinstance(one, DraftTest) and one.list_id}
    if not any(isinstance(one, DraftTest) and one.kind == LIST for _, one in walk(draft)):
        return [], False
    listing = find_lists(asked.app, asked.tenant, query, limit=MOST_LISTS)
    found = {one.list_id: one for one in listing.items if one.kind is not ListKind.SEGMENT}
    missing = sorted(chosen - set(found))
    others = lists_named(asked.app, asked.tenant, missing) if missing else []
    return [*others, *found.values()], bool(listing.cursor) or bool(query)


def _said(texts: Texts, error: InputInvalid) -> str:
    """What is wrong; where something is chosen on the page, what there is is to be seen there."""
    is_chosen = error.field.rpartition(".")[2] in _CHOSEN
    said = (texts.said(error.text), "" if is_chosen else texts.said(error.mend))
    return " ".join(filter(None, said))


def _known(asked: Asked, draft: DraftGroup) -> KnownNames:
    """Looked up where a condition is of behaviour."""
    if not any(isinstance(one, DraftTest) and one.kind == BEHAVIOUR for _, one in walk(draft)):
        return KnownNames()
    return known_names(asked.app, asked.tenant)


def _errors(
    texts: Texts, wrong: Iterable[InputInvalid], prefix: str, names: Collection[str]
) -> dict[str, str]:
    """All that is wrong, by the name of the input it is about, or of the part it is in."""
    found: dict[str, str] = {}
    for one in sorted(wrong, key=place_of):
        found.setdefault(_name_of(one, prefix, names), _said(texts, one))
    return found


def place_of(error: InputInvalid) -> list[int]:
    """Where in a rule something is wrong: the number of the part, and within that, from 0 on."""
    return [int(one) for one in error.field.split(".") if one.isdigit()]


def _name_of(error: InputInvalid, prefix: str, names: Collection[str]) -> str:
    name = f"{prefix}.{error.field}" if error.field.startswith("parts") else prefix
    part, _, last = name.rpartition(".")
    if name not in names and last in ("field", "test", "kind"):
        name = f"{part}.what"
    return name
