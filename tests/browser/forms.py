"""Forms of the company, and what was sent by them."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from funnel.domain.campaigns.campaigns import OwnerChoice, OwnerRule, SyncPlan, TaskPlan
from funnel.domain.emails.emails import EmailId
from funnel.domain.forms.forms import Form, FormActions, FormField, FormId, Widget
from funnel.domain.forms.submissions import ActionState, FormAction, Outcome, Submission
from funnel.domain.ids import PersonId, SugarId, TenantId, WrittenModule
from funnel.domain.mapping.fields import FieldType
from funnel.domain.pushing.pushes import TaskKind
from tests.browser.tracking import BLOG, SHOP
from tests.fakes.store import MemoryStore

QUOTE = FormId("f0a30000000040008000000000000001")
NEWS = FormId("f0a30000000040008000000000000002")
OLD = FormId("f0a30000000040008000000000000003")

LINK = "1795509720000000.1-third.let-me-in"
"""What leads to the one that waits to be confirmed."""

_EMAIL = FormField("email", "Email address", Widget.EMAIL, required=True, kind=FieldType.EMAIL)


def fill_forms(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """One with everything, one that has its address confirmed, and one out of use."""
    task = TaskPlan(TaskKind.CALL, "Ask what they ship", 1, time(9))
    owner = OwnerChoice(OwnerRule.ROUND_ROBIN, (SugarId("u1"), SugarId("u2")))
    quote = Form(
        tenant, QUOTE, SHOP, "Quote",
        (
            _EMAIL,
            FormField("first_name", "First name"),
            FormField("last_name", "Last name", required=True),
            FormField("company", "Company", hint="As it stands on your letters"),
            FormField("phone_work", "Phone", Widget.PHONE, kind=FieldType.PHONE),
            FormField("custom_region", "Region", Widget.CHOICE, options=("North", "South"), kind=FieldType.CHOICE),
            FormField("description", "What do you want to ship?", Widget.LONG_TEXT),
            FormField("lead_source", "Campaign", Widget.HIDDEN, preset="Web Site", from_query="utm_campaign", kind=FieldType.CHOICE),
            FormField("consent", "Write to me about offers. I can take this back at any time.", Widget.CONSENT, kind=FieldType.YES_NO),
        ),
        now - timedelta(days=20), now - timedelta(hours=5), "Mo Sandberg",
        "Ask for a quote", "Tell us what you ship, and we call you within a day.", "Ask for a quote",
        "Thank you. We call you within a day.", "",
        FormActions(sync=SyncPlan(WrittenModule.LEADS, owner, "Web Site", task=task), timezone="Europe/Berlin"),
    )  # fmt: skip
    news = replace(
        quote, form_id=NEWS, site=BLOG, name="Newsletter <b>", fields=(_EMAIL, quote.fields[-1]),
        title="", intro="", actions=FormActions(confirm=EmailId("email-hello")), thanks="",
        redirect="https://blog.example/thanks", created_at=now - timedelta(days=3),
    )  # fmt: skip
    old = replace(news, form_id=OLD, name="Fair 2024", active=False, actions=FormActions())
    for form in (quote, news, old):
        store.save_form(form)
    for days, seen in enumerate((41, 77, 60)):
        for _ in range(seen):
            store.count_view(tenant, QUOTE, (now - timedelta(days=days)).date())
    for sub in _sent(tenant, now):
        store.add_submission(sub)


def _sent(tenant: TenantId, now: datetime) -> list[Submission]:
    done = ActionState.DONE
    at = now - timedelta(hours=2)
    fine = {
        FormAction.FIELDS: Outcome(done, "Filled: Company, Region. Kept as it was: Last name", at),
        FormAction.CONSENT: Outcome(done, "Kept with the words that were agreed to.", at),
        FormAction.SYNC: Outcome(done, "Asked for; the person's page says what became of it.", at),
        FormAction.CAMPAIGNS: Outcome(done, "Told to campaigns.", at),
    }
    wrong = Outcome(ActionState.FAILED, "There is no such list that people are put on by hand.", at)
    values = {
        "email": "anneliese@bergmann.example", "last_name": "Bergmann", "company": "Bergmann & Söhne",
        "custom_region": "North", "consent": "yes",
        "description": "Two cranes, 14 tons each.\nFrom Rotterdam to Oslo, in May.",
    }  # fmt: skip
    first = Submission(
        tenant, QUOTE, "1-first", at, PersonId("anneliese"), values["email"], values,
        "https://nordwind.example/offer", at, fine, agreed_to="Write to me",
    )  # fmt: skip
    second = replace(
        first, hit_id="1-second", at=at - timedelta(days=1), taken_at=at - timedelta(days=1),
        actions={**fine, FormAction.LIST: wrong},
    )  # fmt: skip
    waits = {one: Outcome(ActionState.WAITS) for one in (FormAction.FIELDS, FormAction.CAMPAIGNS)}
    asked = Outcome(done, "An email was asked for, with a link to confirm.", at)
    third = replace(
        first, form_id=NEWS, hit_id="1-third", token="let-me-in",
        values={"email": values["email"]}, actions={FormAction.CONFIRM: asked, **waits},
    )  # fmt: skip
    return [first, second, third]
