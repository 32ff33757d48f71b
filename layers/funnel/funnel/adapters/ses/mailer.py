"""Mail through SES, version 2 of its API. A mail is handed over by one request, which is not repeated."""

from email.utils import formataddr
from typing import Any

from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
)
from botocore.session import get_session

from funnel.adapters.effects import EFFECTS
from funnel.domain.errors import MailBusy, MailRefused, MailUnclear, NotAllowed
from funnel.domain.ids import TenantId
from funnel.domain.mail.senders import DomainState
from funnel.ports.mailer import Outgoing

OWNER_TAG = "funnel-tenant"
"""Of a domain: whose it is. Domains are the account's, so that without it tenants could take another's."""

_NEVER_REACHED = (EndpointConnectionError, ConnectTimeoutError)
_LATER = {
    "TooManyRequestsException": "it is asked too fast",
    "ThrottlingException": "it is asked too fast",
    "LimitExceededException": "the day's limit of mails is used up",
    "SendingPausedException": "sending is paused for this account",
    "AccountSuspendedException": "the account may not send just now",
}
_NEVER = {
    "MessageRejected": "The mail service does not send this: {text}",
    "MailFromDomainNotVerifiedException": "The sender's domain is not verified with the mail service.",
    "BadRequestException": "The mail service does not take this mail: {text}",
    "NotFoundException": "The mail service is not set up for this: {text}",
}


class SesMailer:
    """`Mailer` by SES. `configuration` names the set whose events come back to us.

    `client` is for `sesv2`; without one it is made when it is first needed.
    """

    def __init__(self, configuration: str, client: Any = None) -> None:
        self._configuration = configuration
        self._made = client

    def send(self, outgoing: Outgoing) -> str:
        """Send it, once; SES's id of the message."""
        # What makes MIME is loaded with the first mail: most doors send none.
        from funnel.adapters.ses.mime import mime_of

        try:
            data = mime_of(outgoing)
        except ValueError as error:
            raise MailRefused("An address or name in this mail cannot stand in a mail.") from error
        tags = {
            "mail": outgoing.mail_id,
            "tenant": outgoing.tenant,
            "attempt": str(outgoing.attempt),
        }
        try:
            reply = self._client.send_email(
                FromEmailAddress=formataddr((outgoing.from_name, outgoing.from_address)),
                Destination={"ToAddresses": [outgoing.to_address]},
                Content={"Raw": {"Data": data}},
                EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
                ConfigurationSetName=self._configuration,
            )
        except _NEVER_REACHED as error:
            raise MailBusy("The mail service was not reached.") from error
        except ClientError as error:
            raise _failure(error) from error
        except BotoCoreError as error:
            raise MailUnclear("The mail service did not answer.") from error
        return str(reply["MessageId"])

    def domain(self, domain: str) -> DomainState | None:
        """What SES says of a domain."""
        found = self._identity(domain)
        return None if found is None else _state(domain, found)

    def add_domain(self, tenant: TenantId, domain: str) -> DomainState:
        """Make the domain known to SES as the tenant's."""
        found = self._identity(domain)
        if found is None:
            try:
                self._client.create_email_identity(
                    EmailIdentity=domain, Tags=[{"Key": OWNER_TAG, "Value": tenant}]
                )
            except ClientError as error:
                if _code(error) != "AlreadyExistsException":
                    raise MailBusy(f"The mail service did not add it: {_code(error)}.") from error
            except BotoCoreError as error:
                raise MailBusy("The mail service does not answer.") from error
            found = self._identity(domain)
        tags = {one["Key"]: one["Value"] for one in (found or {}).get("Tags", [])}
        if found is None or tags.get(OWNER_TAG) != tenant:
            raise NotAllowed(
                "This domain is set up for somebody else already.",
                mend="Ask whoever runs this Funnel to hand it over to you.",
            )
        return _state(domain, found)

    def _identity(self, domain: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = self._client.get_email_identity(EmailIdentity=domain)
        except ClientError as error:
            if _code(error) == "NotFoundException":
                return None
            raise MailBusy(f"The mail service did not say: {_code(error)}.") from error
        except BotoCoreError as error:
            raise MailBusy("The mail service does not answer.") from error
        return found

    @property
    def _client(self) -> Any:
        if self._made is None:
            # One try: a request whose answer was lost may have sent the mail.
            config = Config(connect_timeout=3, read_timeout=20, retries={"total_max_attempts": 1})
            self._made = EFFECTS.watch(get_session().create_client("sesv2", config=config))
        return self._made


def _failure(error: ClientError) -> MailBusy | MailRefused | MailUnclear:
    """What SES said, by whether it can have sent the mail: who refuses has not."""
    code, text = _code(error), str(error.response["Error"].get("Message", ""))[:300]
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    if code in _LATER:
        return MailBusy(f"The mail service waits: {_LATER[code]}.")
    if code in _NEVER:
        return MailRefused(_NEVER[code].format(text=text))
    if status == 429:
        return MailBusy("The mail service waits: it is asked too fast.")
    if 400 <= status < 500:
        # Such as a right that we lack: to be mended by whoever runs this, and tried again then.
        return MailBusy(f"The mail service refuses us: {code}.")
    return MailUnclear(f"The mail service failed: {code or status}.")


def _state(domain: str, found: dict[str, Any]) -> DomainState:
    dkim = found.get("DkimAttributes") or {}
    records = tuple(
        (f"{token}._domainkey.{domain}", f"{token}.dkim.amazonses.com")
        for token in dkim.get("Tokens") or ()
    )
    status = str(found.get("VerificationStatus") or dkim.get("Status") or "")
    return DomainState(domain, bool(found.get("VerifiedForSendingStatus")), status, records)


def _code(error: ClientError) -> str:
    return str(error.response["Error"].get("Code", ""))
