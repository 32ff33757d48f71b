"""The script that follows visitors, with the settings of a site before it."""

import json
from functools import cache
from pathlib import Path

from funnel.domain.tracking.sites import ConsentMode, Site

_SOURCE = Path(__file__).parent / "static/track.js"


def script_of(site: Site) -> str:
    """The script as a page of the site loads it. It knows where it came from by itself."""
    settings = {
        "domains": site.domains,
        "ask": site.consent is ConsentMode.ASK,
        "dnt": site.honour_do_not_track,
    }
    return f"{{const settings={json.dumps(settings, separators=(',', ':'))};\n{_script()}}}\n"


@cache
def _script() -> str:
    """Without indentation and lines of comment, which are a fifth of it."""
    lines = (line.strip() for line in _SOURCE.read_text().splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
