"""A mailbox on this machine: what the local SES was given to send, to be read and clicked."""

from local.mailbox.server import Mailbox

__all__ = ["Mailbox"]
