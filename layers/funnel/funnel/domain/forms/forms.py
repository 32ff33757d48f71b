"""Forms that marketers build: what is asked, and what happens with what is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from funnel.domain.campaigns.campaigns import SyncPlan
from funnel.domain.emails.emails import EmailId
from funnel.domain.forms.form_speech import ENGLISH
from funnel.domain.ids import ListId, TenantId
from funnel.domain.mapping.fields import FieldType
from funnel.domain.tracking.hit_reading import host_of
from funnel.domain.tracking.hits import SiteKey
from funnel.domain.tracking.sites import Site, is_of_site

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
    """One field. `name` is a standard or custom field of a person (`domain/mapping/fields.py`), `email`, or `consent`.

    `kind` is what the field of the person holds, as it was when the form was saved. `preset` is what stands in it; with `from_query` the query parameter of this name of the form's
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
    kind: FieldType = FieldType.TEXT


@dataclass(frozen=True, slots=True)
class FormActions:
    """What happens with each form that was sent, each once.

    `list_id` is a list made by hand. `notify` are users of Sugar by their ids, who get a mail each. With
    `confirm` the rest happens once the person followed the link of that email (double opt-in). The task
    of `sync` is due in `timezone`, an IANA name.
    """

    list_id: ListId = ListId("")
    notify: tuple[str, ...] = ()
    sync: SyncPlan | None = None
    confirm: EmailId = EmailId("")
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a site, whose budget and domains are those of the form.

    After it was sent the page shows `thanks`, or goes to `redirect`, on a domain of the site only.
    `language` is that of its words, and of what Funnel adds to them in mails.
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
    language: str = ENGLISH
    version: int = 0


EMAIL, CONSENT = "email", "consent"
"""Names of fields that are none of a person's: the address, and the box by which somebody agrees to mail."""

TRAP = "company_website"
"""A field that people do not see, and machines fill in."""

BROWSER, OPENED, FRAME = "browser", "opened", "frame"
"""What the address of a form, or the form itself, carries beside its fields."""

RESERVED = frozenset({TRAP, BROWSER, OPENED, FRAME, "sent", "fnl"})

SITE_FIELDS = (
    FormField(EMAIL, "Email address", Widget.EMAIL, required=True, kind=FieldType.EMAIL),
    FormField("first_name", "First name"),
    FormField("last_name", "Last name"),
)


def form_of_site(site: Site) -> Form:
    """The form that every site has, without anything that happens with it: its address is the site's key."""
    return Form(
        site.tenant,
        FormId(site.key),
        site.key,
        site.name,
        SITE_FIELDS,
        site.created_at,
        site.created_at,
        site.created_by,
        active=site.active,
    )


def is_of_site_alone(form: Form) -> bool:
    """Whether it is the one that a site has by itself."""
    return str(form.form_id) == str(form.site)


def goes_to(form: Form, site: Site) -> str:
    """Where whoever sent it is led; "" for the thanks of the form, or where that is none of the site's pages."""
    return form.redirect if is_own_page(form.redirect, site) else ""


def is_own_page(url: str, site: Site) -> bool:
    """Whether a web address is on a domain of the site."""
    # Browsers end the host at a backslash, where nobody else does.
    host = "" if "\\" in url or any(sign.isspace() for sign in url) else host_of(url)
    return bool(host) and is_of_site(host, site.domains)
