"""Forms that marketers build: what is asked, and what happens with what is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from funnel.domain.campaigns import SyncPlan
from funnel.domain.emails import EmailId
from funnel.domain.hits import SiteKey
from funnel.domain.ids import ListId, TenantId

FormId = NewType("FormId", str)
"""Names a form to the world, as the key of a site does: it stands in the form's address."""


class Widget(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    LONG_TEXT = "long text"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    DATE = "date"
    URL = "web address"
    CHOICE = "choice"
    YES_NO = "yes or no"
    CONSENT = "consent"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. `name` is a standard or custom field of a person (`domain/fields.py`), or `email`.

    `preset` is what stands in it; with `from_query` the query parameter of this name of the form's
    address, where the page has one. Nothing is ever filled in from what is known of a visitor.
    """

    name: str
    label: str
    widget: Widget = Widget.TEXT
    required: bool = False
    hint: str = ""
    options: tuple[str, ...] = ()
    preset: str = ""
    from_query: str = ""


@dataclass(frozen=True, slots=True)
class FormActions:
    """What happens with each form that was sent, each once.

    `list_id` is a list made by hand. `notify` are addresses of the tenant's own people. With `confirm`
    the rest happens once the person followed the link of that email (double opt-in).
    """

    list_id: ListId = ListId("")
    notify: tuple[str, ...] = ()
    sync: SyncPlan | None = None
    confirm: EmailId = EmailId("")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a site, whose budget and domains are those of the form.

    After it was sent the page shows `thanks`, or goes to `redirect`, on a domain of the site only.
    """

    tenant: TenantId
    form_id: FormId
    site: SiteKey
    name: str
    fields: tuple[FormField, ...]
    created_at: datetime
    changed_at: datetime
    changed_by: str
    title: str = ""
    intro: str = ""
    button: str = ""
    thanks: str = ""
    redirect: str = ""
    actions: FormActions = FormActions()
    active: bool = True
    version: int = 0
