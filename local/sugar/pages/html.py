"""The frame of every page, and small parts of HTML."""

from collections.abc import Iterable
from html import escape

#: Home and the modules with a list of their own, in the order of the tabs.
TABS = (
    "Home",
    "Leads",
    "Contacts",
    "Accounts",
    "Opportunities",
    "Campaigns",
    "ProspectLists",
    "Prospects",
    "Users",
)

#: What people see in place of a module's own name.
CALLED = {"ProspectLists": "Target Lists", "Prospects": "Targets"}

_STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--link:#0b5cad;--go:#0b5cad;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--link:#8ab8f0;--go:#3d76b8;--bad:#f2958d}}
*{box-sizing:border-box}
body{margin:0;font:15px/1.45 system-ui,sans-serif;background:Canvas;color:CanvasText}
header{display:flex;flex-wrap:wrap;gap:.3rem 1rem;align-items:center;padding:.6rem 1rem;
border-bottom:3px solid #c0392b}
header b{font-size:1.05rem}header nav{display:flex;flex-wrap:wrap;gap:.2rem .9rem}
header form{margin-left:auto}main{max-width:72rem;margin:0 auto;padding:1rem}
h1{font-size:1.35rem;margin:.2rem 0 1rem}h2{font-size:1.05rem;margin:1.6rem 0 .5rem}
a{color:var(--link)}nav a[aria-current]{font-weight:700;text-decoration:none}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;white-space:nowrap}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:.7rem}
label{display:block;font-size:.85rem}label span{display:block;margin-bottom:.15rem}
input,select,textarea,button{font:inherit;padding:.4rem .5rem;border:1px solid var(--line);
border-radius:.35rem;background:Field;color:FieldText;max-width:100%}
label input:not([type=checkbox]),label select,label textarea{width:100%}
button{background:var(--go);color:#fff;border-color:transparent;cursor:pointer}
button.bad{background:none;color:var(--bad);border-color:currentColor}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.row{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:.8rem 0}
.note{padding:.6rem .8rem;background:var(--soft);border-left:4px solid var(--go);margin:0 0 1rem}
.dashlet{border:1px solid var(--line);border-radius:.35rem;padding:.2rem .8rem .8rem}
.dashlet .row{justify-content:space-between;align-items:center;margin:.2rem 0 .6rem}
.dashlet h2,.funnel-record h2{margin:0}.funnel-record{margin:1.2rem 0}
.bad-note{border-left-color:var(--bad)}small{opacity:.75}
"""


def page(title: str, body: str, *, user: str = "", module: str = "", note: str = "") -> bytes:
    """A whole page; `user` is who is signed in, `module` the tab it belongs to."""
    tabs = "".join(
        f'<a href="/index.php?module={name}&amp;action=index"'
        f"{' aria-current=page' if name == module else ''}>{CALLED.get(name, name)}</a>"
        for name in TABS
    )
    signed_in = (
        f"<nav aria-label=Modules>{tabs}</nav><form method=post action='/index.php?module=Users"
        f"&amp;action=Logout'>{escape(user)} <button>Sign out</button></form>"
        if user
        else ""
    )
    told = f"<p class=note role=status>{escape(note)}</p>" if note else ""
    return (
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width,initial-scale=1'>"
        f"<title>{escape(title)} - Sugar (simulated)</title><style>{_STYLE}</style></head>"
        f"<body><header><b>Sugar (simulated)</b>{signed_in}</header>"
        f"<main><h1>{escape(title)}</h1>{told}{body}</main></body></html>"
    ).encode()


def link(module: str, record: str, text: str) -> str:
    """A link to a record's page, at the address a real Sugar has for it."""
    shown = escape(text or "(no name)")
    return f'<a href="{escape(address(module, record))}">{shown}</a>'


def address(module: str, record: str) -> str:
    """The address of a record's page."""
    return f"/index.php?module={module}&action=DetailView&record={record}"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; its cells are HTML already."""
    head = "".join(f"<th scope=col>{escape(one)}</th>" for one in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f"<div class=wide><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def text_input(name: str, label: str, value: str, *, kind: str = "text") -> str:
    """A labelled line of text."""
    return (
        f"<label><span>{escape(label)}</span>"
        f'<input type={kind} name="{name}" value="{escape(value)}"></label>'
    )


def choice(name: str, label: str, value: str, options: Iterable[tuple[str, str]]) -> str:
    """A labelled list to choose from; a value that is not among them is kept as one more."""
    known = list(options)
    if value not in [key for key, _ in known]:
        known.insert(0, (value, value))
    items = "".join(
        f'<option value="{escape(key)}"{" selected" if key == value else ""}>{escape(shown)}</option>'
        for key, shown in known
    )
    return f'<label><span>{escape(label)}</span><select name="{name}">{items}</select></label>'


def button(label: str, address_: str, *, bad: bool = False) -> str:
    """A button that posts to an address."""
    kind = " class=bad" if bad else ""
    return f'<form method=post action="{escape(address_)}"><button{kind}>{escape(label)}</button></form>'
