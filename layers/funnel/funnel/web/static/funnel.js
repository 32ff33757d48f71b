// What the pages need beside htmx: the menu on narrow screens, and telling what live parts do.
"use strict";
(() => {
  const menu = document.getElementById("menu");
  if (menu) {
    const setOpen = (open) => menu.setAttribute("aria-expanded", String(open));
    setOpen(false);
    menu.addEventListener("click", () => setOpen(menu.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.getAttribute("aria-expanded") === "true") {
        setOpen(false);
        menu.focus();
      }
    });
  }

  // In a low window the menu scrolls: its page is to be seen in it.
  const nav = document.querySelector(".side nav");
  const here = nav && nav.querySelector("[aria-current]");
  if (here) nav.scrollTop = here.offsetTop - nav.offsetTop - nav.clientHeight / 2;

  // A live part is replaced as a whole; screen readers are told only when its summary changes.
  const announce = document.getElementById("announce");
  const lost = document.getElementById("lost");
  const summary = () => {
    const part = document.querySelector("[data-announce]");
    return part ? part.dataset.announce : "";
  };
  let said = summary();
  document.body.addEventListener("htmx:afterSettle", () => {
    const now = summary();
    if (now && now !== said) announce.textContent = now;
    said = now;
  });
  const failing = ({ detail }) => { lost.hidden = detail.xhr.status === 401; };
  document.body.addEventListener("htmx:responseError", failing);
  document.body.addEventListener("htmx:sendError", failing);
  document.body.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.successful) lost.hidden = true;
  });

  // A page that is being left asks for nothing more: another answer would lead away from the page to come.
  let leaving = false;
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Redirect")) leaving = true;
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (leaving) event.preventDefault();
  });
  addEventListener("pageshow", () => { leaving = false; });

  // One box that ticks all of a name.
  for (const box of document.querySelectorAll("[data-chooses]")) {
    box.closest("[hidden]").hidden = false;
    box.addEventListener("change", () => {
      for (const one of document.getElementsByName(box.dataset.chooses)) {
        if (one.type === "checkbox") one.checked = box.checked;
      }
    });
  }

  // Parts that say so are asked for anew every so many seconds, while the page is looked at.
  for (const part of document.querySelectorAll("[data-poll]")) {
    setInterval(() => {
      const now = document.getElementById(part.id);
      if (now && document.visibilityState === "visible") htmx.trigger(now, "poll");
    }, 1000 * Number(part.dataset.poll));
  }

  // Fields that only matter with a certain choice are shown with it; without scripts all are there.
  // Of these some would be refused with another choice, and are not sent then.
  const match = () => {
    for (const part of document.querySelectorAll("[data-when]")) {
      const form = part.closest("form");
      const field = form && form.elements.namedItem(part.dataset.when);
      if (!field) continue;
      const value = field.type === "checkbox" && !field.checked ? "" : field.value;
      part.hidden = !part.dataset.is.split("|").includes(value);
      for (const one of part.querySelectorAll("[data-unsent]")) one.disabled = part.hidden;
    }
    for (const one of document.querySelectorAll("[data-finds]")) one.hidden = false;
  };
  match();
  document.addEventListener("change", match);
  document.body.addEventListener("htmx:afterSettle", match);

  // Whoever looks for what to choose has not chosen it yet.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-finds]")) event.preventDefault();
  });

  // What was wrong with a field is no longer said of what is typed there since.
  document.addEventListener("input", ({ target }) => {
    if (target.getAttribute("aria-invalid") !== "true") return;
    target.removeAttribute("aria-invalid");
    for (const id of (target.getAttribute("aria-describedby") || "").split(" ")) {
      const said = document.getElementById(id);
      if (said?.matches(".field-error")) said.remove();
    }
  });

  // What says that something is marked below goes with the last of the marks.
  const sayings = document.querySelectorAll("[data-while-marked]");
  const isMarked = () => document.querySelector(".field-error:not([data-while-marked])");
  if (sayings.length && isMarked()) {
    new MutationObserver((_, watching) => {
      if (isMarked()) return;
      for (const one of sayings) one.remove();
      watching.disconnect();
    }).observe(document.querySelector("main"), { childList: true, subtree: true });
  }

  // What is typed into a rule while it is drawn anew is put into the same places of the new drawing.
  // While parts change their places, nothing can be typed into them.
  const place = (field) => field.id || `${field.name}=${field.value}`;
  const entered = (rule) => new Map(
    [...rule.querySelectorAll("input:not([type=hidden]), select, textarea")].map((field) => [
      place(field), field.type === "checkbox" ? field.checked : field.value,
    ]),
  );
  const isRule = (event) => event.detail.target && event.detail.target.matches(".rule");
  let sent = new Map();
  let typed = [];
  document.body.addEventListener("htmx:beforeSend", (event) => {
    if (!isRule(event)) return;
    const rule = event.detail.target;
    const verb = String(event.detail.requestConfig.parameters[`${rule.id}.do`]).split(" ")[0];
    sent = entered(rule);
    rule.setAttribute("aria-busy", "true");
    rule.inert = !["draw", "test", "group"].includes(verb);
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (!isRule(event) || !event.detail.shouldSwap) return;
    typed = [...entered(event.detail.target)].filter(([at, value]) => sent.get(at) !== value);
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    const kept = new Map(typed);
    typed = [];
    if (!kept.size) return;
    for (const field of document.querySelectorAll(".rule :is(input, select, textarea)")) {
      const value = kept.get(place(field));
      if (field.type === "checkbox") {
        if (value !== undefined) field.checked = value;
      } else if (field.tagName !== "SELECT") {
        if (value !== undefined) field.value = value;
      } else if ([...field.options].some((option) => option.value === value)) {
        field.value = value;
      }
    }
  });
  // The fields of a form wait for each other: what is pressed while one is added would be lost.
  // Whoever moves or adds one by the keyboard goes on from there.
  let pressed = "";
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[hx-post]");
    const fields = button?.closest("#build");
    if (!fields) return;
    pressed = button.id;
    fields.setAttribute("aria-busy", "true");
    setTimeout(() => { fields.inert = true; });
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const drawn = event.detail.target;
    if (!drawn?.matches(".rule, #build")) return;
    drawn.removeAttribute("aria-busy");
    drawn.inert = false;
  });
  document.body.addEventListener("htmx:afterSettle", ({ target: fields }) => {
    if (!pressed || fields.id !== "build") return;
    const [, way, name] = pressed.match(/^(up|down)-(.*)/) || [];
    const goal = pressed === "add-field"
      ? [...fields.querySelectorAll("[id$='.label']")].pop()
      : document.getElementById(pressed)
        || document.getElementById(`${way === "up" ? "down" : "up"}-${name}`)
        || document.getElementById("more");
    if (goal) goal.focus();
    pressed = "";
  });

  // What opened beside a diagram closes again without the page being left, unless something was typed.
  const isTyped = (one) => one.type === "checkbox" || one.type === "radio"
    ? one.checked !== one.defaultChecked
    : one.options ? [...one.options].some((option) => option.selected !== option.defaultSelected && option.index)
      : "defaultValue" in one && one.value !== one.defaultValue;
  let opener = null;
  document.body.addEventListener("htmx:beforeRequest", ({ detail: { elt, target } }) => {
    const panel = document.getElementById("panel");
    if (target === panel && !panel.contains(elt)) opener = elt;
    // What is drawn anew in it has what was typed as if it had come with it.
    else if (panel?.contains(target) && target !== panel) opener = null;
  });
  const close = (open) => {
    open.replaceChildren();
    opener.focus();
  };
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest("#panel");
    if (!open || !opener || [...open.querySelectorAll("input, select, textarea")].some(isTyped)) return;
    close(open);
  });
  document.addEventListener("click", (event) => {
    const open = event.target.closest("[data-closes]")?.closest("#panel");
    if (!open || !opener || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    close(open);
  });

  // Texts to take elsewhere.
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copies);
      try {
        await navigator.clipboard.writeText(text.textContent);
      } catch {
        getSelection().selectAllChildren(text);
        announce.textContent = button.dataset.unsaid;
        return;
      }
      announce.textContent = button.dataset.said;
      button.classList.add("done");
    });
  }

  // The server tells times by this clock from the next page on.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (timeZone) {
    const [prefix, secure] = location.protocol === "https:" ? ["__Host-", ";Secure"] : ["", ""];
    const zone = `${prefix}funnel_zone=${encodeURIComponent(timeZone)}`;
    if (!document.cookie.split("; ").includes(zone)) {
      document.cookie = `${zone};Path=/;Max-Age=31536000;SameSite=Lax${secure}`;
    }
  }

  // A time zone that nobody chose yet is that of whoever looks.
  for (const field of document.querySelectorAll("input[data-zone]")) {
    field.value = timeZone || field.value;
  }

  // What was chosen before the scripts came, or before they knew of a new part, or stands there again
  // after going back, is drawn now.
  const catchUp = (selects) => {
    for (const one of document.querySelectorAll(selects)) {
      const drawn = [...one.options].findIndex((option) => option.defaultSelected);
      if (drawn >= 0 && drawn !== one.selectedIndex) htmx.trigger(one, "change");
    }
  };
  addEventListener("pageshow", () => {
    for (const one of document.querySelectorAll("[aria-invalid=true]")) {
      if (isTyped(one)) one.dispatchEvent(new Event("input", { bubbles: true }));
    }
    catchUp("select[hx-post]");
    for (const one of document.querySelectorAll("fieldset[hx-get], form[hx-post]")) {
      if ([...one.elements].some(isTyped)) htmx.trigger(one, "change");
    }
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    catchUp(".rule:not([aria-busy]) select[hx-post]");
  });

  // What is sent while a part is drawn anew waits for it: it would have what was just removed.
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.querySelector(":is(.rule, #build)[aria-busy]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const again = () => setTimeout(() => form.requestSubmit(submitter));
    document.body.addEventListener("htmx:afterRequest", again, { once: true });
  }, true);

  // Two clicks must not send a form twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
