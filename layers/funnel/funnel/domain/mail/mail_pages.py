"""What is around the words of a mail: the line an inbox shows, its style sheet, its background."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailPage:
    """How the page of a mail is made up.

    `preheader` is what an inbox shows behind the subject. `css` are rules for narrow screens and dark
    ones, cleaned (`domain/emails/css_rules.py`). `background` is a colour such as `#f4f5f3`; "" leaves the
    page as the mail program has it.
    """

    preheader: str = ""
    css: str = ""
    background: str = ""


PLAIN_PAGE = MailPage()
