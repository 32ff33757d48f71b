"""What a browser would send of a form that was drawn."""

from html.parser import HTMLParser


class _Controls(HTMLParser):
    """Collects the names and values of what is not a button."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._select = ""
        self._first: str | None = None
        self._chosen: str | None = None
        self._area = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        match tag:
            case "input" if told.get("type") != "checkbox" or "checked" in told:
                self._put(told.get("name", ""), told.get("value", ""))
            case "select":
                self._select, self._first, self._chosen = told.get("name", ""), None, None
            case "option":
                self._first = told["value"] if self._first is None else self._first
                self._chosen = told["value"] if "selected" in told else self._chosen
            case "textarea":
                self._area, self._text = told.get("name", ""), ""

    def handle_data(self, data: str) -> None:
        self._text += data if self._area else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._put(self._select, self._first or "" if self._chosen is None else self._chosen)
        if tag == "textarea":
            self._put(self._area, self._text.removeprefix("\n").replace("\n", "\r\n"))
            self._area = ""

    def _put(self, name: str, value: str) -> None:
        if name:
            self.sent.setdefault(name, []).append(value)


def sent_form(html: str) -> dict[str, list[str]]:
    """The fields by name, as they are before anybody types."""
    parser = _Controls()
    parser.feed(html)
    return parser.sent
