"""Every page, and the company it is shown for."""

from dataclasses import dataclass

from funnel.domain.ids import TenantId
from tests.browser.companies import key_of
from tests.browser.emails import OFFER
from tests.browser.mails import TOKEN
from tests.browser.tracking import BLOG, SHOP
from tests.browser.world import EMPTY, FULL, REFUSED, RUNNING


@dataclass(frozen=True)
class PageToSee:
    """A page by name; `opens` is what is clicked first. A `state` is another view of a page."""

    name: str
    path: str
    tenant: TenantId | None
    opens: str = ""
    state: bool = False


PAGES = (
    PageToSee("sign-in", "/sign-in", None),
    PageToSee("sign-in-link", "/sign-in/link?token=abc", None, state=True),
    PageToSee("sign-in-sugar", f"/sign-in/{FULL}", None),
    PageToSee("sign-in-no-sugar", f"/sign-in/{EMPTY}", None, state=True),
    PageToSee("overview", "/app", FULL),
    PageToSee("overview-syncing", "/app", RUNNING, state=True),
    PageToSee("overview-paused", "/app", REFUSED, state=True),
    PageToSee("overview-empty", "/app", EMPTY, state=True),
    PageToSee("connect", "/setup/connect", EMPTY),
    PageToSee("test-running", "/setup/jobs/test-running", EMPTY, state=True),
    PageToSee("test-passed", "/setup/jobs/test-passed", EMPTY),
    PageToSee("test-missing", "/setup/jobs/test-missing", EMPTY, state=True),
    PageToSee("test-failed", "/setup/jobs/test-failed", EMPTY, state=True),
    PageToSee("connection", "/setup/connection", FULL, ".filter:has-text('Leads') summary"),
    PageToSee("connection-refused", "/setup/connection", REFUSED, state=True),
    PageToSee("hooks", "/setup/connection/hooks", FULL),
    PageToSee("hooks-none", "/setup/connection/hooks", REFUSED, state=True),
    PageToSee("compare", "/setup/sync/compare", FULL),
    PageToSee("compare-going", "/setup/sync/compare", RUNNING, state=True),
    PageToSee("compare-none", "/setup/sync/compare", REFUSED, state=True),
    PageToSee("preview", "/setup/sync/preview", FULL),
    PageToSee("preview-going", "/setup/sync/preview", RUNNING, state=True),
    PageToSee("preview-none", "/setup/sync/preview", REFUSED, state=True),
    PageToSee("sync", "/setup/sync", FULL),
    PageToSee("sync-running", "/setup/sync", RUNNING),
    PageToSee("errors", "/setup/errors", FULL, ".group summary"),
    PageToSee("errors-cause", "/setup/errors/cause?root=Accounts/0dcf1400", FULL),
    PageToSee("errors-filtered", "/setup/errors?q=crane&direction=pull", FULL, state=True),
    PageToSee("errors-empty", "/setup/errors", RUNNING, state=True),
    PageToSee("mappings", "/setup/mappings/Leads", FULL),
    PageToSee("mappings-new", "/setup/mappings/Accounts", REFUSED, state=True),
    PageToSee("mapping-preview", "/setup/mappings/Leads/jobs/preview", FULL),
    PageToSee("mapping-reading", "/setup/mappings/Leads/jobs/reading", FULL, state=True),
    PageToSee("people", "/app/people", FULL),
    PageToSee("people-no-match", "/app/people?q=zzz", FULL, state=True),
    PageToSee("people-filtered", "/app/people?q=berg&in_sugar=yes", FULL, state=True),
    PageToSee("people-empty", "/app/people", EMPTY, state=True),
    PageToSee("person-new", "/app/people/new", FULL),
    PageToSee("import-new", "/app/imports/new", FULL),
    PageToSee("import-look", "/app/imports/import-look", FULL),
    PageToSee("import-going", "/app/imports/import-going", FULL, state=True),
    PageToSee("import-done", "/app/imports/import-done", FULL),
    PageToSee("import-failed", "/app/imports/import-failed", FULL, state=True),
    PageToSee("export-done", "/app/exports/export-done", FULL),
    PageToSee("erase", "/app/people/anneliese/erase", FULL),
    PageToSee("erasure-done", "/app/erasures/erasure-done", FULL),
    PageToSee("erasures", "/app/erasures", FULL),
    PageToSee("erasures-none", "/app/erasures", RUNNING, state=True),
    PageToSee("person", "/app/people/anneliese", FULL, ".why summary"),
    PageToSee("person-activities", "/app/people/anneliese/activities", FULL),
    PageToSee("hosted-form", f"/f/{SHOP}", None),
    PageToSee("set-apart", "/app/people/anneliese/apart?link=Leads/shared-l", FULL),
    PageToSee("person-edit", "/app/people/anneliese/edit", FULL),
    PageToSee("push", "/app/people/anneliese/push", FULL),
    PageToSee("push-look", "/app/people/anneliese/push/look/look", FULL),
    PageToSee("push-done", "/app/people/anneliese/push/done", FULL, state=True),
    PageToSee("push-failed", "/app/people/anneliese/push/failed", FULL, state=True),
    PageToSee("push-waiting", "/app/people/anneliese/push/waiting", FULL, state=True),
    PageToSee("emails", "/app/emails", FULL),
    PageToSee("emails-none", "/app/emails", EMPTY, state=True),
    PageToSee("email", f"/app/emails/{OFFER}", FULL),
    PageToSee("email-new", "/app/emails/new", FULL, state=True),
    PageToSee("email-preview", f"/app/emails/{OFFER}/preview?person=anneliese", FULL),
    PageToSee("lists", "/app/lists", FULL),
    PageToSee("lists-retired", "/app/lists?show=retired", FULL, state=True),
    PageToSee("lists-empty", "/app/lists", EMPTY, state=True),
    PageToSee("list", "/app/lists/status-new", FULL),
    PageToSee("list-target", "/app/lists/fair", FULL, state=True),
    PageToSee("list-fields", "/setup/lists", FULL),
    PageToSee("mail", "/setup/mail", FULL),
    PageToSee("mail-empty", "/setup/mail", EMPTY, state=True),
    PageToSee("unsubscribe", f"/m/u/{TOKEN}", None),
    PageToSee("unsubscribe-gone", "/m/u/nothing", None, state=True),
    PageToSee("target-lists", "/app/target-lists", FULL),
    PageToSee("target-lists-empty", "/app/target-lists", REFUSED, state=True),
    PageToSee("target-lists-unconnected", "/app/target-lists", EMPTY, state=True),
    PageToSee("target-list", "/app/target-lists/fair", FULL),
    PageToSee("target-list-slow", "/app/target-lists/news", FULL, state=True),
    PageToSee("target-list-trouble", "/app/target-lists/gone", FULL, state=True),
    PageToSee("tracking", "/app/tracking", FULL),
    PageToSee("companies", "/app/companies", FULL),
    PageToSee("companies-one", f"/app/companies/{key_of('Harbour Cranes AS')}", FULL),
    PageToSee("companies-empty", "/app/companies", EMPTY, state=True),
    PageToSee("tracking-empty", "/app/tracking", EMPTY, state=True),
    PageToSee("tracking-site", f"/app/tracking/{SHOP}", FULL),
    PageToSee("tracking-over", f"/app/tracking/{BLOG}", FULL, state=True),
    PageToSee("person-score", "/app/people/person-0", FULL, state=True),
    PageToSee("scoring", "/app/scoring", FULL),
    PageToSee("scoring-working", "/app/scoring", RUNNING, state=True),
    PageToSee("scoring-no-rules", "/app/scoring", REFUSED, state=True),
    PageToSee("scoring-rule", "/app/scoring/rules/webinar", FULL),
    PageToSee("scoring-new", "/app/scoring/new", FULL, state=True),
    PageToSee("accounts", "/app/accounts", FULL),
    PageToSee("account", "/app/accounts/a1", FULL),
    PageToSee("account-out-of-date", "/app/accounts/a6", FULL, state=True),
    PageToSee("opportunities", "/app/opportunities", FULL),
    PageToSee("opportunity", "/app/opportunities/o1", FULL),
    PageToSee("users", "/app/users", FULL),
    PageToSee("user", "/app/users/will", FULL),
    PageToSee("not-found", "/app/people/nobody", FULL, state=True),
)
