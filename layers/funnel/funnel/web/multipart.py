"""Forms that carry files: `multipart/form-data`, as browsers send it."""

import re
from dataclasses import dataclass

from funnel.domain.errors import InputInvalid

_NAME = re.compile(rb'[;\s]name="([^"]*)"')
_FILE = re.compile(rb'[;\s]filename="([^"]*)"')
_MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One field. `file_name` is that of a file, None for what was typed."""

    name: str
    data: bytes
    file_name: str | None


def boundary_of(content_type: str) -> str:
    """What stands between the parts; "" where the form is of another kind."""
    kind, _, rest = content_type.partition(";")
    if kind.strip().lower() != "multipart/form-data":
        return ""
    found = re.search(r'boundary="?([^";]+)"?', rest)
    return found[1] if found else ""


def parts(body: bytes, boundary: str) -> list[Part]:
    """The fields of a form. Raises `InputInvalid` for what is none."""
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if len(pieces) < 3 or len(pieces) > _MOST_PARTS or not pieces[-1].startswith(b"--"):
        raise InputInvalid("This form could not be read.")
    return [_part(piece.removeprefix(b"\r\n")) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    head, _, data = piece.partition(b"\r\n\r\n")
    name, file = _NAME.search(head), _FILE.search(head)
    if name is None:
        raise InputInvalid("This form could not be read.")
    return Part(
        name[1].decode(errors="replace"),
        data,
        file[1].decode(errors="replace") if file else None,
    )
