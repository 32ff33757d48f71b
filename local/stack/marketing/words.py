"""What the marketer of the demo company wrote, as the interface takes it."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

PRICES_SEEN, BUYERS, OPEN_DEALS = "prices", "buyers", "deals"
WELCOME, REMINDER, NEWS = "welcome", "reminder", "news"
PRICES, VISIT = "prices of ours", "visit"

SEGMENTS: Mapping[str, Json] = {
    OPEN_DEALS: {
        "name": "Open deals over 50,000",
        "description": "Somebody of ours negotiates with them: no offers to these.",
        "rule": {
            "match": "all",
            "parts": [
                {
                    "test": "field",
                    "field": "sales_stage",
                    "operator": "is",
                    "values": ["Proposal/Price Quote", "Negotiation/Review"],
                },
                {
                    "test": "field",
                    "field": "amount",
                    "operator": "is at least",
                    "values": ["50000"],
                },
            ],
        },
    },
    PRICES_SEEN: {
        "name": "Looked at the prices lately",
        "description": "At least twice in 30 days.",
        "rule": {
            "match": "all",
            "parts": [
                {
                    "test": "behaviour",
                    "kind": "page view",
                    "page": "/pricing*",
                    "least": 2,
                    "days": 30,
                }
            ],
        },
    },
    BUYERS: {
        "name": "Buyers in Germany, Austria and Switzerland",
        "description": "Who reads Harbour News.",
        "rule": {
            "match": "all",
            "parts": [
                {
                    "test": "field",
                    "field": "country",
                    "operator": "is",
                    "values": ["Germany", "Austria", "Switzerland"],
                },
                {"test": "field", "field": "consent", "operator": "is", "values": ["yes"]},
                {
                    "match": "any",
                    "parts": [
                        {
                            "test": "field",
                            "field": "title",
                            "operator": "is",
                            "values": ["Buyer", "Purchasing Manager", "Einkaufsleiterin"],
                        },
                        {
                            "test": "field",
                            "field": "department",
                            "operator": "is",
                            "values": ["Purchasing"],
                        },
                    ],
                },
            ],
        },
    },
}

FAIR = {"name": "Harbour Fair visitors", "description": "Who left a card, or asked for a quote."}

OVERLAY = {"name": "Interested in prices", "points": 15}

_LOOK = {
    "background": "#e9eef0",
    "surface": "#ffffff",
    "ink": "#1b2a30",
    "accent": "#0b5c7a",
    "width": 600,
    "font": "Georgia, 'Times New Roman', serif",
}


def emails(site: str) -> Mapping[str, Json]:
    """The emails; their links lead to the pages of the site."""
    return {
        WELCOME: {
            "name": "After the fair: how we would move it",
            "subject": "{{first_name|Hello}}, how we would move it",
            "preheader": "What it costs, and what we ask first.",
            "look": _LOOK,
            "blocks": [
                {"kind": "heading", "text": "Thank you for stopping by", "size": 1},
                {
                    "kind": "text",
                    "text": "<p>Dear {{first_name|friend of the harbour}},</p><p>you told us about a load"
                    " that others will not touch. We move turbines, yachts and, on request, whales.</p>",
                },
                {"kind": "button", "text": "See what it costs", "address": f"{site}/pricing"},
                {
                    "kind": "text",
                    "text": f'<p>Not sure yet? <a href="{site}/tour">Take the tour</a>: three steps,'
                    " no forms.</p>",
                },
                {"kind": "footer"},
            ],
        },
        REMINDER: {
            "name": "After the fair: reminder",
            "subject": "Is it still standing in your yard?",
            "preheader": "A crane has time for you next week.",
            "look": _LOOK,
            "blocks": [
                {"kind": "heading", "text": "A crane has time for you", "size": 2},
                {
                    "kind": "text",
                    "text": "<p>Dear {{first_name|friend of the harbour}},</p><p>our floating crane is"
                    " free next week. Tell us what is to be moved, and {{company|your company}} has a"
                    " quote within a day.</p>",
                },
                {"kind": "button", "text": "Ask for a quote", "address": f"{site}/quote"},
                {"kind": "footer"},
            ],
        },
        NEWS: {
            "name": "Harbour News",
            "subject": "Harbour News: the whale has arrived",
            "preheader": "And what turbines cost from next month.",
            "look": _LOOK,
            "blocks": [
                {"kind": "heading", "text": "The whale has arrived", "size": 1},
                {
                    "kind": "text",
                    "text": "<p>Dear {{first_name|reader}},</p><p>eleven days at sea, two cranes, one"
                    f' very patient whale. <a href="{site}/">Read how it went</a>.</p>',
                },
                {"kind": "divider"},
                {
                    "kind": "columns",
                    "text": f'<p><b>Turbines</b><br>New prices from next month. <a href="{site}/pricing">'
                    "See them</a>.</p>",
                    "right": f'<p><b>Yachts</b><br>Three steps from berth to berth. <a href="{site}/tour">'
                    "Take the tour</a>.</p>",
                },
                {"kind": "button", "text": "Ask for a quote", "address": f"{site}/quote"},
                {"kind": "footer"},
            ],
        },
        **sales_templates(site),
    }


def sales_templates(site: str) -> Mapping[str, Json]:
    """What reps begin with when they write to a prospect from Sugar."""
    return {
        PRICES: {
            "name": "You looked at our prices",
            "subject": "{{first_name|Hello}}, what it would cost",
            "look": _LOOK,
            "sales_template": True,
            "blocks": [
                {
                    "kind": "text",
                    "text": "<p>Dear {{first_name|reader}},</p><p>what {{company|your company}} has to"
                    " move decides what it costs: weight, height, and where it stands."
                    f' <a href="{site}/pricing">Our prices</a> say what to expect.</p>'
                    "<p>Tell me a little more, and I work it out for you today.</p>"
                    "<p>{{sender_name}}<br>{{sender_title}}</p>",
                },
                {"kind": "footer"},
            ],
        },
        VISIT: {
            "name": "May I call you?",
            "subject": "Ten minutes for {{company|your next load}}?",
            "look": _LOOK,
            "sales_template": True,
            "blocks": [
                {
                    "kind": "text",
                    "text": "<p>Dear {{first_name|reader}},</p><p>may I call you this week? Ten minutes"
                    f' are enough to say whether we can help. Until then <a href="{site}/tour">the'
                    " tour</a> shows how we work, in three steps.</p>"
                    "<p>{{sender_name}}<br>{{sender_phone}}</p>",
                },
                {"kind": "footer"},
            ],
        },
    }


FORM_NAME, CAMPAIGN_NAME = "Ask for a quote", "After the fair: from a card to a call"


def form(site_key: str, list_id: str) -> Json:
    """The form on the page of quotes; who sends it is put on the list."""
    return {
        "site": site_key,
        "name": FORM_NAME,
        "title": "What is to be moved?",
        "intro": "We answer within a day, with a price.",
        "button": "Ask for a quote",
        "thanks": "Thank you. Somebody who knows cranes will write to you.",
        "list_id": list_id,
        "fields": [
            {"name": "email", "label": "Email address", "widget": "email", "required": True},
            {"name": "first_name", "label": "First name"},
            {"name": "last_name", "label": "Last name", "required": True},
            {"name": "company", "label": "Company"},
            {"name": "phone_work", "label": "Phone", "widget": "phone"},
            {
                "name": "description",
                "label": "What is it, and how heavy?",
                "widget": "long text",
                "hint": "Whales: please in tons.",
            },
            {
                "name": "consent",
                "label": "Send me Harbour News, once a month",
                "widget": "consent",
            },
        ],
    }


ASKED_FOR_QUOTES = (
    ("mira.holm@kranbau-ost.example", "Mira", "Holm", "Kranbau Ost", "A tower crane, 84 tons."),
    ("theo.vance@windpark.example", "Theo", "Vance", "Windpark Nord", "Six blades, 71 metres each."),
    ("ilse.brandt@museum.example", "Ilse", "Brandt", "Sea Museum", "A whale, 5 tons. Stuffed."),
    ("pier.aalto@werft.example", "Pier", "Aalto", "Werft Aalto", "Two yachts, 40 tons together."),
)  # fmt: skip


def campaign(list_id: str, mails: Mapping[str, str]) -> Json:
    """The campaign that runs: mail, clicked?, then a call or a reminder.

    It waits minutes where a real one would wait days, so that people are seen to move.
    """
    return {
        "name": CAMPAIGN_NAME,
        "start": {"comes": "list", "list_id": list_id, "present": True},
        "first": "mail",
        "timezone": "Europe/Oslo",
        "sync": True,
        "steps": [
            _step("mail", "pause", kind="send", email=mails[WELCOME], name="How we would move it"),
            _step("pause", "clicked", kind="wait", minutes=1),
            _step(
                "clicked", "sugar", "reminder",
                kind="branch", asks="clicked", sent_at="mail", within_minutes=10,
            ),
            _step(
                "sugar", "talk",
                kind="sync", module="Leads", lead_source="Trade Show", task_kind="Call",
                task_subject="Asked at the Harbour Fair, and read our prices", task_days=1,
            ),
            _step("talk", "news", kind="wait", minutes=3 * 24 * 60, name="Three days for the call"),
            _step("news", kind="send", email=mails[NEWS], name="Harbour News"),
            _step("reminder", "second", kind="send", email=mails[REMINDER], name="Reminder"),
            _step(
                "second", "sugar", "end",
                kind="branch", asks="clicked", sent_at="reminder", within_minutes=5 * 24 * 60,
            ),
            _step("end", kind="end"),
        ],
    }  # fmt: skip


def _step(step_id: str, following: str = "", otherwise: str = "", **settings: Any) -> Json:
    return {"step_id": step_id, "settings": settings, "next": following, "otherwise": otherwise}
