"""The links of an email as they stand in it, before merge fields are filled in: what clicks are counted by.

So the numbers of an email have a row for each of its links, and not one for each reader; and what is
known of a reader, who may be erased, stands in none of them.
"""

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

from funnel.domain.mail.mail_fields import FOOTER
from funnel.domain.mail.mail_html import LINKED, LONGEST_TARGET, Attributes, links_of
from funnel.domain.mail.merge_fields import fields_in, fill_address

OTHER = "other links"
"""What a link is counted by that stands nowhere in its email, such as one within a fallback."""


class WrittenLinks:
    """The links of an email's templates; read once for all of its readers."""

    def __init__(self, templates: Iterable[str]) -> None:
        reader = _Tags()
        for template in templates:
            reader.feed(template)
            reader.close()
            reader.reset()
        self._written = tuple(dict.fromkeys(reader.hrefs))
        self._vary = reader.vary

    def of(self, html: str, values: Mapping[str, str]) -> dict[str, str]:
        """By where a link of the filled email leads: how it stands in the email, if not in the same way.

        `html` is what the templates became with these values. Nothing, and nothing is read, where no
        merge field stands within a tag.
        """
        if not self._vary:
            return {}
        known: dict[str, str] = {}
        for written in self._written:
            known.setdefault(fill_address(written, values).strip(), written[:LONGEST_TARGET])
        found = {target: known.get(target, OTHER) for target in links_of(html)}
        return {target: written for target, written in found.items() if written != target}


class _Tags(HTMLParser):
    """Where links lead, and whether what a reader has may change that."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hrefs: list[str] = []
        self.vary = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in LINKED:
            self.hrefs += [value.strip() for name, value in attrs if name == "href" and value]
        self.vary |= bool(set(fields_in(self.get_starttag_text() or "")) - set(FOOTER))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
