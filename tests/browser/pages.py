"""Every page, and the company it is shown for."""

from dataclasses import dataclass

from funnel.domain.ids import TenantId
from tests.browser.world import EMPTY, FULL, REFUSED, RUNNING


@dataclass(frozen=True)
class PageToSee:
    """A page by name; `opens` is what is clicked first."""

    name: str
    path: str
    tenant: TenantId | None
    opens: str = ""


PAGES = (
    PageToSee("sign-in", "/sign-in", None),
    PageToSee("sign-in-link", "/sign-in/link?token=abc", None),
    PageToSee("overview", "/app", FULL),
    PageToSee("overview-syncing", "/app", RUNNING),
    PageToSee("overview-paused", "/app", REFUSED),
    PageToSee("overview-empty", "/app", EMPTY),
    PageToSee("connect", "/setup/connect", EMPTY),
    PageToSee("test-running", "/setup/jobs/test-running", EMPTY),
    PageToSee("test-passed", "/setup/jobs/test-passed", EMPTY),
    PageToSee("test-missing", "/setup/jobs/test-missing", EMPTY),
    PageToSee("test-failed", "/setup/jobs/test-failed", EMPTY),
    PageToSee("connection", "/setup/connection", FULL, ".filter:has-text('Leads') summary"),
    PageToSee("connection-refused", "/setup/connection", REFUSED),
    PageToSee("sync", "/setup/sync", FULL),
    PageToSee("sync-running", "/setup/sync", RUNNING),
    PageToSee("errors", "/setup/errors", FULL, ".group summary"),
    PageToSee("errors-empty", "/setup/errors", RUNNING),
    PageToSee("people", "/app/people", FULL),
    PageToSee("people-no-match", "/app/people?q=zzz", FULL),
    PageToSee("person", "/app/people/anneliese", FULL),
    PageToSee("accounts", "/app/accounts", FULL),
    PageToSee("account", "/app/accounts/a1", FULL),
    PageToSee("account-out-of-date", "/app/accounts/a6", FULL),
    PageToSee("opportunities", "/app/opportunities", FULL),
    PageToSee("opportunity", "/app/opportunities/o1", FULL),
    PageToSee("users", "/app/users", FULL),
    PageToSee("not-found", "/app/people/nobody", FULL),
)
