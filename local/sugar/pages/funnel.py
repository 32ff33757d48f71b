"""What Funnel's module adds to Sugar's pages: dashlet, record panel, tokens, its admin page.

The script is the module's own, and so is the token where there is a PHP.
"""

import json
from html import escape
from urllib.parse import quote

from local.sugar.company import Company
from local.sugar.funnel_module import Entered
from local.sugar.pages.html import page, text_input
from local.sugar.store.users import User
from local.sugar.tokens import PANELS, RECORD, SIGN_IN, mint
from local.sugar.web.http import HttpResponse
from scripts.sugar_module import files

FRAME_JS = "/custom/include/Funnel/frame.js"
RECORDS = ("Leads", "Contacts")
_TOKEN = "/index.php?module=Home&action=FunnelToken"
_OPEN = "/index.php?module=Home&action=FunnelOpen"
_SETTINGS = "/index.php?module=Administration&action=FunnelSettings"
_NOT_SET = (
    "<p>Funnel is not set up yet. An administrator enters its address and key under Admin.</p>"
)

Query = dict[str, str]


def script() -> HttpResponse:
    """The module's script."""
    return HttpResponse(200, files("curl")[FRAME_JS[1:]], "text/javascript; charset=UTF-8")


class FunnelPages:
    """The module in one Sugar."""

    def __init__(self, company: Company) -> None:
        self._company = company

    def dashlet(self, user: User) -> str:
        """Home's dashlet."""
        entered = self._company.entered
        if entered is None:
            return _NOT_SET + self._way_to_settings(user)
        frame = _frame(entered, "", _TOKEN, "FunnelVision Dashboard", 640)
        return (
            f"<section class=dashlet><div class=row><h2>FunnelVision Dashboard</h2>"
            f'<form method=post target=_blank action="{escape(_OPEN)}"><button>Open Funnel</button>'
            f"</form></div>{frame}</section>{self._way_to_settings(user)}"
        )

    def panel(self, module: str, record: str) -> str:
        """The panel on the page of a Lead or Contact."""
        entered = self._company.entered
        if entered is None or module not in RECORDS:
            return ""
        token = f"{_TOKEN}&funnel_module={module}&funnel_record={quote(record)}"
        frame = _frame(entered, "/record", token, "FunnelVision", 320)
        return f"<div class=funnel-record><h2>FunnelVision</h2>{frame}</div>"

    def token(self, user: User, method: str, asked: Query) -> HttpResponse:
        """A token for the user, or for a record that the user may see; null for what is refused."""
        entered, token = self._company.entered, None
        module, record = asked.get("funnel_module", ""), asked.get("funnel_record", "")
        if entered is not None and method == "POST":
            if not module:
                token = mint(entered, user.id, PANELS)
            elif self.may_see(user, module, record):
                token = mint(entered, user.id, RECORD, (module, record))
        body = json.dumps({"token": token}).encode()
        headers = [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
        return HttpResponse(200, body, "application/json; charset=UTF-8", headers)

    def may_see(self, user: User, module: str, record: str) -> bool:
        """Sugar's own check of a record."""
        values = self._company.get(module, record) if module in RECORDS else None
        target = self._company.module(module) if values is not None else None
        if values is None or target is None or not user.may(target, "view"):
            return False
        return not user.only_own(target, "view") or values.get("assigned_user_id") == user.id

    def open_funnel(self, user: User) -> HttpResponse:
        """The way into Funnel's own pages: a form with a one-use token that sends itself."""
        entered = self._company.entered
        if entered is None:
            return HttpResponse(200, page("Open Funnel", _NOT_SET, user=user.name))
        form = (
            f'<form id=funnel method=post action="{escape(entered.at("vision"))}/open">'
            f'<input type=hidden name=token value="{escape(mint(entered, user.id, SIGN_IN))}">'
            "<button>Open Funnel</button></form>"
            "<script>document.getElementById('funnel').submit()</script>"
        )
        headers = [("Cache-Control", "no-store"), ("Referrer-Policy", "origin")]
        return HttpResponse(200, page("Open Funnel", form, user=user.name), headers=headers)

    def settings(self, user: User, method: str, form: Query) -> HttpResponse:
        """Admin, Funnel: the address and the key, which is never shown."""
        if not user.admin:
            return HttpResponse(
                403, page("Funnel", "<p>Only administrators may.</p>", user=user.name)
            )
        note = ""
        if method == "POST":
            entered = Entered(form.get("address", "").strip(), form.get("key", "").strip())
            note = "Saved." if entered.is_whole else "Not saved: copy both as Funnel shows them."
            if entered.is_whole:
                self._company.enter_module(entered)
        kept = self._company.entered
        shown = (
            f'<form method=post action="{escape(_SETTINGS)}"><div class=grid>'
            f"{text_input('address', 'Address', kept.address if kept else '')}"
            f"{text_input('key', 'Key', '', kind='password')}</div>"
            "<div class=row><button>Save</button></div></form>"
            f"<p>{'A key is kept. It is not shown.' if kept else 'No key is kept yet.'}</p>"
        )
        return HttpResponse(200, page("Funnel", shown, user=user.name, note=note))

    def _way_to_settings(self, user: User) -> str:
        return f'<p><a href="{escape(_SETTINGS)}">Admin, Funnel</a></p>' if user.admin else ""


def _frame(entered: Entered, below: str, token: str, title: str, height: int) -> str:
    address = f"{entered.at('vision')}{below}"
    return (
        f'<iframe class=funnel-frame title="{title}" data-address="{escape(address)}"'
        f' data-origin="{escape(entered.origin)}" data-token="{escape(token)}"'
        ' data-loading="FunnelVision is loading..." data-late="FunnelVision did not come."'
        ' data-again="Try again"'
        f' style="width:100%;border:0;height:{height}px"></iframe><script src="{FRAME_JS}"></script>'
    )
