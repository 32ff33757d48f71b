"""Which columns of a file tell how its numbers are written."""

from funnel.domain.csv_files import Row
from funnel.domain.mapping.fields import FieldType
from funnel.domain.mapping.written_numbers import NumberCells, NumberStyle
from funnel.domain.people.imported_numbers import number_cells

KNOWN = {"city": FieldType.TEXT, "budget": FieldType.MONEY, "seats": FieldType.INTEGER}


def told(columns: str, *rows: str) -> NumberCells | None:
    """Columns and rows with bars between their cells."""
    lines = [Row(line, tuple(row.split("|"))) for line, row in enumerate(rows, 2)]
    return number_cells(lines, columns.split("|"), KNOWN)


def test_columns_that_are_numbers_tell() -> None:
    comma, point = NumberCells(NumberStyle.COMMA), NumberCells(NumberStyle.POINT)
    assert told("city|budget", "1.5|1.250,50") == comma
    assert told("city|budget", "1,5|1.250.5", "|", "x", "|12.5") == point
    assert told("budget|seats", "1.250|1.250") == comma, "as a whole number it can only be one"


def test_where_they_leave_it_open_those_that_are_left_out_do_but_the_doubt_stays() -> None:
    assert told("budget|", "1.250|12,5") == NumberCells(NumberStyle.COMMA, "1.250")
    assert told("budget|", "1.250|12,5", "2.500|none") == NumberCells(None, "1.250")
    assert told("budget", "1.250|12,5") == NumberCells(NumberStyle.COMMA, "1.250"), "not named"


def test_one_that_may_be_chosen_yet_is_asked_about() -> None:
    assert told("city|", "Ulm|1.250") == NumberCells(None), "nothing is in doubt as yet"
    assert told("city|", "Ulm|030.123") == NumberCells(NumberStyle.POINT)


def test_nothing_is_asked_where_it_makes_no_difference() -> None:
    assert told("city|budget", "1.250|1250") is None
    assert told("city|", "1.250|1.250 EUR") is None
    assert number_cells([Row(2, ("1.250",))], [""], {"city": FieldType.TEXT}) is None
