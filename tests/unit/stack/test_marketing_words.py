"""What the demo's marketer writes is taken by the product, and reps have something to begin with."""

from dataclasses import replace

import pytest

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.emails.emails import templates_of
from funnel.domain.mail.merge_fields import fields_in
from funnel.usecases.emails.write_email import EmailWords, drafted_email
from funnel.web.jsonable import read
from local.stack.marketing.words import emails
from tests.browser.world import FULL, make_world

SITE = "http://127.0.0.1:8482"


@pytest.mark.parametrize("key", emails(SITE))
def test_every_email_of_the_demo_can_be_kept(key: str) -> None:
    app = replace(make_world().app, cleaner=Nh3Cleaner())
    email = drafted_email(app, FULL, read(EmailWords, emails(SITE)[key]))
    assert "first_name" in {name for one in templates_of(email) for name in fields_in(one)}


def test_two_are_sales_templates_signed_by_the_rep() -> None:
    offered = [one for one in emails(SITE).values() if one.get("sales_template")]
    assert len(offered) == 2
    for one in offered:
        assert "{{sender_name}}" in one["blocks"][0]["text"]
        assert [block["kind"] for block in one["blocks"]][-1] == "footer"
