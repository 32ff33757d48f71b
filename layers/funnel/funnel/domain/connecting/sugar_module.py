"""Which of the packages for Module Loader a Sugar takes, and what its people do with it."""

import re
from dataclasses import dataclass

CURL, OWN_CLIENT = "funnel-for-sugar.zip", "funnel-for-sugar-12.1.zip"
"""The packages: one sends by curl, one by Sugar's own client, which came with Sugar 12.1. From then
on Sugar's package scanner refuses curl."""

_SIDECAR = (7, 0)
_ALLOWED_FRAMES = (11, 0)
_OWN_CLIENT_SINCE = (12, 1)


@dataclass(frozen=True, slots=True)
class ModulePackage:
    """A package by its file's name.

    `is_sidecar` tells the dashlets of Sugar 7 and later from those before and of SuiteCRM;
    `allows_frames` that an admin of Sugar has to allow our host to be shown in a frame.
    """

    file_name: str
    is_sidecar: bool
    allows_frames: bool


def package_for(version: str) -> ModulePackage:
    """The package for the version a Sugar reports; SuiteCRM reports a 6.5."""
    found = re.match(r"(\d{1,4})(?:\.(\d{1,4}))?", version)
    numbers = (int(found[1]), int(found[2] or 0)) if found else (0, 0)
    name = OWN_CLIENT if numbers >= _OWN_CLIENT_SINCE else CURL
    return ModulePackage(name, numbers >= _SIDECAR, numbers >= _ALLOWED_FRAMES)
