"""CSV files as spreadsheets write them: read whatever they call CSV, written so that they read it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from funnel.domain.errors import InputInvalid, TooLarge
from funnel.domain.text import as_text

MOST_BYTES = 4_000_000
"""A request of the API holds 6 MB, a third of which its form takes."""

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 200, 20_000

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DELIMITERS = (",", ";", "\t", "|")
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_FORMULA_STARTS = (*_SIGNS.replace("\\", ""), "\t", "\r", "\n")
_CUT = re.compile(rf"([;|\t\r\n] *)(?=[{_SIGNS}])")
_CUT_GUARDED = re.compile(rf"([;|\t\r\n] *)'(?=[{_SIGNS}])")
"""Where a spreadsheet that goes by another sign than the comma cuts a cell in two, so that the rest of
it would begin a cell of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file. `line` is where it ends in the file, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file that was read: its first row and the others, empty ones left out."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_csv(data: bytes) -> CsvFile:
    """The rows of a file, whatever its encoding (UTF-8, UTF-16 with a mark, else Windows-1252).

    Raises `TooLarge` for more bytes or rows than are taken, `InputInvalid` for what is no table.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge(
            f"The file has more than {MOST_BYTES // 1_000_000} MB.",
            mend="Cut it in several files.",
            field="file",
        )
    text, encoding = _decoded(data)
    if "\0" in text:
        raise InputInvalid("This is no CSV file.", mend=_SAVE_AS, field="file")
    delimiter = _delimiter(text)
    rows = list(islice(_rows(text, delimiter), MOST_ROWS + 2))
    if not rows:
        raise InputInvalid("The file is empty.", field="file")
    header, others = rows[0], tuple(rows[1:])
    if len(others) > MOST_ROWS:
        raise TooLarge(
            f"The file has more than {MOST_ROWS:,} rows.",
            mend="Cut it in several files.",
            field="file",
        )
    if not others:
        raise InputInvalid(
            "The file has one row only.",
            mend="Its first row has to name the columns.",
            field="file",
        )
    return CsvFile(encoding, delimiter, header.cells, others)


def write_csv(rows: Iterable[Sequence[str]], *, header: bool = True) -> str:
    """Rows as CSV text. Cells that a spreadsheet would take for formulas are guarded.

    `header` is whether the text begins a file: then it begins with a mark, by which spreadsheets
    know UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return ("\ufeff" if header else "") + out.getvalue()


def guarded(text: str) -> str:
    """Text that a spreadsheet takes as text, never as a formula.

    A leading apostrophe is what spreadsheets understand; leading blanks do not protect. Quotes do not
    either where a semicolon is what separates cells, as in much of Europe.
    """
    text = _CUT.sub(r"\1'", text)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """What was guarded, as it was: a file of ours that comes back is what it was."""
    if text.startswith("'") and guarded(text[1:]) == text:
        text = text[1:]
    return _CUT_GUARDED.sub(r"\1", text)


def _decoded(data: bytes) -> tuple[str, str]:
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    try:
        return data.decode(marked or "utf-8"), "UTF-16" if marked == "utf-16" else "UTF-8"
    except UnicodeDecodeError:
        if marked:
            raise InputInvalid("This is no CSV file.", mend=_SAVE_AS, field="file") from None
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the most columns, as many in each."""
    head = "".join(text.splitlines(keepends=True)[:20])

    def score(sign: str) -> tuple[bool, int]:
        try:
            widths = [
                len(cells) for cells in csv.reader(io.StringIO(head), delimiter=sign) if cells
            ]
        except csv.Error:
            return False, 0
        return len(set(widths)) == 1, widths[0] if widths else 0

    scores = {sign: score(sign) for sign in _DELIMITERS}
    several = {sign: found for sign, found in scores.items() if found[1] > 1}
    return max(several, key=lambda sign: several[sign]) if several else ","


def _rows(text: str, delimiter: str) -> Iterable[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                # Before any cell is looked at: there can be millions.
                raise InputInvalid(f"At most {MOST_COLUMNS} columns.", mend=_SAVE_AS, field="file")
            row = tuple(map(_cell, cells))
            if any(row):
                yield Row(reader.line_num, row)
    except csv.Error as error:
        raise InputInvalid(
            f"Line {reader.line_num} cannot be read: {error}.", mend=_SAVE_AS, field="file"
        ) from None


def _cell(text: str) -> str:
    if not text or (text.isascii() and text.isalnum()):
        return text[:LONGEST_CELL]
    return unguarded(as_text(text).strip())[:LONGEST_CELL]


_SAVE_AS = "Save it as CSV (UTF-8) and try again."
