// Follows the visitor of a customer's site; `settings` are put before it when it is served.
// One cookie of the site's own, `_fnl`: who this browser is, or "no" where the visitor refused.
((win, doc) => {
  "use strict";
  const own = doc.currentScript.src.replace(/\/script\.js.*/, "");
  const hosted = own.replace(/c\/\w+$/, "f/");
  const shelf = "_fnl_forms";
  const queued = (win.funnel && win.funnel.q) || [];
  const names = ["email", "first_name", "last_name"];
  const refused = settings.dnt && (navigator.doNotTrack === "1" || navigator.globalPrivacyControl);
  let waiting = [], last = "", held = [];

  const random = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => (n + 256).toString(16).slice(1)).join("");

  const read = () => {
    const found = /(?:^|; )_fnl=(\w+)/.exec(doc.cookie);
    try { return (found && found[1]) || localStorage._fnl || ""; } catch { return found ? found[1] : ""; }
  };

  const keep = (value) => {
    const host = location.hostname;
    const domain = settings.domains.find((one) => host === one || host.endsWith("." + one));
    const wide = domain && domain.includes(".") && !/^[\d.]+$/.test(domain) ? ";domain=" + domain : "";
    const safe = location.protocol === "https:" ? ";secure" : "";
    doc.cookie = "_fnl=" + value + ";path=/;max-age=34128000;samesite=lax" + wide + safe;
    try { localStorage._fnl = value; } catch { /* the cookie is enough */ }
  };

  const isNo = () => refused || read() === "no";

  // The browser's name, made once the visitor may be followed; "" while that is not so.
  const browser = () => {
    let name = read();
    if (!name && !settings.ask) name = random();
    if (!name || isNo()) return "";
    keep(name);
    return name;
  };

  // Forms stay in the site's own storage until they are taken: what somebody typed is not to be lost.
  const kept = () => { try { return JSON.parse(localStorage[shelf] || "[]"); } catch { return held; } };
  const shelve = (forms) => {
    held = forms.slice(-20);
    try {
      if (held.length) localStorage[shelf] = JSON.stringify(held);
      else localStorage.removeItem(shelf);
    } catch { /* then they are kept as long as the page */ }
  };

  const post = (body, mode) => fetch(own, { method: "POST", body, keepalive: true, mode });
  const packed = (name, hits) => JSON.stringify({ browser: name, sent: Date.now(), hits });

  const deliver = () => {
    const now = Date.now(), name = browser();
    const fresh = kept().filter((one) => now - one.at < 864e5);
    const due = fresh.filter((one) => !(now - one.tried < 6e4)).slice(0, 3);
    if (!name || !due.length) return;
    due.forEach((one) => { one.tried = now; });
    shelve(fresh);
    const later = () => setTimeout(deliver, 66e4);
    const gone = () => { shelve(kept().filter((one) => !due.some((sent) => sent.id === one.id))); deliver(); };
    post(packed(name, due), "cors").then((answer) => {
      if (answer.status === 429 || answer.status > 499) later();
      else if (!answer.ok) gone();
      else answer.json().then((said) => (said.accepted ? gone() : later()));
    }).catch(later);
  };

  const send = () => {
    const name = browser();
    if (!name || !waiting.length) return;
    const forms = waiting.filter((one) => one.kind === "form");
    const hits = waiting.filter((one) => one.kind !== "form");
    waiting = [];
    if (hits.length) {
      const body = packed(name, hits);
      if (!navigator.sendBeacon || !navigator.sendBeacon(own, body)) post(body, "no-cors").catch(() => {});
    }
    if (forms.length) shelve(kept().concat(forms));
    deliver();
  };

  const hit = (kind, more) => {
    if (isNo()) return;
    const seen = { id: random(), kind, at: Date.now(), url: location.href, title: doc.title };
    waiting = waiting.slice(-19).concat({ ...seen, ...more });
    send();
  };

  const page = () => {
    const place = location.href.replace(/#(?![!/]).*/, "");
    if (place === last) return;
    hit("page view", { referrer: last || doc.referrer });
    last = place;
  };

  const form = (what, given) => {
    const fields = {};
    const sent = typeof what === "string" ? null : what;
    names.forEach((name) => {
      const input = sent && (sent.elements[name] || (name === "email" && sent.querySelector("[type=email]")));
      const value = sent ? input && input.value : given && given[name];
      if (value) fields[name] = String(value);
    });
    hit("form", { form: sent ? sent.dataset.funnel || sent.name || sent.id : what, fields });
  };

  const consent = (agreed) => {
    if (!agreed) { waiting = []; shelve([]); }
    if (!agreed) keep("no");
    else if (!refused && (isNo() || !read())) keep(random());
    send();
  };

  const commands = { page, form, consent };
  win.funnel = (what, ...rest) => commands[what] && commands[what](...rest);

  const start = () => {
    page();
    // A signed link is for whoever got the mail: its address is not to be passed on.
    const url = new URL(location.href);
    if (url.searchParams.has("fnl")) {
      url.searchParams.delete("fnl");
      history.replaceState(history.state, "", url);
      last = url.href.replace(/#(?![!/]).*/, "");
    }
    const soon = () => setTimeout(page, 50);
    ["pushState", "replaceState"].forEach((name) => {
      const before = history[name];
      history[name] = function (...rest) { before.apply(this, rest); soon(); };
    });
    win.addEventListener("popstate", soon);
    win.addEventListener("pageshow", (event) => { if (event.persisted) { last = ""; page(); } });
    doc.addEventListener("submit", (event) => {
      if (event.target.matches("[data-funnel]")) form(event.target);
    }, true);
    doc.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest("a");
      const name = link && link.href.startsWith(hosted) && browser();
      if (!name) return;
      const url = new URL(link.href);
      url.searchParams.set("browser", name);
      link.href = url;
    }, true);
    queued.forEach((one) => win.funnel(...one));
    deliver();
  };

  if (doc.prerendering) doc.addEventListener("prerenderingchange", start, { once: true });
  else start();
})(window, document);
