"""What README says of the demo is what the demo does."""

from pathlib import Path

from local.site.pages import html

README = Path("README.md").read_text("utf-8")


def test_the_answer_that_readme_names_stands_on_every_page_of_the_demo_site() -> None:
    assert "*Yes, you may*" in README
    for path in ("/", "/pricing", "/tour", "/contact", "/quote"):
        page = html(path, "", "", "<form></form>")
        assert '<button id="agree">Yes, you may</button>' in page
        assert "say yes, and your visit appears in Funnel" in page
        assert "Cookie settings" in page
