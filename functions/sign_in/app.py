"""Woken by the sign-in queue: ask Sugar whether somebody may come in. Its messages are as jobs are."""

from jobs.app import handler

__all__ = ["handler"]
