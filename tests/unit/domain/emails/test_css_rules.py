"""Style sheets that marketers bring: what goes into the tags, what stays a sheet, and what is left out."""

import pytest

from funnel.domain.emails.css_rules import parted, sheet_of
from funnel.domain.errors import InputInvalid

PHONE = "@media only screen and (max-width: 600px) { .col { width: 100% !important } }"


def test_plain_rules_and_those_for_screens_are_parted() -> None:
    sheet = sheet_of(f"h1 {{ color: #c00; font-size: 20px }} /* note */ {PHONE}")
    assert sheet.plain == "h1{color:#c00;font-size:20px}"
    assert sheet.kept == ("@media only screen and (max-width: 600px){.col{width:100% !important}}")
    assert sheet.removed == ()
    assert sheet_of(str(sheet)) == sheet


@pytest.mark.parametrize(
    ("css", "gone"),
    [
        ("@import url(https://x.test/a.css);", "@import"),
        ("p { background: url(https://x.test/a.png) }", "background:"),
        ("p { width: expression(alert(1)) }", "width:"),
        ("p { position: fixed }", "position:"),
        (
            "p { color: red; } </style><script>x</script> a { color: red }",
            "</style><script>x</script> a",
        ),
        ("@font-face { src: url(x) }", "@font-face"),
        ("@media print { .a { color: red } }", "@media"),
        ("@media (max-width: 600px) { a { display: none } }", "a"),
        ("@media (max-width: 600px) { .a a { display: none } }", ".a a"),
        ("p { color: re\\64 }", "color:"),
        ("p { font-family: 'Arial }", "font-family:"),
    ],
)
def test_what_loads_hides_or_breaks_out_is_left_out_and_said(css: str, gone: str) -> None:
    sheet = sheet_of(css)
    assert gone in sheet.removed
    for sign in ("url(", "expression", "<", "@import", "@font-face", "\\", "position"):
        assert sign not in str(sheet)


def test_a_sheet_that_does_not_end_is_read_to_its_end() -> None:
    assert sheet_of("p { color: red").plain == "p{color:red}"
    assert sheet_of("@media (max-width: 9px) { .a { color: red ").kept.endswith("{.a{color:red}}")
    assert str(sheet_of("}}}{{{;;;")) == ""


def test_the_colour_of_the_page_is_that_of_its_body() -> None:
    assert sheet_of("body { background: #eee }").background == "#eee"
    assert sheet_of("html, body { background-color: #FAFAFA; color: #111 }").background == "#FAFAFA"
    assert sheet_of("p { background-color: #eee }").background == ""


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(InputInvalid, match="KB"):
        sheet_of("p{color:red}" * 5_000)
    with pytest.raises(InputInvalid, match="rules"):
        sheet_of("a{color:red}" * 1_001)


def test_style_sheets_are_taken_out_of_a_page() -> None:
    page = "<head><style>\n a{color:red}</style></head><p>Hi</p><STYLE media=x>b{}</STYLE ><i>x</i>"
    html, css = parted(page)
    assert html == "<head></head><p>Hi</p><i>x</i>"
    assert css == "\n a{color:red}\nb{}"
    assert parted("<p>style</p>") == ("<p>style</p>", "")
    assert parted("<p>a</p><style>a{}")[0] == "<p>a</p>"
