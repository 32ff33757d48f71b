"""Numbers as the spreadsheets of a country write them, and which way the cells of a file tell."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from funnel.domain.crm import Value
from funnel.domain.errors import InputInvalid
from funnel.domain.mapping.fields import NUMBERS, FieldType
from funnel.domain.mapping.typed_values import typed


class NumberStyle(StrEnum):
    """How numbers are written: `1250.50` as we do, `1,250.50` with a point, `1.250,50` with a comma."""

    PLAIN = "plain"
    POINT = "point"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class NumberCells:
    """What cells tell of the style of their numbers.

    `likely` is the one that most of them fit that fit one only, null where they leave it open. `doubtful`
    is a cell of theirs that is another number in each, "" for none.
    """

    likely: NumberStyle | None
    doubtful: str = ""


WRITTEN = {NumberStyle.POINT: "1,250.50", NumberStyle.COMMA: "1.250,50"}
"""A number in each style that a spreadsheet has."""

_MOST_SHOWN = 40


def _pattern(point: str, group: str) -> re.Pattern[str]:
    """Groups also by spaces and apostrophes; never behind a zero, so that `0.125` is no 125."""
    grouped = rf"[1-9][0-9]{{0,2}}(?P<by>[{group} \u00a0\u2009\u202f'\u2019])[0-9]{{3}}(?:(?P=by)[0-9]{{3}})*"
    return re.compile(
        rf"(?P<sign>[-+\u2212]?)(?P<whole>{grouped}|[0-9]*)"
        rf"(?:[{point}](?P<after>[0-9]*))?(?P<power>[eE][-+]?[0-9]{{1,3}})?"
    )


_PATTERNS = {NumberStyle.POINT: _pattern(".", ","), NumberStyle.COMMA: _pattern(",", ".")}


def typed_written(kind: FieldType, name: str, text: str, style: NumberStyle) -> Value:
    """What is `typed`, its numbers written in this style. Raises `InputInvalid`, naming the field."""
    if kind not in NUMBERS or style is NumberStyle.PLAIN:
        return typed(kind, name, text)
    number = _plain(kind, text, style)
    if number is not None:
        return typed(kind, name, number)
    shown, written = text[:_MOST_SHOWN], WRITTEN[style]
    if kind is FieldType.INTEGER:
        raise InputInvalid(
            f"“{shown}” is no whole number written as “{written[:-3]}”; write it so, without a unit, or "
            "choose the other way for this file.",
            field=name,
        )
    raise InputInvalid(
        f"“{shown}” is no number written as “{written}”; write it so, without a unit, or choose the "
        "other way for this file.",
        field=name,
    )


def told_by(cells: Iterable[tuple[FieldType, str]]) -> NumberCells | None:
    """What cells tell of their style, each with the number that it is to be; None where all styles are one."""
    fitting: Counter[NumberStyle] = Counter()
    doubtful, differs = "", False
    for kind, cell in cells:
        if cell.isdigit():
            continue
        point, comma = (_reading(kind, cell, style) for style in _PATTERNS)
        if point is None and comma is None:
            continue
        differs = differs or {point, comma} != {cell}
        if point is None or comma is None:
            fitting[NumberStyle.COMMA if point is None else NumberStyle.POINT] += 1
        elif point != comma:
            doubtful = doubtful or cell
    if not differs:
        return None
    points, commas = fitting[NumberStyle.POINT], fitting[NumberStyle.COMMA]
    if points == commas:
        return NumberCells(None, doubtful)
    return NumberCells(NumberStyle.POINT if points > commas else NumberStyle.COMMA)


def is_written_number(text: str) -> bool:
    """Whether it is a number in any style."""
    return any(_reading(FieldType.DECIMAL, text, style) is not None for style in _PATTERNS)


def _reading(kind: FieldType, text: str, style: NumberStyle) -> str | None:
    """The number as we write it; None for what no field takes in this style, one too large too."""
    number = _plain(kind, text, style)
    try:
        return None if number is None or typed(kind, "", number) is None else number
    except InputInvalid:
        return None


def _plain(kind: FieldType, text: str, style: NumberStyle) -> str | None:
    """The number as we write it; None for what is none in this style.

    Of a whole number, `,0` and `,00` are left out, which spreadsheets add; `,000` can be thousands.
    """
    found = _PATTERNS[style].fullmatch(text)
    if found is None:
        return None
    sign, after, power = found["sign"].replace("\u2212", "-"), found["after"] or "", found["power"]
    whole = found["whole"].replace(found["by"], "") if found["by"] else found["whole"]
    if not whole and not after:
        return None
    if kind is FieldType.INTEGER:
        is_whole = whole and not power and len(after) <= 2 and not after.strip("0")
        return f"{sign}{whole}" if is_whole else None
    return f"{sign}{whole}{'.' if after else ''}{after}{power or ''}"
