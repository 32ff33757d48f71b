"""How the numbers of a file are written, by what its columns hold."""

from collections.abc import Mapping, Sequence

from funnel.domain.csv_files import Row
from funnel.domain.mapping.fields import NUMBERS, FieldType
from funnel.domain.mapping.written_numbers import NumberCells, is_written_number, told_by


def number_cells(
    rows: Sequence[Row], columns: Sequence[str], known: Mapping[str, FieldType]
) -> NumberCells | None:
    """What the columns that are numbers tell; None where the style makes no difference to any.

    Where they leave it open, columns that are left out and hold nothing but numbers tell: one of them
    may be chosen yet. Only cells of columns that are numbers are in doubt.
    """
    if NUMBERS.isdisjoint(known.values()):
        return None
    width = max((len(row.cells) for row in rows), default=0)
    fields = (*columns, *[""] * (width - len(columns)))[:width]
    numbers = [(at, known[name]) for at, name in enumerate(fields) if known.get(name) in NUMBERS]
    chosen = told_by((kind, cell) for at, kind in numbers for cell in _cells(rows, at))
    if chosen and chosen.likely:
        return chosen
    left_out = [_cells(rows, at) for at, name in enumerate(fields) if not name]
    others = told_by(
        (FieldType.DECIMAL, cell)
        for cells in left_out
        if all(map(is_written_number, cells))
        for cell in cells
    )
    if others:
        return NumberCells(others.likely, chosen.doubtful if chosen else "")
    return chosen


def _cells(rows: Sequence[Row], at: int) -> list[str]:
    """What stands in a column."""
    return [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]]
