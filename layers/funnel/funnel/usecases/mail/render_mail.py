"""Make of mails what goes out: their links lead by us, and each is kept with where it leads."""

from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail.mail_addresses import wire_address
from funnel.domain.mail.mail_frame import (
    click_url,
    framed_html,
    framed_text,
    leave_url,
    tracking_html,
)
from funnel.domain.mail.mail_html import ascii_address, with_links
from funnel.domain.mail.mails import Mail, MailContent, TrackedLink, TrackedMail
from funnel.domain.mail.senders import MailSettings
from funnel.domain.tracking.signed_links import link_token, with_link_token
from funnel.domain.tracking.sites import Site, is_of_site
from funnel.ports.mailer import Outgoing
from funnel.usecases.app import App
from funnel.usecases.connecting.secret_names import links_name

SWITCH_OFF = "Switch this alert off"
LINKS_SIGNED_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """A mail as it goes out, and what its public addresses stand on."""

    outgoing: Outgoing
    tracked: TrackedMail


class MailRenderer:
    """Renders mails of one tenant; its sites and their keys are read once, and not for mail without links.

    May be repeated: the token is the mail's own, and the links have their numbers by their order.
    """

    def __init__(self, app: App, tenant: TenantId) -> None:
        self._app = app
        self._tenant = tenant
        self._sites: list[Site] | None = None
        self._keys: dict[str, str] = {}

    def render(self, mail: Mail, content: MailContent, settings: MailSettings) -> RenderedMail:
        """The mail as it goes out now."""
        app = self._app
        if mail.user and not mail.is_test:
            settings = replace(settings, unsubscribe_label=SWITCH_OFF)
        links: dict[str, TrackedLink] = {}
        own = f"{app.public_url}/m/"

        def address(target: str) -> str:
            if mail.user or target.startswith(own):
                return target
            if target not in links:
                signed = self._signed(mail.person_id, target)
                links[target] = TrackedLink(target, signed, content.written.get(target, ""))
            return click_url(app.public_url, mail.token, list(links).index(target) + 1)

        body = with_links(content.html, address)
        tracked = TrackedMail(
            mail.tenant,
            mail.mail_id,
            mail.token,
            app.clock.now(),
            mail.from_name,
            tuple(links.values()),
            bool(mail.user) and not mail.is_test,
            mail.asked_at + mail.kept_for,
            mail.is_test,
        )
        leave = leave_url(app.public_url, mail.token)
        tracking = "" if mail.user else tracking_html(app.public_url, mail.token)
        outgoing = Outgoing(
            mail.tenant,
            mail.mail_id,
            mail.attempt,
            mail.from_name,
            wire_address(mail.from_address),
            wire_address(mail.address),
            wire_address(mail.reply_to) if mail.reply_to else "",
            mail.subject,
            framed_html(body, mail.subject, settings, leave, tracking, content.page),
            framed_text(content.text, settings, leave),
            leave,
        )
        return RenderedMail(outgoing, tracked)

    def _signed(self, person_id: PersonId, target: str) -> str:
        """The address that says who opens it; "" for one that is on none of the sites."""
        if self._sites is None:
            self._sites = self._app.sites.sites(self._tenant)
        host = urlsplit(ascii_address(target)).hostname or ""
        site = next((one for one in self._sites if is_of_site(host, one.domains)), None)
        key = self._key(site) if site else ""
        if not key:
            return ""
        ends_at = self._app.clock.now() + LINKS_SIGNED_FOR
        return with_link_token(target, link_token(key, self._tenant, person_id, ends_at))

    def _key(self, site: Site) -> str:
        """What signs links to a site; "" for one whose key is gone: they work, and tell nothing."""
        if site.key not in self._keys:
            secrets = self._app.secrets
            try:
                found = secrets.get_key(
                    self._tenant, secrets.ref(self._tenant, links_name(site.key))
                )
            except NotFound:
                found = ""
            self._keys[site.key] = found
        return self._keys[site.key]
