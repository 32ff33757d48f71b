"""What makes written HTML harmless."""

from funnel.adapters.html.cleaner import Nh3Cleaner

__all__ = ["Nh3Cleaner"]
