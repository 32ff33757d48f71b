"""Woken by the push queue: write to Sugar what is due. Its messages are taken as the pull's are."""

from pull.app import handler

__all__ = ["handler"]
