"""Merge fields: `{{first_name}}`, or `{{first_name|there}}` with what stands in for an empty one.

No logic, no nesting, and one pass over the text, so that nobody's template can run or explode. The
name of a field that does not exist is an error when a template is saved, and never when it is sent.
"""

import re
from collections.abc import Callable, Collection, Mapping
from html import escape

from funnel.domain.errors import InputInvalid
from funnel.domain.mail.merge_links import FIELD, IN_ALL, IN_HTML, IN_TEXT, Places, in_address

LONGEST_TEMPLATE = 200_000
MOST_FIELDS = 200

_NAME = re.compile(r"[a-z][a-z0-9_.]*", re.ASCII)
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def fields_in(template: str) -> tuple[str, ...]:
    """The names of the fields in a template, each once, in their order."""
    return tuple(dict.fromkeys(found[1].strip() for found in FIELD.finditer(template)))


def checked_template(template: str, known: Collection[str], field: str) -> str:
    """The template. Raises `InputInvalid` for a field that does not exist or is not closed.

    `field` names the input of the error.
    """
    if len(template) > LONGEST_TEMPLATE:
        raise InputInvalid(f"At most {LONGEST_TEMPLATE} characters.", field=field)
    names = [found[1].strip() for found in FIELD.finditer(template)]
    if len(names) > MOST_FIELDS:
        raise InputInvalid(f"At most {MOST_FIELDS} merge fields.", field=field)
    for name in names:
        if not _NAME.fullmatch(name) or name not in known:
            raise InputInvalid(
                f"There is no merge field “{name[:60]}”.",
                mend=f"Use one of: {', '.join(sorted(known))}.",
                field=field,
            )
    rest = FIELD.sub("", template)
    if "{{" in rest or "}}" in rest:
        raise InputInvalid(
            "A merge field is not written as it should be.",
            mend="Write it as {{first_name}} or {{first_name|there}}.",
            field=field,
        )
    return template


def fill_text(template: str, values: Mapping[str, str]) -> str:
    """The template of a plain text with these values; in an address, encoded for where they stand."""
    return _filled(template, values, str, Places(template, IN_TEXT))


def fill_address(template: str, values: Mapping[str, str]) -> str:
    """The template of an address with these values, encoded for where they stand."""
    return _filled(template, values, str, Places(template, IN_ALL))


def fill_line(template: str, values: Mapping[str, str]) -> str:
    """The template of a subject: what is filled in begins no new line."""
    return _BREAKS.sub(" ", _filled(template, values, lambda value: _BREAKS.sub(" ", value)))


def fill_html(template: str, values: Mapping[str, str]) -> str:
    """The template of HTML: what is filled in is text in it, and nothing else; in an address, a part of it.

    What stands in for an empty value was written with the template, and is HTML as it is.
    """
    return _filled(template, values, escape, Places(template, IN_HTML))


def unfilled(template: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of a template that come to nothing with these values: no value, no fallback."""
    return tuple(
        dict.fromkeys(
            name
            for found in FIELD.finditer(template)
            if not values.get(name := found[1].strip(), "").strip() and found[2] is None
        )
    )


def without_fallback(template: str) -> tuple[str, ...]:
    """The fields of a template with nothing said to stand in for an empty one."""
    return unfilled(template, {})


def _filled(
    template: str,
    values: Mapping[str, str],
    shown: Callable[[str], str],
    places: Places | None = None,
) -> str:
    def value_of(found: re.Match[str]) -> str:
        name = found[1].strip()
        value = values.get(name, "").strip()
        if not value:
            return (found[2] or "").strip()
        before = places.before(found) if places else None
        if before is not None and value != f"{{{{{name}}}}}":
            # What stands for itself is filled in later, as a whole.
            value = in_address(before, value)
        return shown(value)

    return FIELD.sub(value_of, template)
