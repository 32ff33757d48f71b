"""From typed values to the text Sugar stores."""

import re

from funnel.domain.crm import Value

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)Z", re.ASCII)


def as_text(value: Value) -> str:
    """A value as SOAP takes it: `Y-m-d H:i:s` in UTC, `0` and `1`, "" for what is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    text = str(value)
    moment = _MOMENT.fullmatch(text)
    return f"{moment[1]} {moment[2]}" if moment else text


def as_json(value: Value) -> Value | list[str]:
    """A value as REST takes it: moments with their offset, several choices as a list."""
    if not isinstance(value, str):
        return "" if value is None else value
    moment = _MOMENT.fullmatch(value)
    if moment:
        return f"{moment[1]}T{moment[2]}+00:00"
    if len(value) > 1 and value.startswith("^") and value.endswith("^"):
        return value.strip("^").split("^,^")
    return value
