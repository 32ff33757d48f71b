"""What keeps a page from being usable by everybody."""

from pathlib import Path

from playwright.sync_api import Frame, Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Frames of ours are looked at by themselves; into a sandboxed one axe cannot look.
    "iframes": False,
    # What is well is not told: of a long page that is megabytes.
    "resultTypes": ["violations"],
}
# Where something is, in the words of a selector, is asked only where something was found.
RUN = """async rules => {
    const first = await axe.run(document, {...rules, selectors: false});
    const found = first.violations.length ? await axe.run(document, rules) : first;
    return found.violations.flatMap(one => one.nodes.map(
        node => `${one.id}: ${node.target} ${node.failureSummary}`));
}"""


def problems(page: Page | Frame) -> list[str]:
    """What axe finds, once all of it is loaded."""
    page.wait_for_load_state()
    if not page.evaluate("typeof axe == 'object'"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN, RULES)
    return found
