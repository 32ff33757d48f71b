"""Drop the forms of somebody that were kept aside."""

from collections.abc import Collection

from funnel.domain.ids import TenantId
from funnel.domain.text import fold_email
from funnel.usecases.app import App

_PAGE = 500


def forget_aside(app: App, tenant: TenantId, emails: Collection[str]) -> None:
    """Drop the forms of these folded addresses, on whichever site."""
    for site in app.sites.sites(tenant) if emails else ():
        cursor = ""
        while True:
            page = app.sites.forms_aside(site, _PAGE, cursor)
            theirs = [
                one
                for one in page.items
                if any(fold_email(hit.fields.get("email", "")) in emails for hit in one.hits)
            ]
            app.sites.drop_aside(site, theirs)
            cursor = page.cursor
            if not cursor:
                break
