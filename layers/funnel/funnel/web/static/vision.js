// FunnelVision in a frame of Sugar: is handed a token by the page around it, fetches panels for it,
// and keeps them up to date while they can be seen. The token is kept in no storage and no address.
//
// Parts use it by attributes, and no script of their own:
//   data-open="path"  on a button: fetches the part at that path, below the page's own, into the
//                     drawer; with data-into="id" in place of that element
//   data-row          on a row: a click beside its links and buttons presses the first of the latter
//   data-send="path"  on a form: sends its fields there; the answer takes the form's place in the
//                     drawer, or that of data-into. Panels are fetched anew then.
//                     With data-problem="id" what stands in the way is said there, and what was
//                     typed stays. A button with data-send and data-into of its own sends there
//   data-script="url" on what has a script of its own: it is loaded, and its start is called with it
//                     and with a way to send a form
//   data-title="…"    in a part: the drawer's title
//   data-zone       in a part: takes the name of the browser's time zone
//   data-key="…"      on what can have the focus and has no id: keeps it when a panel is fetched anew
"use strict";
(() => {
  const EVERY = 60_000, PATIENCE = 10_000, CLICK_ROOM = 80, EDGE = 8;
  const get = (id) => document.getElementById(id);
  const page = get("vision");
  if (!page) return;
  const { base, panels: address, again } = page.dataset;
  const parents = page.dataset.parents.split(" ").filter(Boolean);
  const [note, panels, drawer, drawerBody] = ["vision-note", "vision-panels", "drawer", "drawer-body"].map(get);
  const drawn = new Map();
  let token = "", parent = "", links = "_top", etag = "", askedAt = 0, chosen = "", waiting = [], renewing;
  let busy = false, onceMore = false;

  // ------------------------------------------------------------------ the token, and the frame
  const tell = (message) => window.parent.postMessage(message, parent || "*");

  const please = () => new Promise((given) => {
    waiting.push(given);
    setTimeout(() => given(false), PATIENCE);
    tell({ funnel: "token please" });
  });

  const lifeOf = (text) => {
    try {
      const { exp, iat } = JSON.parse(atob(text.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
      return Number(exp - iat) * 1000 || EVERY;
    } catch {
      return EVERY;
    }
  };

  addEventListener("message", (event) => {
    const said = event.data;
    if (event.source !== window.parent || !parents.includes(event.origin)) return;
    if (!said || said.funnel !== "token" || typeof said.token !== "string") return;
    const first = !token;
    parent = event.origin;
    token = said.token;
    links = said.links === "tab" ? "_blank" : "_top";
    clearTimeout(renewing);
    const life = lifeOf(token);
    renewing = setTimeout(() => { if (!document.hidden) please(); }, Math.max(life - 60_000, life / 2));
    for (const given of waiting.splice(0)) given(true);
    if (first) refresh();
  });

  const height = () => {
    const shown = drawer.open ? drawer.offsetTop + drawer.scrollHeight + 2 * EDGE : 0;
    tell({ funnel: "height", px: Math.ceil(Math.max(document.body.offsetHeight, shown)) });
  };

  // ------------------------------------------------------------------------------- asking
  const filters = () => {
    const found = new URLSearchParams(get("vision-filters") ? new FormData(get("vision-filters")) : "");
    found.set("offset", String(-new Date().getTimezoneOffset()));
    return found;
  };

  const within = (path) => {
    const url = new URL(`${base}/${path}`, location.origin);
    for (const [name, value] of filters()) if (!url.searchParams.has(name)) url.searchParams.set(name, value);
    return url.pathname.startsWith(`${base}/`) ? url.pathname + url.search : base;
  };

  const once = (path, options) => fetch(path, {
    ...options, cache: "no-store", credentials: "omit",
    headers: {
      ...options.headers, Authorization: `Bearer ${token}`, "Accept-Language": page.dataset.language,
    },
  });

  const call = async (path, options = {}) => {
    const reply = await once(path, options);
    return reply.status === 401 && await please() ? once(path, options) : reply;
  };

  const htmlOf = async (reply) => {
    const ours = (reply.headers.get("content-type") || "").startsWith("text/html");
    if (reply.status >= 500 || !ours) throw new Error("lost");
    return reply.text();
  };

  // ------------------------------------------------------------------------------- showing
  const say = (name) => {
    for (const one of page.querySelectorAll(":scope > .loading")) one.remove();
    if (note.dataset.said === name) return;
    note.dataset.said = name;
    note.replaceChildren(...(name ? [get(`say-${name}`).content.cloneNode(true)] : []));
    if (name === "" || name === "outside") return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = again;
    button.addEventListener("click", async () => { if (token || await please()) refresh(); });
    note.firstElementChild.append(button);
  };

  const withoutTimes = (node) => {
    const copy = node.cloneNode(true);
    for (const one of copy.querySelectorAll("time")) one.textContent = "";
    return copy.innerHTML;
  };

  const isTyping = (node) => {
    const focus = document.activeElement;
    return node.contains(focus) && focus.matches("textarea, input:not([type=radio], [type=checkbox])");
  };

  // Puts new content into a place; what had the focus has it still, what was open or scrolled is so.
  const put = (place, children) => {
    const focus = place.contains(document.activeElement) ? document.activeElement : null;
    const open = [...place.querySelectorAll("details[open][id]")].map((one) => one.id);
    const scrolled = [...place.querySelectorAll("[id]")].filter((one) => one.scrollTop)
      .map((one) => [one.id, one.scrollTop]);
    place.replaceChildren(...children);
    for (const id of open) if (get(id)) get(id).open = true;
    for (const [id, top] of scrolled) if (get(id)) get(id).scrollTop = top;
    if (!focus) return;
    const same = focus.id ? get(focus.id)
      : focus.dataset.key && place.querySelector(`[data-key="${CSS.escape(focus.dataset.key)}"]`);
    if (same) same.focus({ preventScroll: true });
  };

  const show = (html) => {
    const found = new DOMParser().parseFromString(html, "text/html").body;
    let whole = true;
    for (const id of ["vision-head", "vision-tabs"]) {
      const part = found.querySelector(`[data-part="${id}"]`);
      const key = part ? part.innerHTML : "";
      if (drawn.get(id) !== key) put(get(id), part ? [...part.childNodes] : []);
      drawn.set(id, key);
    }
    const wanted = [...found.querySelectorAll(":scope > section.panel")];
    const rest = wanted.length ? [] : [...found.children].filter((one) => !one.dataset.part);
    for (const old of [...panels.children]) if (!wanted.some((one) => one.id === old.id)) old.remove();
    for (const one of wanted) {
      const old = get(one.id), key = withoutTimes(one);
      if (!old) panels.append(one);
      else if (drawn.get(one.id) !== key) {
        if (isTyping(old)) { whole = false; continue; }
        put(old, [...one.childNodes]);
      }
      drawn.set(one.id, key);
    }
    panels.append(...rest);
    arrange();
    times();
    return whole;
  };

  const refresh = async () => {
    if (busy) { onceMore = true; return; }
    busy = true;
    askedAt = Date.now();
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const reply = await call(`${address}?${filters()}`, { headers });
      if (reply.status !== 304) etag = show(await htmlOf(reply)) && reply.ok ? reply.headers.get("etag") : "";
      say("");
    } catch {
      say(drawn.size ? "lost" : "lost_at_first");
    }
    page.setAttribute("aria-busy", "false");
    busy = false;
    if (onceMore) { onceMore = false; refresh(); }
  };

  // ------------------------------------------------ tabs where there is room for one panel only
  const narrow = matchMedia("(max-width: 699px)");
  const arrange = () => {
    const tabs = [...document.querySelectorAll("[role=tab]")];
    if (!tabs.some((tab) => tab.dataset.panel === chosen)) chosen = tabs.length ? tabs[0].dataset.panel : "";
    page.classList.toggle("tabbed", narrow.matches && tabs.length > 0);
    for (const tab of tabs) {
      const on = tab.dataset.panel === chosen, panel = get(tab.dataset.panel);
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      panel.hidden = narrow.matches && !on;
      if (narrow.matches) panel.setAttribute("role", "tabpanel");
      else panel.removeAttribute("role");
    }
  };
  const choose = (tab, focus) => {
    chosen = tab.dataset.panel;
    arrange();
    if (focus) tab.focus();
  };
  narrow.addEventListener("change", arrange);
  page.addEventListener("keydown", (event) => {
    if (event.target.getAttribute("role") !== "tab") return;
    const tabs = [...document.querySelectorAll("[role=tab]")], at = tabs.indexOf(event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(tabs.at(to % tabs.length), true);
  });

  // ------------------------------------------------------------------- times, as they go by
  const STEPS = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];
  const ago = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
  const exact = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const times = () => {
    for (const one of document.querySelectorAll("time[title]")) {
      const at = new Date(one.dateTime), seconds = Math.floor((Date.now() - at) / 1000);
      if (Number.isNaN(seconds)) continue;
      one.title = exact.format(at);
      const step = STEPS.find(([, size]) => seconds >= 2 * size);
      if (step && seconds >= 10) one.textContent = ago.format(-Math.floor(seconds / step[1]), step[0]);
    }
  };

  // ------------------------------------------------------------- the drawer, buttons and forms
  const zones = () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    for (const one of timeZone ? drawerBody.querySelectorAll("[data-zone]") : []) {
      if (one.matches("input")) one.value = timeZone;
      else one.textContent = timeZone;
    }
  };

  const fill = (html) => {
    const found = new DOMParser().parseFromString(html, "text/html").body;
    const title = found.querySelector("[data-title]");
    if (title) get("drawer-title").textContent = title.dataset.title;
    put(drawerBody, [...found.childNodes]);
    times();
    zones();
    place();
  };

  // The frame may be taller than the window: a drawer opens where the click was. Where the page
  // around does not follow the frame's height, it scrolls.
  let clickedAt = 0;
  const place = () => {
    const most = Math.max(EDGE, innerHeight - drawer.offsetHeight - EDGE);
    drawer.style.top = `${Math.min(most, Math.max(EDGE, clickedAt - CLICK_ROOM))}px`;
    height();
  };

  const lostIn = (where) => put(where, [get("say-lost").content.cloneNode(true)]);

  // For a part's own script: what a form's fields would give at a path. Shows nothing by itself.
  const post = async (form, path) => {
    const reply = await call(within(path), { method: "POST", body: new URLSearchParams(new FormData(form)) });
    return { ok: reply.ok, html: await htmlOf(reply) };
  };

  const scripts = () => {
    for (const one of document.querySelectorAll("[data-script]")) {
      import(one.dataset.script).then(({ start }) => start(one, post)).catch(() => say("lost"));
    }
  };

  const into = (element, html) => {
    const target = element.dataset.into && get(element.dataset.into);
    if (target) {
      const found = new DOMParser().parseFromString(html, "text/html").body;
      const parentNode = target.parentNode;
      target.replaceWith(...found.childNodes);
      drawn.delete(parentNode.closest(".panel")?.id);
      times();
    } else fill(html);
    scripts();
  };

  const open = async (button) => {
    const inDrawer = !button.dataset.into;
    if (inDrawer && !drawer.open) {
      clickedAt = button.getBoundingClientRect().top;
      drawerBody.replaceChildren(Object.assign(document.createElement("div"), { className: "skeleton one" }));
      drawer.showModal();
      place();
    }
    button.setAttribute("aria-busy", "true");
    try {
      into(button, await htmlOf(await call(within(button.dataset.open))));
    } catch {
      if (inDrawer) lostIn(drawerBody); else say("lost");
    }
    button.removeAttribute("aria-busy");
  };

  const sendOnce = async (form, submitter) => {
    const from = submitter && submitter.dataset.send ? submitter : form;
    const problem = form.dataset.problem && get(form.dataset.problem);
    try {
      const body = new URLSearchParams(new FormData(form, submitter));
      const reply = await call(within(from.dataset.send), { method: "POST", body });
      const html = await htmlOf(reply);
      if (problem) problem.replaceChildren();
      if (problem && !reply.ok) {
        problem.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
        problem.scrollIntoView({ block: "nearest" });
      } else into(from, html);
      if (reply.ok && from === form) { etag = ""; refresh(); }
    } catch {
      if (problem) lostIn(problem); else say("lost");
    }
  };

  // A form sends one thing at a time: each button that is pressed meanwhile comes next, once.
  const pressed = new WeakMap();
  const send = async (form, submitter) => {
    const waiting = pressed.get(form) || [];
    if (!waiting.includes(submitter)) waiting.push(submitter);
    if (pressed.has(form)) return;
    pressed.set(form, waiting);
    form.setAttribute("aria-busy", "true");
    for (; waiting.length && form.isConnected; waiting.shift()) await sendOnce(form, waiting[0]);
    form.removeAttribute("aria-busy");
    pressed.delete(form);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^=http]");
    if (link) link.target = links;
    const tab = event.target.closest("[role=tab]");
    if (tab) choose(tab);
    const button = event.target.closest("[data-open]");
    if (button) { event.preventDefault(); open(button); }
    const row = !event.target.closest("a, button") && event.target.closest("[data-row]");
    if (row && getSelection().isCollapsed) open(row.querySelector("[data-open]"));
    if (event.target === drawer) drawer.close();
  }, true);
  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.send) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  page.addEventListener("change", (event) => {
    if (event.target.closest("#vision-filters")) refresh();
  });
  drawer.addEventListener("close", height);
  addEventListener("resize", () => { if (drawer.open) place(); });

  // ------------------------------------------------------------------------------ beginning
  if (window.parent === window) {
    say("outside");
    return;
  }
  const sizes = new ResizeObserver(height);
  for (const one of [document.body, drawer]) sizes.observe(one);
  const due = () => {
    if (document.hidden || !token) return;
    if (Date.now() - askedAt >= EVERY) refresh();
    times();
  };
  setInterval(due, 5_000);
  document.addEventListener("visibilitychange", due);
  setTimeout(() => { if (!token) say("no_token"); }, PATIENCE);
  tell({ funnel: "ready" });
})();
