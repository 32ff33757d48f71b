"""The pages: who is signed in, what was asked for, what was pressed."""

from urllib.parse import parse_qs, urlsplit

from local.sugar.company import Company
from local.sugar.pages.funnel import FRAME_JS, FunnelPages, script
from local.sugar.pages.html import TABS, address, page
from local.sugar.pages.views import (
    EDITED,
    deleted_view,
    detail_view,
    home_view,
    list_view,
    name_of,
    sign_in_view,
)
from local.sugar.soap.context import Sugar
from local.sugar.store.users import User, password_hash
from local.sugar.web.http import HttpRequest, HttpResponse

_COOKIE = "simulated_sugar"
_HOME = "/index.php?module=Home&action=index"
MEMBERS = ("leads", "contacts", "prospects")

Query = dict[str, str]


def _flat(text: str) -> Query:
    return {key: values[-1] for key, values in parse_qs(text, keep_blank_values=True).items()}


def _redirect(target: str, cookie: str = "") -> HttpResponse:
    headers = [("Location", target)]
    if cookie:
        headers.append(("Set-Cookie", cookie))
    return HttpResponse(303, headers=headers)


def _inside(target: str) -> str:
    """A place on this site; anything else becomes the first page."""
    return target if target.startswith("/index.php?") else _HOME


class Pages:
    """Answers what a person's browser asks."""

    def __init__(self, sugar: Sugar, company: Company) -> None:
        self._sugar = sugar
        self._company = company
        self._funnel = FunnelPages(company)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request for a page."""
        parts = urlsplit(request.target)
        if parts.path == FRAME_JS:
            return script()
        if parts.path not in ("/", "/index.php"):
            return HttpResponse(404, page("Not found", "<p>There is no such page.</p>"))
        query = _flat(parts.query)
        form = _flat(request.body.decode("utf-8", "replace")) if request.method == "POST" else {}
        if query.get("action") == "Authenticate":
            return self._authenticate(request, form)
        user = self._user(request)
        if user is None:
            target = request.target if parts.query else _HOME
            return HttpResponse(200, self._sign_in("", target))
        if query.get("action") == "Logout":
            self._sugar.sessions.close(self._session(request))
            return _redirect("/", f"{_COOKIE}=; Path=/; Max-Age=0")
        if query.get("action") == "SignInAs" and request.method == "POST":
            return self._open_session(form.get("user", ""), request, "")
        module = query.get("module", "Home")
        answer = self._by_module(user, module, request.method, {**query, **form})
        if answer is not None:
            return answer
        if module not in TABS:
            return HttpResponse(
                404, page("Not found", "<p>No such module here.</p>", user=user.name)
            )
        if request.method == "POST":
            return self._act(user, module, query, form)
        if query.get("record"):
            return self._detail(user, module, query)
        offset = int(query["offset"]) if query.get("offset", "").isdigit() else 0
        shown = list_view(self._company, module, query.get("q", ""), offset)
        return HttpResponse(200, page(module, shown, user=user.name, module=module))

    def _session(self, request: HttpRequest) -> str:
        for part in request.headers.get("cookie", "").split(";"):
            name, _, value = part.strip().partition("=")
            if name == _COOKIE:
                return value
        return ""

    def _user(self, request: HttpRequest) -> User | None:
        found = self._sugar.sessions.user_of(self._session(request), request.address)
        return self._sugar.users.get(found) if found else None

    def _sign_in(self, problem: str, target: str) -> bytes:
        """The sign-in page names the product; no endpoint of SuiteCRM tells it."""
        product = self._sugar.world.settings.product.brand
        return page(f"Sign in to {product}", sign_in_view(problem, target))

    def _authenticate(self, request: HttpRequest, form: Query) -> HttpResponse:
        given = password_hash(form.get("password", ""))
        with self._sugar.world.database:
            found = self._sugar.users.check(form.get("user_name", ""), given)
        if found is None:
            problem = "You must specify a valid username and password."
            return HttpResponse(401, self._sign_in(problem, form.get("next", _HOME)))
        return self._open_session(found, request, form.get("next", ""))

    def _open_session(self, user: str, request: HttpRequest, target: str) -> HttpResponse:
        """Go on as this user: after signing in, or, as no real Sugar lets one, by choosing."""
        session = self._sugar.sessions.open(user, request.address)
        cookie = f"{_COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax"
        return _redirect(_inside(target), cookie)

    def _by_module(self, user: User, module: str, method: str, asked: Query) -> HttpResponse | None:
        """Home, and what Funnel's module answers; None for all else."""
        action = asked.get("action")
        if module == "Administration" and action == "FunnelSettings":
            return self._funnel.settings(user, method, asked)
        if module != "Home":
            return None
        if action == "FunnelToken":
            return self._funnel.token(user, method, asked)
        if action == "FunnelOpen":
            return self._funnel.open_funnel(user)
        shown = home_view(self._company, self._funnel.dashlet(user), user.id)
        return HttpResponse(200, page("Home", shown, user=user.name, module="Home"))

    def _detail(self, user: User, module: str, query: Query) -> HttpResponse:
        record = query["record"]
        values = self._company.get(module, record)
        if values is not None:
            panel = self._funnel.panel(module, record)
            if panel and not self._funnel.may_see(user, module, record):
                panel = ""
            shown = detail_view(self._company, module, record, values, panel)
            note = {"saved": "Saved.", "restored": "Restored.", "converted": "Converted."}
            told = note.get(query.get("done", ""), "")
            title = name_of(values) or "(no name)"
            return HttpResponse(200, page(title, shown, user=user.name, module=module, note=told))
        if record in self._company.ids(module, deleted=1):
            shown = deleted_view(module, record)
            return HttpResponse(200, page("Deleted", shown, user=user.name, module=module))
        shown = "<p>There is no such record.</p>"
        return HttpResponse(404, page("Not found", shown, user=user.name, module=module))

    def _act(self, user: User, module: str, query: Query, form: Query) -> HttpResponse:
        record, action = query.get("record", ""), query.get("action")
        target = self._company.module(module)
        if not user.may(target, "delete" if action == "Delete" else "edit"):
            return HttpResponse(403, page("Not allowed", "<p>No right.</p>", user=user.name))
        here, company = address(module, record), self._company
        if action == "Save":
            values = {name: form[name] for name in EDITED[module] if name in form}
            company.update(module, record, values, by=user.id)
            return _redirect(f"{here}&done=saved")
        if action == "Delete" and module != "Users":
            company.delete(module, record, by=user.id)
            return _redirect(here)
        if action == "Restore":
            company.restore(module, record)
            return _redirect(f"{here}&done=restored")
        if action in ("Add", "Drop") and module == "ProspectLists":
            return self._member(action, record, {**query, **form})
        if action == "ConvertLead" and module == "Leads" and company.get("Leads", record):
            company.convert_lead(record, by=user.id)
            return _redirect(f"{here}&done=converted")
        return HttpResponse(404, page("Not found", "<p>No such action.</p>", user=user.name))

    def _member(self, action: str, target_list: str, asked: Query) -> HttpResponse:
        """Put a record on a Target List or take it off; no time of change moves, as in Sugar."""
        name, member = asked.get("link", ""), asked.get("member", "").strip()
        links = self._company.module("ProspectLists").link_by_name
        there = name in MEMBERS and self._company.get(links[name].module, member) is not None
        if not there:
            return HttpResponse(404, page("Not found", "<p>There is no such record.</p>"))
        change = self._company.link if action == "Add" else self._company.unlink
        change("ProspectLists", target_list, name, member)
        return _redirect(f"{address('ProspectLists', target_list)}&done=saved")
