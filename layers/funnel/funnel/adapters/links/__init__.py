"""Links of emails, asked for over the public internet."""

from funnel.adapters.links.probe import HttpLinkProbe

__all__ = ["HttpLinkProbe"]
