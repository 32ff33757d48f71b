"""Make of a mail what goes out: its links lead by us, and each is kept with where it leads."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from funnel.domain.errors import NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mail_addresses import wire_address
from funnel.domain.mail_frame import (
    click_url,
    framed_html,
    framed_text,
    leave_url,
    tracking_html,
)
from funnel.domain.mail_html import ascii_address, with_links
from funnel.domain.mails import Mail, TrackedLink, TrackedMail
from funnel.domain.senders import MailSettings
from funnel.domain.sites import Site, is_of_site
from funnel.ports.mailer import Outgoing
from funnel.usecases.app import App
from funnel.usecases.sign_links import signed_for

SWITCH_OFF = "Switch this alert off"
LINKS_SIGNED_FOR = timedelta(days=90)


def render_mail(app: App, mail: Mail, settings: MailSettings) -> Outgoing | None:
    """The mail as it goes out, after what its public addresses stand on was kept; None without content.

    May be repeated: the token is the mail's own, and the links have their numbers by their order.
    """
    if mail.user and not mail.is_test:
        settings = replace(settings, unsubscribe_label=SWITCH_OFF)
    content = app.mails.mail_content(mail.tenant, mail.mail_id)
    if content is None:
        return None
    signer = _Signer(app, mail.tenant, mail.person_id)
    links: dict[str, TrackedLink] = {}
    own = f"{app.public_url}/m/"

    def address(target: str) -> str:
        if mail.user or target.startswith(own):
            return target
        if target not in links:
            links[target] = TrackedLink(target, signer.signed(target))
        return click_url(app.public_url, mail.token, list(links).index(target) + 1)

    body = with_links(content.html, address)
    app.mails.save_tracked(
        TrackedMail(
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
    )
    leave = leave_url(app.public_url, mail.token)
    tracking = "" if mail.user else tracking_html(app.public_url, mail.token)
    return Outgoing(
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


class _Signer:
    """Signs links to the tenant's sites; reads the sites once, and not for mail without links."""

    def __init__(self, app: App, tenant: TenantId, person_id: PersonId) -> None:
        self._app = app
        self._tenant = tenant
        self._person_id = person_id
        self._sites: list[Site] | None = None

    def signed(self, target: str) -> str:
        """The address that says who opens it; "" for one that is on none of the sites."""
        if self._sites is None:
            self._sites = self._app.sites.sites(self._tenant)
        host = urlsplit(ascii_address(target)).hostname or ""
        site = next((one for one in self._sites if is_of_site(host, one.domains)), None)
        if site is None:
            return ""
        ends_at = self._app.clock.now() + LINKS_SIGNED_FOR
        try:
            return signed_for(self._app, site, self._person_id, target, ends_at)
        except NotFound:
            # A site whose key is gone: its links work, and tell nothing.
            return ""
