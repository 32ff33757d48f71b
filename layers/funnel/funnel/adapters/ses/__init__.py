"""Mail by SES."""

from funnel.adapters.ses.events import heard_from_event
from funnel.adapters.ses.mailer import SesMailer

__all__ = ["SesMailer", "heard_from_event"]
