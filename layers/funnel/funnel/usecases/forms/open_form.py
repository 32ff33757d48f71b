"""The form at an address: one that a marketer built, or the one that every site has."""

from funnel.domain.errors import NotFound
from funnel.domain.forms.forms import Form, FormId, form_of_site
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import Site, is_site_key
from funnel.usecases.app import App


def open_form(app: App, key: str) -> tuple[Form, Site]:
    """The form that takes what is sent to it, and its site. Raises `NotFound`.

    `key` is the form's id or, for its own form, the key of a site.
    """
    if not is_site_key(key):
        raise _none()
    form = app.forms.form(FormId(key))
    site = app.sites.site(form.site if form else SiteKey(key))
    if site is None or not site.active or (form is not None and not form.active):
        raise _none()
    if form is not None and form.tenant != site.tenant:
        raise _none()
    return form or form_of_site(site), site


def _none() -> NotFound:
    return NotFound("There is no such form.")
