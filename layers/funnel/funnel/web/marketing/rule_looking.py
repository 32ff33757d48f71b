"""Who the rule is true of that a form holds: counted while it is built, with the first of them."""

from collections.abc import Collection
from dataclasses import dataclass

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import JobId, ListId
from funnel.domain.problems import all_wrong
from funnel.domain.segments.rule_words import rule_words
from funnel.domain.segments.segment_fields import by_name
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.segments.explain_segment import rule_names
from funnel.usecases.segments.keep_segments import checked_segment_rule, rule_before
from funnel.usecases.segments.segment_fields import segment_fields
from funnel.usecases.segments.view_segment_preview import (
    SegmentPreview,
    preview_of_segment,
    start_preview,
)
from funnel.web.asked import Asked
from funnel.web.marketing.rule_builder import place_of
from funnel.web.marketing.rule_drafts import DraftTest, draft_of_form, json_of_draft, walk
from funnel.web.marketing.rule_drawing import as_drawn
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """A rule in words, and whom it finds; or all that it still lacks, and where."""

    words: str = ""
    missing: tuple[str, ...] = ()
    found: SegmentPreview | None = None


@room.page("POST", "/app/segments/look")
def look(asked: Asked) -> Reply:
    """Begin to count."""
    return page(asked, "segments/look.html", seen=look_at_sent(asked))


@room.page("GET", "/app/segments/looks/<job_id>")
def look_on(asked: Asked, job_id: str) -> Reply:
    """How far the count is."""
    found = preview_of_segment(asked.app, asked.tenant, JobId(job_id))
    return page(asked, "segments/look_live.html", found=found)


def look_at_sent(asked: Asked, prefix: str = "rule") -> RuleSeen:
    """Count whom the sent rule finds, in place of the count before it."""
    draft = draft_of_form(asked.form(), prefix)
    fields = by_name(segment_fields(asked.app, asked.tenant))
    data = json_of_draft(as_drawn(draft, fields))
    before = rule_before(asked.app, asked.tenant, ListId(asked.form_value("look.segment")))
    try:
        rule = checked_segment_rule(asked.app, asked.tenant, data, before)
    except InputInvalid as error:
        blank = {path for path, one in walk(draft) if isinstance(one, DraftTest) and not one.what}
        wrong = sorted(all_wrong(error), key=place_of)
        return RuleSeen(missing=tuple(_missing(asked, one, blank) for one in wrong))
    by, counted = asked.who.user_name, asked.form_value("look.job")
    found = start_preview(asked.app, asked.tenant, rule, by, instead_of=counted)
    names = rule_names(asked.app, asked.tenant, rule, speech=asked.texts.rules)
    return RuleSeen(rule_words(rule, names), found=found)


def _missing(asked: Asked, error: InputInvalid, blank: Collection[str]) -> str:
    """What is still to be said, with the number of the condition; `blank` are those of nothing yet."""
    number = ".".join(str(one + 1) for one in place_of(error))
    if error.field.rpartition(".")[0] in blank:
        return asked.texts("look.missing.blank", number=number)
    text = asked.texts.said(error.text)
    return asked.texts("look.missing", number=number, text=text) if number else text
