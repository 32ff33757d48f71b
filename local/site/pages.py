"""The pages of the demo site."""

from html import escape

STYLE = """
:root { color-scheme: light dark; font: 17px/1.6 Georgia, serif; }
body { margin: 0 auto; max-width: 42rem; padding: 1.5rem; }
header, footer { display: flex; gap: 1.2rem; flex-wrap: wrap; align-items: baseline; }
header { border-bottom: 1px solid; padding-bottom: .6rem; }
header strong { font-size: 1.2rem; margin-right: auto; }
label { display: block; margin: .8rem 0; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem; }
button { font: inherit; padding: .4rem 1rem; cursor: pointer; }
#banner { position: fixed; inset: auto 0 0 0; padding: 1rem 1.5rem; background: Canvas;
  border-top: 4px solid #0b7a9c; box-shadow: 0 -4px 24px #0005; display: flex; gap: 1rem; align-items: center; flex-wrap: wrap; }
#banner[hidden] { display: none; }
#banner p { margin: 0; flex: 1 1 16rem; }
footer { margin-top: 3rem; font-size: .8rem; }
"""

SCRIPT = """
// Calls made before the script is there wait for it.
window.funnel = window.funnel || ((...call) => (window.funnel.q = window.funnel.q || []).push(call));
const banner = document.getElementById("banner");
const answered = () => /(?:^|; )_fnl=/.test(document.cookie);
banner.hidden = answered();
const say = (agreed) => { window.funnel("consent", agreed); banner.hidden = true; };
document.getElementById("agree").addEventListener("click", () => say(true));
document.getElementById("refuse").addEventListener("click", () => say(false));
document.getElementById("ask").addEventListener("click", () => { banner.hidden = false; });
const tour = document.getElementById("tour");
if (tour) {
  // A part of the page that changes without loading another, as single-page apps do.
  const show = () => {
    const step = Number(new URLSearchParams(location.search).get("step") || 1);
    document.title = `Tour, step ${step}`;
    tour.textContent = `Step ${step} of 3`;
  };
  document.getElementById("on").addEventListener("click", () => {
    const step = Number(new URLSearchParams(location.search).get("step") || 1);
    history.pushState(null, "", `/tour?step=${step % 3 + 1}`);
    show();
  });
  window.addEventListener("popstate", show);
  show();
}
const news = document.querySelector("form[data-funnel]");
if (news) news.addEventListener("submit", (event) => {
  event.preventDefault();
  news.replaceWith("Thank you, we will write soon.");
});
"""

FORM = """<form data-funnel="Newsletter" action="#">
<label>Email address <input type="email" name="email" required autocomplete="off"></label>
<label>First name <input name="first_name" autocomplete="off"></label>
<label>Last name <input name="last_name" autocomplete="off"></label>
<button>Send me the newsletter</button></form>"""

PAGES = {
    "/": (
        "Freight that arrives",
        """<p>Fjordline moves what others will not touch: turbines, yachts, the odd whale.</p>
<p><a href="/pricing">See what it costs</a> or <a href="/tour">take the tour</a>.</p>""",
    ),
    "/pricing": (
        "Pricing",
        """<p>Small loads from 90 a day, large ones by the ton. Whales on request.</p>
<p><a href="/contact">Talk to us</a></p>""",
    ),
    "/tour": ("Tour", '<p id="tour"></p><p><button id="on">Next step</button></p>'),
    "/contact": ("Contact", f"<p>News of the harbour, once a month.</p>{FORM}"),
}

WHOLE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/site.css">
{snippet}
<script src="/site.js" defer></script></head><body>
<header><strong>Fjordline</strong><a href="/">Home</a><a href="/pricing">Pricing</a>
<a href="/tour">Tour</a>{quote}<a href="/contact">Contact</a></header>
<main><h1>{title}</h1>{body}{form}</main>
<footer><span>A demo site: visitors who said yes appear in Funnel.</span>
<button id="ask">Cookie settings</button></footer>
<div id="banner" role="region" aria-label="Cookies" hidden>
<p><strong>May we remember what you look at?</strong><br>
This is a demo: say yes, and your visit appears in Funnel.</p>
<button id="agree">Yes, you may</button><button id="refuse">No</button></div>
</body></html>
"""


def html(path: str, snippet: str, form_address: str, embedded: str = "") -> str:
    """A page, "" if there is none."""
    known = {**PAGES, "/quote": ("Ask for a quote", embedded)} if embedded else PAGES
    if path not in known:
        return ""
    title, body = known[path]
    link = f'<p>Or use <a href="{escape(form_address)}">the form we rent</a>.</p>'
    return WHOLE.format(
        title=title,
        body=body,
        snippet=snippet,
        form=link if path == "/contact" else "",
        quote='<a href="/quote">Ask for a quote</a>' if embedded else "",
    )
