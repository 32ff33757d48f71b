import re
import string
from importlib import import_module
from pathlib import Path

import pytest

from funnel.domain.campaigns.campaign_looks import REASONS, WouldBe
from funnel.domain.campaigns.campaigns_in_sugar import CODES
from funnel.domain.consent.consent import HERE, IN_SUGAR, Mark
from funnel.domain.ids import Module
from funnel.domain.mapping.fields import STANDARD
from funnel.domain.mapping.mapping import STANDARD_ONLY
from funnel.domain.pushing.pushes import Deed, Priority, TaskKind, Why
from funnel.domain.scoring.checked_rules import PATTERNS
from funnel.domain.scoring.scoring import Period
from funnel.domain.sync import erased_records, module_errors, pull_rules, unreadable, vanished
from funnel.domain.sync.comparison import Kind, Reason, Stage
from funnel.domain.sync.runs import ModuleStatus, RunKind, RunStatus
from funnel.domain.sync.sync_previews import Would
from funnel.domain.tracking.activities import ActivityKind, Signal
from funnel.domain.tracking.signals import WHYS
from funnel.usecases.campaigns_in_sugar.view_campaign_in_sugar import CampaignSyncState
from funnel.usecases.consent.view_consent import InSugar
from funnel.usecases.pushing.push_consent import IMPOSSIBLE, NOT_TAKEN, REFUSED
from funnel.usecases.sync.preview_steps import COLUMNS
from funnel.web.texts import LANGUAGES, language, texts_for
from funnel.web.texts.de.messages import MESSAGES

WEB = Path(pull_rules.__file__).parents[2] / "web"
TEXTS = texts_for("en")
KINDS = (
    "agreed",
    "changed", "deleted", "restored", "merged", "parted", "held", "healed", "out of date",
    "set apart", "joined again", "consent", "told", "created", "added",
)  # fmt: skip


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_has_the_same_texts_with_the_same_placeholders() -> None:
    reference = language("en").TEXTS
    for entries in (language(name).TEXTS for name in LANGUAGES):
        assert entries.keys() == reference.keys()
        for key, text in entries.items():
            assert placeholders(text) == placeholders(reference[key]), key


def test_every_file_of_texts_is_translated() -> None:
    """What is missing would be read in English."""
    folder = WEB / "texts"
    for name in LANGUAGES:
        for path in sorted((folder / "en").glob("*.py")):
            module = f"funnel.web.texts.{{}}.{path.stem}"
            theirs = import_module(module.format(name))
            if path.stem != "__init__":
                ours = import_module(module.format("en"))
                assert theirs.TEXTS.keys() == ours.TEXTS.keys(), (name, path.stem)


def test_german_says_sie_and_never_du() -> None:
    familiar = re.compile(r"\b([Dd]u|[Dd]ein(e|em|en|er|es)?|[Dd]ich|[Dd]ir)\b")
    assert [text for text in language("de").TEXTS.values() if familiar.search(text)] == []


def used_keys() -> set[str]:
    """Keys named whole in templates and code."""
    found: set[str] = set()
    for path in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]:
        if "texts" not in path.parts:
            text = path.read_text()
            found |= set(re.findall(r"""[\s({\["']([a-z_]+(?:\.[a-z_A-Z]+)*)["']""", text))
    return found


def test_every_text_that_a_template_names_is_there() -> None:
    calls = set()
    for path in WEB.rglob("*.html"):
        calls |= set(re.findall(r'\bt\("([^"]+)"[,)]', path.read_text()))
        counts = re.findall(r't\.count\("([^"]+)",', path.read_text())
        calls |= {f"{key}.one" for key in counts} | {f"{key}.other" for key in counts}
    assert calls - TEXTS.entries.keys() == set()


def test_no_text_lies_about_unused() -> None:
    made = (
        "in_sugar.state.", "in_sugar.would.", "in_sugar.why.", "overview.begin.",
        "field.", "cause.", "history.kind.", "module.", "one.", "count.", "duration.", "ago.", "csv.",
        "operator.", "number.", "sync.kind.", "sync.status.", "sync.module.", "error.title.", "role.", "nav.",
        "job.ok", "job.partly", "job.not_ok", "list_type.", "target_lists.waiting.",
            "lists.kind.", "lists.show.", "list.about.", "list.uses.", "why.match.", "why.list.", "lists.status.", "list.retired.",
            "rule.", "flow.", "type.", "errors.direction.",
        "consent.in_sugar.", "tracking.consent.", "score_push.state.",
        "activities.kind.", "activities.source.",
        "people.filter.in_sugar", "people.filter.consent", "people.filter.score_", "import.kind.", "import.count.", "export.column.", "erase.count.",
        "scoring.kind.", "scoring.only.", "scoring.most.", "scoring.per.", "scoring.field.",
        "scoring.example.", "scoring.hint.", "scoring.gone.", "mail.domain.stops.",
        "consent.email_opt_out.", "consent.invalid_email.",
        "signal.human", "signal.proxy open", "signal.privacy open", "signal.scanner",
        "signal.crawler", "signal.why.",
        "push.why.", "push.deed.", "push.was.", "push.waits.", "push.state.", "push.task.",
        "broadcast.state.", "broadcast.left.", "broadcast.outcome.", "broadcast.kind.",
        "broadcast.over_cap.", "broadcast.column.", "broadcast.number.", "broadcast.when.",
        "broadcasts.done.", "mail.cap_",
        "push.log.add.", "mail.from_", "mail.postal_address", "mail.unsubscribe_label",
        "mails.state.", "vision.write", "emails.name", "emails.subject", "emails.preheader", "emails.header", "emails.body", "emails.footer", "emails.numbers.", "emails.rank.",
            "emails.css", "emails.text", "emails.field.", "emails.kind.", "emails.check.", "emails.checks.", "emails.use.",
            "emails.tab.", "emails.look.", "emails.block.", "emails.options.",
        "vision.home.", "vision.record.", "vision.days.", "vision.about", "vision.no_token",
        "vision.outside", "vision.lost", "vision.hot", "vision.prospect", "vision.activity", "vision.companies",
        "vision.emails", "vision.alerts.",
        "companies.databases.trouble.", "companies.databases.mend.",
        "companies.empty.", "companies.order.",
        "forms.widget.", "forms.action.", "forms.state.", "forms.owner.", "forms.csv.", "forms.note.",
        "compare.kind.", "compare.reason.", "compare.stage.", "compare.csv.",
        "preview.would.", "preview.state.", "preview.csv.",
        "preview.read", "preview.create", "preview.change", "preview.delete", "preview.merge",
        "preview.hold", "preview.skip",
        "campaign.", "example.", "step.", "walk.", "weekday.", "api_keys.area.", "api_keys.state.",
    )  # fmt: skip
    used = used_keys()
    unused = {
        key
        for key in TEXTS.entries
        if not key.startswith(made)
        and key not in used
        and key.removesuffix(".one").removesuffix(".other") not in used
    }
    assert unused == set()


def test_templates_hold_no_words_of_their_own() -> None:
    for path in WEB.rglob("*.html"):
        text = re.sub(r"\{% macro (described|attributes_).*?\{% endmacro %\}", "", path.read_text())
        text = re.sub(r"\{[{%#].*?[}%#]\}", "", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", "", text)
        words = re.findall(r"[A-Za-z]{2,}", text)
        assert [word for word in words if word != "SOAP"] == [], path.name


def test_scripts_hold_no_words_of_their_own() -> None:
    """What they show comes from the page, by its data attributes and templates."""
    shown = re.compile(
        r"""(textContent|innerText|innerHTML|title|ariaLabel|placeholder|label)\s*=\s*["'`][^"'`]*[A-Za-z]{2}"""
        r"""|(alert|confirm|prompt|setCustomValidity)\(\s*["'`]"""
        r"""|setAttribute\(\s*["'](title|aria-label|placeholder|alt)["'],\s*["'`][^"'`]*[A-Za-z]{2}"""
    )
    scripts = list((WEB / "static").glob("*.js"))
    assert len(scripts) >= 8
    found = [f"{path.name}: {line}" for path in scripts for line in path.read_text().splitlines()]
    assert [line for line in found if shown.search(re.sub(r"\$\{[^}]*\}", "", line))] == []


def test_every_cause_is_explained_with_a_way_to_mend_it() -> None:
    source = Path(pull_rules.__file__).read_text()
    codes = set(re.findall(r'Obstacle\(\s*"(\w+)"', source))
    assert len(codes) >= 7
    codes |= {
        vanished.CODE,
        unreadable.CODE,
        erased_records.CODE,
        *module_errors.CODES,
        module_errors.MERGES_UNKNOWN,
    }
    for code in codes:
        assert TEXTS.get(f"cause.{code}"), code
        assert TEXTS.get(f"cause.{code}.mend"), code
        assert TEXTS.get(f"cause.{code}.name"), code


def test_whatever_a_rule_can_be_has_a_word() -> None:
    for kind in ActivityKind:
        assert TEXTS(f"scoring.kind.{kind.value}")
    for per in Period:
        assert TEXTS(f"scoring.per.{per.value}")
        assert TEXTS.count(f"scoring.most.{per.value}", 2)
    for pattern in PATTERNS:
        assert TEXTS(f"scoring.only.{pattern}")
        assert TEXTS(f"scoring.field.{pattern}")


def test_whatever_consent_can_be_has_a_word() -> None:
    for state in InSugar:
        assert TEXTS(f"consent.in_sugar.{state.value}")
    for mark in Mark:
        for side in (HERE, IN_SUGAR):
            assert TEXTS(f"consent.{mark.value}.yes.{side}")
            assert TEXTS(f"consent.{mark.value}.no.{side}")
    for code in (NOT_TAKEN, REFUSED, IMPOSSIBLE):
        assert TEXTS(f"cause.{code}", field="x", value="y")
        assert TEXTS(f"cause.{code}.mend")


def test_every_label_and_every_reason_for_it_has_a_word() -> None:
    for signal in Signal:
        assert TEXTS(f"signal.{signal.value}")
    reasons = {key for key in TEXTS.entries if key.startswith("signal.why.")}
    assert reasons == {f"signal.why.{why}" for why in ("none", *WHYS)}


def test_every_step_of_a_push_and_what_stands_in_its_way_has_words() -> None:
    for why in Why:
        assert TEXTS(f"push.why.{why.value}")
    for deed in Deed:
        assert TEXTS(f"push.deed.{deed.value}")
        assert TEXTS(f"push.was.{deed.value}")
    for kind in TaskKind:
        assert TEXTS(f"push.task.{kind.value}")
    for priority in Priority:
        assert TEXTS(f"push.task.priority.{priority.value}")
    usecases = WEB.parent / "usecases"
    made = "".join(path.read_text() for path in usecases.rglob("*push*.py"))
    made += (usecases / "pushing/drain_intents.py").read_text()
    codes = set(re.findall(r'"(Push[A-Z]\w+)"', made))
    assert len(codes) >= 10
    for code in codes:
        assert TEXTS.get(f"cause.{code}"), code
        assert TEXTS.get(f"cause.{code}.mend"), code
        assert TEXTS.get(f"cause.{code}.name"), code


def test_every_kind_of_history_has_a_word() -> None:
    made = "".join(path.read_text() for path in (WEB.parent / "domain").rglob("*.py"))
    for kind in KINDS:
        assert f'"{kind}"' in made, f"nobody writes {kind}"
        assert TEXTS.get(f"history.kind.{kind}"), kind
    known = {key for key in TEXTS.entries if key.startswith("history.kind.")}
    assert known == {f"history.kind.{kind}" for kind in KINDS}


def test_every_state_of_a_run_and_every_module_has_a_word() -> None:
    for module in Module:
        assert TEXTS(f"module.{module}")
        assert TEXTS(f"one.{module}")
        assert TEXTS.count(f"count.{module}", 1)
        assert TEXTS.count(f"count.{module}", 2)
    for prefix, kind in (("kind", RunKind), ("status", RunStatus), ("module", ModuleStatus)):
        for one in kind:
            assert TEXTS(f"sync.{prefix}.{one.value}")


def test_every_state_of_a_campaign_in_sugar_and_all_that_a_look_says_has_a_word() -> None:
    for state in CampaignSyncState:
        assert TEXTS.get(f"in_sugar.state.{state.replace(' ', '_')}")
    for would in WouldBe:
        assert TEXTS.get(f"in_sugar.would.{would}")
    for why in REASONS:
        assert TEXTS.get(f"in_sugar.why.{why.replace(' ', '_')}")
    for code in CODES:
        for part in ("", ".name", ".mend"):
            assert TEXTS.get(f"cause.{code}{part}")


def test_every_difference_every_reason_and_every_stage_has_a_word() -> None:
    for prefix, kind in (("kind", Kind), ("reason", Reason), ("stage", Stage)):
        for one in kind:
            assert TEXTS(f"compare.{prefix}.{one.value}")


def test_all_that_would_be_done_and_every_state_of_looking_has_a_word() -> None:
    for prefix, kind in (("would", Would), ("state", ModuleStatus)):
        for one in kind:
            assert TEXTS(f"preview.{prefix}.{one.value}")
    for would in Would:
        assert TEXTS(f"preview.{would.value}")
    for column in COLUMNS:
        assert TEXTS(f"preview.csv.{column}")


def test_every_field_that_is_read_has_a_name() -> None:
    ours = {name for fields in STANDARD.values() for name in fields}
    modules = (Module.ACCOUNTS, Module.OPPORTUNITIES, Module.USERS)
    shown = ours.union(*(STANDARD_ONLY.read_fields(module) for module in modules))
    assert {name for name in shown if not TEXTS.get(f"field.{name}")} == set()


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("", "en"),
        ("de-DE,de;q=0.9", "de"),
        ("fr,de;q=0.5", "de"),
        ("en;q=0.3,de;q=0.5", "de"),
        ("fr", "en"),
        ("en-GB", "en"),
        (";q=,,x;q=y", "en"),
    ],
)
def test_the_language_is_one_there_is(header: str, name: str) -> None:
    assert texts_for(header).language == name


def test_numbers_and_plurals_are_the_languages_own() -> None:
    assert TEXTS.number(1234567.5, 1) == "1,234,567.5"
    assert TEXTS.count("count.Leads", 1) == "1 lead"
    assert TEXTS.count("count.Leads", 1200) == "1,200 leads"
    german = texts_for("de")
    assert german.number(1234567.5, 1) == "1.234.567,5"
    assert german.count("count.Opportunities", 1) == "1 Verkaufschance"
    assert german.count("count.Opportunities", 1200) == "1.200 Verkaufschancen"


def test_pages_are_named_as_the_menu_names_them() -> None:
    old = ("Sugar Integration Setup", "Funnel's Setup", "under Setup", "in Setup", "Setup →")
    said = [*TEXTS.entries.values(), *MESSAGES]
    assert [text for text in said if any(one in text for one in old)] == []
    docs = Path(__file__).parents[3] / "docs"
    assert [
        (path.name, one) for path in docs.glob("*.md") for one in old if one in path.read_text()
    ] == []
