import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.connecting.sugar_links import record_url
from funnel.domain.crm import Dialect
from funnel.domain.ids import ConnectionId, Module, RecordKey, RunId, SugarId
from funnel.domain.sync.runs import Asks, ModuleRun, ModuleStatus, Run, RunKind, RunStatus
from funnel.usecases.connecting.connect import request_new_password, use_new_password
from funnel.usecases.error_report.view_errors import MOST_OF_GROUP, error_report
from funnel.usecases.sync.view_sync import freshness, run_view
from funnel.web.texts import texts_for
from funnel.web.words import Words
from tests.browser.records import Filler
from tests.browser.world import EMPTY, FULL, NOW, REFUSED, SUGAR_5, SUITE, World, connection
from tests.unit.web.asking import Client

TEXTS = texts_for("en")
LEAD = RecordKey(Module.LEADS, SugarId("a b/c"))
DETAIL = "index.php?module="
USER = RecordKey(Module.USERS, SugarId("1"))


def run(*parts: ModuleRun, status: RunStatus = RunStatus.RUNNING, seconds: float = 10) -> Run:
    started = NOW - timedelta(seconds=seconds)
    return Run(FULL, ConnectionId("c"), RunId("r"), RunKind.FULL, "", started, parts, status=status)


def part(status: ModuleStatus, rows: int, expected: int | None) -> ModuleRun:
    return ModuleRun(Module.LEADS, status, rows=rows, expected=expected)


def test_rate_and_time_left_follow_from_what_was_read() -> None:
    reading = part(ModuleStatus.READING, 100, 300)
    view = run_view(run(reading, part(ModuleStatus.WAITING, 0, 100)), NOW)
    assert (view.rate, view.seconds_left, view.share) == (10, 30, 0.25)


def test_nothing_is_promised_before_all_is_counted_or_at_the_very_start() -> None:
    uncounted = run_view(run(part(ModuleStatus.READING, 100, None)), NOW)
    assert (uncounted.expected, uncounted.share, uncounted.seconds_left) == (None, None, None)
    young = run_view(run(part(ModuleStatus.READING, 5, 100), seconds=1), NOW)
    assert (young.rate, young.seconds_left) == (None, None)


def test_a_run_that_stopped_has_no_time_left_and_one_without_records_is_whole() -> None:
    stalled = run(part(ModuleStatus.READING, 50, 100), status=RunStatus.STALLED)
    assert run_view(stalled, NOW).seconds_left is None
    assert run_view(run(part(ModuleStatus.READING, 0, 0)), NOW).share == 1.0


def test_reading_more_than_was_counted_is_never_more_than_all() -> None:
    view = run_view(run(part(ModuleStatus.READING, 130, 100)), NOW)
    assert (view.expected, view.share, view.seconds_left) == (130, 1.0, 0)


def test_the_rate_is_that_of_the_time_worked() -> None:
    worked = replace(run(part(ModuleStatus.READING, 100, 300), seconds=1000), worked_seconds=10)
    assert run_view(worked, NOW).rate == 10


def test_wishes_count_while_the_run_is_open() -> None:
    asks = Asks(cancel=True, again=True)
    view = run_view(run(part(ModuleStatus.READING, 1, 2)), NOW, asks)
    assert (view.cancelling, view.queued_again) == (True, True)
    ended = run_view(run(status=RunStatus.DONE), NOW, asks)
    assert (ended.cancelling, ended.queued_again) == (False, False)


@given(
    st.lists(
        st.builds(
            part,
            st.sampled_from(ModuleStatus),
            st.integers(0, 10**6),
            st.none() | st.integers(0, 10**6),
        ),
        max_size=5,
    ),
    st.sampled_from(RunStatus),
    st.floats(0, 10**5),
)
def test_figures_of_any_run_stay_in_their_bounds(
    parts: list[ModuleRun], status: RunStatus, seconds: float
) -> None:
    view = run_view(run(*parts, status=status, seconds=seconds), NOW)
    assert view.share is None or 0 <= view.share <= 1.000001
    assert view.expected is None or view.done <= view.expected
    assert view.seconds_left is None or view.seconds_left >= 0
    assert all(one.share is None or 0 <= one.share <= 1 for one in view.modules)


def test_freshness_reckons_with_sugars_clock() -> None:
    until = NOW - timedelta(minutes=5)
    ahead = replace(connection(FULL), synced_until={Module.LEADS: until}, clock_skew=60)
    by_module = {one.module: one for one in freshness(ahead, NOW)}
    assert by_module[Module.LEADS].age_seconds == 360
    assert by_module[Module.USERS].age_seconds is None


def test_a_module_that_is_left_out_is_not_pulled() -> None:
    found = freshness(replace(connection(FULL), modules=(Module.USERS,)), NOW)
    assert [one.module for one in found if one.pulled] == [Module.USERS]


@pytest.mark.parametrize(
    ("endpoint", "key", "url"),
    [
        (SUITE, LEAD, f"https://crm.nordwind.example/{DETAIL}Leads&action=DetailView&record=a%20b%2Fc"),
        (SUGAR_5, USER, f"http://sugar.lindqvist.example/{DETAIL}Users&action=DetailView&record=1"),
        (replace(SUGAR_5, version="7.9.4.0", dialect=Dialect.V4_1), LEAD,
         "http://sugar.lindqvist.example/#Leads/a%20b%2Fc"),
        (replace(SUGAR_5, version="13.0.2"), USER,
         "http://sugar.lindqvist.example/#bwc/index.php?module=Users&action=DetailView&record=1"),
        (replace(SUGAR_5, version="6.5.23"), USER,
         "http://sugar.lindqvist.example/index.php?module=Users&action=DetailView&record=1"),
        (replace(SUGAR_5, version=""), USER,
         "http://sugar.lindqvist.example/index.php?module=Users&action=DetailView&record=1"),
    ],
)  # fmt: skip
def test_a_record_opens_where_this_version_shows_it(endpoint, key, url) -> None:  # type: ignore[no-untyped-def]
    assert record_url(endpoint, key) == url


def test_the_report_puts_what_holds_up_most_first_and_counts_records_once(world: World) -> None:
    words = Words(TEXTS, NOW)
    report = error_report(world.app, FULL, words.explain)
    first = report.items[0]
    assert first.root.name == "Harbour & Sons Ltd."
    assert [(one.module, one.count) for one in first.counts] == [
        (Module.CONTACTS, 14),
        (Module.OPPORTUNITIES, 3),
    ]
    assert [one.code for one in first.own] == ["OwnerMissing"]
    assert report.total == 20


def test_pages_of_the_report_hold_each_group_once_and_whole(world: World) -> None:
    words = Words(TEXTS, NOW)
    seen, cursor = 0, ""
    while True:
        report = error_report(world.app, FULL, words.explain, cursor, limit=1)
        assert len(report.items) == 1
        assert all(group.cause and group.mend for group in report.items)
        seen += report.total
        cursor = report.cursor
        if not cursor:
            break
    assert seen == 20


def test_a_code_nobody_has_words_for_still_reads(world: World) -> None:
    error = replace(world.store.list_errors(FULL, 1).items[0], code="Strange", field="region_c")
    words = Words(TEXTS, NOW).explain(error)
    assert words.text == "This record could not sync (Strange)."
    assert "Region" in words.mend


def test_braces_in_a_value_are_only_text(world: World) -> None:
    error = replace(world.store.list_errors(FULL, 1).items[0], code="OwnerInactive", value="{root}")
    assert "{root}" in Words(TEXTS, NOW).explain(error).text


def test_a_new_password_that_works_is_used_once_and_ends_the_pause(world: World) -> None:
    job = request_new_password(world.app, REFUSED, "Ada", "new")
    ref = str(job.arguments["secret_ref"])
    before = world.store.connection(REFUSED)
    after = use_new_password(world.app, REFUSED, ref)
    assert before is not None
    assert after.pause is None
    assert after.credential_version == before.credential_version + 1
    assert use_new_password(world.app, REFUSED, ref) == after
    assert world.secrets.get(REFUSED, after.secret_ref).password == "new"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "just now"),
        (59, "59 seconds ago"),
        (119, "119 seconds ago"),
        (120, "2 minutes ago"),
        (7199, "119 minutes ago"),
        (7200, "2 hours ago"),
        (172800, "2 days ago"),
        (-5, "just now"),
    ],
)
def test_ages_read_as_people_say_them(seconds: float, text: str) -> None:
    assert Words(TEXTS, NOW).age(seconds) == text


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Anneliese Bergmann", "AB"), ("Ótta", "Ó"), ("", "·"), ("& Co", "C"), ("a b c", "AC")],
)
def test_initials_stand_for_a_name(name: str, initials: str) -> None:
    assert Words(TEXTS, NOW).initials(name) == initials


def test_moments_are_utc() -> None:
    assert Words(TEXTS, NOW).moment(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)) == (
        "2026-01-02 03:04 UTC"
    )


def test_the_page_of_filters_says_what_an_unknown_field_stops(admin: Client) -> None:
    shown = " ".join(admin.get("/setup/connection").text.split())
    assert (
        "A field that Sugar does not know is found by that sync and stops only its module." in shown
    )


@pytest.mark.parametrize(
    ("path", "field", "before", "after"),
    [
        ("accounts/a1", "employees", "0", "1"),
        ("opportunities/o1", "sales_stage", "Prospecting", "Negotiation/Review"),
        ("users/will", "status", "Active", "Inactive"),
    ],
)
def test_a_records_page_and_api_tell_its_history(
    admin: Client, path: str, field: str, before: str, after: str
) -> None:
    shown = admin.get(f"/app/{path}").text
    assert "by Sugar" in shown
    assert "read from Sugar" in shown
    assert "Kept for 13 months." in shown
    entry = admin.get(f"/api/app/{path}/history").json["items"][0]
    assert (entry["kind"], entry["side"], entry["by"]) == ("changed", "Sugar", "")
    change = {
        "field": field, "before": before, "after": after, "rule": "read from Sugar",
        "before_name": "", "after_name": "",
    }  # fmt: skip
    assert entry["changes"] == [change]


def test_a_long_history_goes_on_on_the_next_page(admin: Client) -> None:
    first = admin.get("/api/app/accounts/a1/history").json
    assert len(first["items"]) == 20
    rest = admin.get(f"/api/app/accounts/a1/history?cursor={first['cursor']}").json
    assert len(rest["items"]) == 5
    assert rest["cursor"] == ""
    page = admin.get("/app/accounts/a1").text
    assert "Next page" in page
    (place,) = re.findall(r"cursor=([^\"&]+)", page)
    assert "First page" in admin.get(f"/app/accounts/a1?cursor={place}").text


@pytest.mark.parametrize("what", ["accounts", "opportunities", "users"])
def test_the_history_of_what_was_never_here_is_not_found(admin: Client, what: str) -> None:
    assert admin.get(f"/api/app/{what}/never/history").status == 404
    assert admin.get(f"/app/{what}/never").status == 404


@pytest.mark.parametrize("rows", [MOST_OF_GROUP, MOST_OF_GROUP + 1, 2 * MOST_OF_GROUP + 3])
def test_a_cause_of_more_rows_than_a_page_reads_says_so_and_the_report_ends(
    world: World, rows: int
) -> None:
    filler = Filler(world.store, EMPTY, world.clock.now())
    for number in range(rows):
        filler.error(Module.CONTACTS, f"C {number}", "AccountHeld", "account_id", "x", "Last")
    words = Words(TEXTS, NOW)
    report = error_report(world.app, EMPTY, words.explain)
    (group,) = report.items
    assert report.cursor == ""
    assert len(group.blocked) == MOST_OF_GROUP
    assert group.more is (rows > MOST_OF_GROUP)


def test_the_version_that_a_suitecrm_answers_as_is_not_shown_as_its_own(
    admin: Client, world: World
) -> None:
    page = admin.get("/setup/connection").text
    assert 'SuiteCRM 7.14.6 <span class="muted">(its API answers as Sugar 6.5.25 CE)</span>' in page
    assert "does not tell its own version" not in page
    connection = world.store.connection(FULL)
    assert connection is not None
    untold = replace(connection.endpoint, own_version="")
    world.store.save_connection(replace(connection, endpoint=untold))
    page = admin.get("/setup/connection").text
    assert 'SuiteCRM <span class="muted">(answering as Sugar 6.5.25 CE)</span>' in page
    assert "does not tell its own version" in page
    german = admin.get("/setup/connection", accept_language="de").text
    assert "(antwortet als Sugar 6.5.25 CE)" in german


@pytest.mark.parametrize("page", ["accounts", "opportunities", "users"])
def test_the_hint_of_a_search_is_of_what_is_searched(admin: Client, page: str) -> None:
    text = admin.get(f"/app/{page}").text
    assert "Beginnings of words are enough" in text
    assert "Ann Miller" not in text
