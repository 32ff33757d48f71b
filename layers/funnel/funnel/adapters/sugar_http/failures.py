"""What goes wrong below us, as our errors: network, TLS, HTTP, XML and zeep."""

import http.client
import ssl
import zlib

from funnel.domain.errors import (
    CertificateInvalid,
    FunnelError,
    SugarBusy,
    SugarReplyBroken,
    SugarUnavailable,
)

_LONGEST_WAIT = 86_400.0
_CERTIFICATE_MEND = "Have the server's certificate renewed, or issued for this host name."


def translate(error: Exception, host: str) -> FunnelError:
    """The one error of ours that this one is. `host` is named in the text.

    A programming error of our own is no failure of Sugar and is raised as it is.
    """
    match error:
        case FunnelError():
            return error
        case ssl.SSLCertVerificationError():
            why = getattr(error, "verify_message", "") or "it could not be verified"
            return CertificateInvalid(
                f"The certificate of “{host}” cannot be trusted: {why}.", mend=_CERTIFICATE_MEND
            )
        case TimeoutError():
            return SugarUnavailable(f"“{host}” did not answer in time.")
        case ssl.SSLError():
            return SugarUnavailable(f"No encrypted connection to “{host}” could be made.")
        case http.client.RemoteDisconnected():
            return SugarUnavailable(f"“{host}” closed the connection without an answer.")
        case ConnectionRefusedError():
            return SugarUnavailable(f"“{host}” refuses the connection.")
        case http.client.IncompleteRead():
            return SugarReplyBroken(f"The reply of “{host}” was cut off.")
        case http.client.HTTPException() | zlib.error():
            return SugarReplyBroken(f"“{host}” does not answer in proper HTTP.")
        case OSError():
            return _os_failure(error, host)
    return _library_failure(error, host)


def _os_failure(error: OSError, host: str) -> FunnelError:
    """Connections that fail or break, and what `requests` and zeep derive from `OSError`."""
    if isinstance(error, PermissionError | FileNotFoundError):
        raise error
    return SugarUnavailable(f"The connection to “{host}” failed.")


def _library_failure(error: Exception, host: str) -> FunnelError:
    family = type(error).__module__.partition(".")[0]
    if family in ("lxml", "zeep", "urllib3", "requests"):
        return SugarReplyBroken(f"“{host}” sent a reply that cannot be understood.")
    raise error


def http_failure(status: int, host: str, retry_after: str | None) -> FunnelError:
    """The error for a status that is neither success nor a SOAP fault; it waits a day at most."""
    if status in (429, 503):
        seconds = float(retry_after) if retry_after and retry_after.isdecimal() else 0.0
        seconds = min(seconds, _LONGEST_WAIT)
        return SugarBusy(f"“{host}” asks us to slow down (HTTP {status}).", retry_after=seconds)
    if status >= 500:
        return SugarUnavailable(f"“{host}” has a problem of its own (HTTP {status}).")
    return SugarReplyBroken(f"“{host}” answered with HTTP {status} instead of data.")
