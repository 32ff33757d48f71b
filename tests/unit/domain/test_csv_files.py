"""CSV files of all kinds, and what is guarded in those we write."""

import csv

import pytest

from funnel.domain import csv_files
from funnel.domain.csv_files import guarded, read_csv, unguarded, write_csv
from funnel.domain.errors import InputInvalid, TooLarge

TABLE = 'Name;E-Mail\r\nMüller, Ann;ann@x.test\r\n;;\r\n\r\n"Two\r\nlines";"say ""hi"""\r\n'


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_a_file_of_any_encoding_is_read_with_its_delimiter_found(encoding: str, named: str) -> None:
    file = read_csv(TABLE.encode(encoding))
    assert (file.encoding, file.delimiter) == (named, ";")
    assert file.header == ("Name", "E-Mail")
    assert [row.cells for row in file.rows] == [
        ("Müller, Ann", "ann@x.test"),
        ("Two\r\nlines", 'say "hi"'),
    ]
    assert [row.line for row in file.rows] == [2, 6], "lines are those of the file"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2", ","),
        ("a\tb\n1\t2", "\t"),
        ("a|b\n1,5|2", "|"),
        ("a\n1", ","),
        ("a;b\n1,2;3", ";"),
    ],
)
def test_the_delimiter_is_the_one_that_gives_each_row_as_many_cells(
    text: str, delimiter: str
) -> None:
    assert read_csv(text.encode()).delimiter == delimiter


@pytest.mark.parametrize("data", [b"", b"\n\n", b"only a header", b"a\0b\n1", b"\xff\xfe\x00"])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(InputInvalid) as refused:
        read_csv(data)
    assert refused.value.field == "file"


def test_too_much_is_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge, match="4 MB"):
        read_csv(b"a\n" + b"x" * 4_000_000)
    monkeypatch.setattr(csv_files, "MOST_ROWS", 2)
    with pytest.raises(TooLarge, match="2 rows"):
        read_csv(b"a\n1\n2\n3\n")
    with pytest.raises(InputInvalid, match="columns"):
        read_csv(b"a," * 300 + b"\n1,2\n")
    with pytest.raises(InputInvalid, match="columns"):
        read_csv(b"a,b\n" + b"," * 300 + b"x\n")


@pytest.mark.feature("D1")
@pytest.mark.parametrize(
    "data",
    [b"," * 3_999_000, b"a,b\n" * 999_000, b"a,b\n" + b",x" * 1_900_000, b" ;-" * 1_300_000],
)
def test_no_more_cells_are_looked_at_than_a_file_may_have(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Megabytes of separators are millions of cells: they would keep a function busy for its whole time."""
    looked, cell = [], csv_files._cell

    def counted(text: str) -> str:
        looked.append(text)
        return cell(text)

    monkeypatch.setattr(csv_files, "_cell", counted)
    with pytest.raises((TooLarge, InputInvalid)):
        read_csv(data)
    assert len(looked) <= 2 * (csv_files.MOST_ROWS + 2)


@pytest.mark.parametrize(
    "data", [b"a,b\n1,\x002\n", b"a,b\n" + b"x" * 3_900_000, b'a,b\n"' + b"x" * 3_900_000]
)
def test_a_line_of_megabytes_and_null_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InputInvalid):
        read_csv(data)


SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "before", ["", " ", "Ann;", "Ann; ", "Ann|", "Ann\t", "Ann\n", "Ann\r\n", ";;"]
)
@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
def test_no_spreadsheet_takes_a_cell_of_ours_for_a_formula(
    sign: str, before: str, separator: str
) -> None:
    """By whichever sign it cuts the lines: quotes count only where a cell begins by that sign too."""
    text = write_csv([("name", "x"), ("id", f"{before}{sign}1+1")])
    assert unguarded(guarded(f"{before}{sign}1+1")) == f"{before}{sign}1+1"
    for line in text.replace("\r", "\n").split("\n"):
        cells = next(csv.reader([line], delimiter=separator), [])
        for cell in (*cells, *line.split(separator)):
            assert not cell.lstrip(' "').startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20"))


@pytest.mark.parametrize("cell", ["+49 30 1", "=1+1", "@x", "-5", "plain", "'quoted'", ""])
def test_what_we_write_comes_back_as_it_was(cell: str) -> None:
    file = read_csv(write_csv([("a", "b"), (cell, "x")]).encode())
    assert file.rows[0].cells == (cell, "x")
    assert unguarded(guarded(cell)) == cell


def test_control_characters_in_cells_are_spaces() -> None:
    found = read_csv(b"email,name\na@x.test,\x02Ada\x07Ott\x1f\n")
    assert found.rows[0].cells == ("a@x.test", "Ada Ott")
