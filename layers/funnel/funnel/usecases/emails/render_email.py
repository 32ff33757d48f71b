"""An email of the tenant for the people it goes to: filled in, made harmless, with its text part.

What broadcasts, campaigns, previews and tests send is made here, so that all of them are the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from funnel.domain.emails.block_html import button_row
from funnel.domain.emails.css_rules import sheet_of
from funnel.domain.emails.emails import Email, templates_of
from funnel.domain.ids import PersonId
from funnel.domain.mail.mail_fields import FOOTER, Sender
from funnel.domain.mail.mail_html import text_of
from funnel.domain.mail.mail_pages import MailPage
from funnel.domain.mail.mails import MailDraft
from funnel.domain.mail.merge_fields import fields_in, fill_line, fill_text, unfilled
from funnel.domain.mail.senders import MailSettings
from funnel.domain.mail.written_links import WrittenLinks
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.emails.compose_email import filled
from funnel.usecases.emails.merge_values import MergeValues, nobodys_values


@dataclass(frozen=True, slots=True)
class RenderedEmail:
    """An email as one person gets it, without the footer that every mail has.

    `missing` names the merge fields of which nothing is known, and for which nothing stands in.
    `written` says how links stand in the email (`MailDraft`).
    """

    subject: str
    html: str
    text: str
    page: MailPage
    missing: tuple[str, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)

    def draft(
        self, key: str, person_id: PersonId, address: str, about: Mapping[str, str]
    ) -> MailDraft:
        """The mail to be asked for under this key; it waits for what somebody waits for."""
        return MailDraft(
            key,
            person_id,
            address,
            self.subject,
            self.html,
            self.text,
            about=about,
            is_urgent=False,
            page=self.page,
            written=self.written,
        )


class EmailRenderer:
    """Makes one email for many people; what does not depend on them is made once."""

    def __init__(self, app: App, settings: MailSettings, email: Email) -> None:
        self._app = app
        self._email = compiled(app, email)
        self._page = email.page
        self._sender = Sender(settings.from_name, settings.from_address)
        self._templates = templates_of(self._email)
        self._links = WrittenLinks((self._email.header, self._email.body, self._email.footer))
        names = {name for one in self._templates for name in fields_in(one)}
        self._values = MergeValues(app, email.tenant, names)

    @property
    def email_name(self) -> str:
        """What the email is called: scoring rules and segments find what came of it by that."""
        return self._email.name

    def to_people(
        self, people: Sequence[Person], addresses: Mapping[PersonId, str] | None = None
    ) -> dict[PersonId, RenderedEmail]:
        """For each of them; `addresses` are where they are written to, if not at their first one.

        Two reads for all of them, and none where no merge field needs one.
        """
        found = self._values.of(people, self._sender, addresses or {})
        return {one.person_id: self._made(found[one.person_id]) for one in people}

    def to_person(self, person: Person, address: str = "") -> RenderedEmail:
        """For one."""
        addresses = {person.person_id: address} if address else {}
        return self.to_people([person], addresses)[person.person_id]

    def to_nobody(self) -> RenderedEmail:
        """For somebody of whom nothing is known."""
        return self._made(nobodys_values(self._sender))

    def to_address(self, address: str, label: str, link: str) -> RenderedEmail:
        """For whoever reads this address, of whom nothing else is proven; a button below the words leads on."""
        values = {**nobodys_values(self._sender), "email": address}
        button = button_row(label, link, self._email.look)
        return self._made(values, button, f"{label}:\n{link}")

    def _made(
        self, values: Mapping[str, str], button: str = "", in_text: str = ""
    ) -> RenderedEmail:
        ready = filled(self._app, self._email, values)
        words = ready.header + ready.body
        html = words + button + ready.footer
        preheader = fill_line(self._page.preheader, values).strip()
        own = fill_text(self._email.text, values)
        text = _joined(own or text_of(words), in_text, "" if own else text_of(ready.footer))
        gaps = [name for one in self._templates for name in unfilled(one, values)]
        return RenderedEmail(
            ready.subject,
            html,
            text,
            replace(self._page, preheader=preheader),
            tuple(name for name in dict.fromkeys(gaps) if name not in FOOTER),
            self._links.of(html, values),
        )


def _joined(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))


def rendered(
    app: App, settings: MailSettings, email: Email, person: Person, address: str = ""
) -> RenderedEmail:
    """One email for one person. For many, an `EmailRenderer` reads less."""
    return EmailRenderer(app, settings, email).to_person(person, address)


def compiled(app: App, email: Email) -> Email:
    """The email with its style sheet written into its tags, where it has one."""
    plain = sheet_of(email.css).plain if email.css else ""
    if not plain or email.blocks:
        return email
    if app.cleaner is None:
        raise RuntimeError("this door has no cleaner: it needs the mail layer")
    inlined = {name: getattr(email, name) for name in ("header", "body", "footer")}
    inlined = {name: app.cleaner.inlined(html, plain) for name, html in inlined.items() if html}
    return replace(email, **inlined)
