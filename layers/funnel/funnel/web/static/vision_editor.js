// The editor of Conversations, and the frame that shows a mail. Loaded when a part asks for it by
// data-script. A draft is kept here until it is sent, so that a closed drawer loses nothing.
const drafts = new Map();
const started = new WeakSet();
const letters = new Map();

addEventListener("message", (event) => {
  for (const [frame, html] of letters) {
    if (!frame.isConnected) { letters.delete(frame); continue; }
    if (event.source !== frame.contentWindow || !event.data) continue;
    if (event.data.letter === "ready") frame.contentWindow.postMessage({ letter: html }, "*");
    const px = Number(event.data.px);
    if (event.data.letter === "height" && px > 0) frame.style.height = `${Math.min(2_000, Math.ceil(px) + 2)}px`;
  }
});

const showLetter = (part) => {
  const frame = part.querySelector("iframe");
  letters.set(frame, part.querySelector("template, textarea").value);
  frame.src = frame.dataset.src;
};

// Styles and pictures of a mail are let in by no policy of this page: styles are set by hand, and
// pictures wait for the preview.
const insert = (area, html) => {
  const found = new DOMParser().parseFromString(html.replaceAll(/\sstyle=/gi, " data-style="), "text/html").body;
  for (const one of found.querySelectorAll("img")) {
    one.dataset.src = one.getAttribute("src") || "";
    one.removeAttribute("src");
  }
  area.replaceChildren(...found.childNodes);
  for (const one of area.querySelectorAll("[data-style]")) {
    one.style.cssText = one.dataset.style;
    delete one.dataset.style;
  }
};

const htmlOf = (area) => {
  const copy = area.cloneNode(true);
  for (const one of copy.querySelectorAll("img[data-src]")) {
    one.setAttribute("src", one.dataset.src);
    delete one.dataset.src;
  }
  return copy.innerHTML;
};

const startEditor = (form) => {
  const [source, tools] = [form.elements.html, form.querySelector("[role=toolbar]")];
  const area = document.createElement("div");
  const link = tools.querySelector("[data-link]"), address = tools.querySelector("input");
  const place = form.dataset.place, kept = drafts.get(place);
  const note = form.querySelector("[data-draft]");
  if (kept) {
    form.elements.key.value = kept.key;
    form.elements.subject.value = kept.subject;
    if (form.elements.address.tagName === "SELECT") form.elements.address.value = kept.address;
    note.hidden = false;
  }
  const first = { html: source.value, subject: form.elements.subject.defaultValue };
  area.className = "editor";
  area.contentEditable = "true";
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  area.setAttribute("aria-labelledby", "write-words");
  insert(area, kept ? kept.html : source.value);
  source.after(area);
  tools.hidden = false;
  document.execCommand("defaultParagraphSeparator", false, "p");

  const keep = () => {
    source.value = htmlOf(area);
    drafts.set(place, {
      key: form.elements.key.value, subject: form.elements.subject.value, html: source.value,
      address: form.elements.address.value,
    });
  };
  source.value = htmlOf(area);
  area.addEventListener("input", keep);
  form.addEventListener("input", keep);
  form.addEventListener("submit", keep, true);
  area.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });

  let range = null;
  const remember = () => {
    const selection = getSelection();
    if (selection.rangeCount && area.contains(selection.anchorNode)) range = selection.getRangeAt(0).cloneRange();
  };
  const recall = () => {
    if (document.activeElement === area) return;
    area.focus();
    if (!range) return;
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  const marks = () => {
    remember();
    for (const one of tools.querySelectorAll("[data-command]")) {
      one.setAttribute("aria-pressed", String(document.queryCommandState(one.dataset.command)));
    }
  };
  const noticed = () => {
    if (!area.isConnected) document.removeEventListener("selectionchange", noticed);
    else if (document.activeElement === area) marks();
  };
  document.addEventListener("selectionchange", noticed);
  // A button that is pressed by mouse takes no focus, so that the place in the text stays.
  tools.addEventListener("mousedown", (event) => { if (event.target.closest("[data-command]")) event.preventDefault(); });
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.command) {
      recall();
      document.execCommand(button.dataset.command);
      marks();
    } else if (button.hasAttribute("data-link-open")) {
      link.hidden = !link.hidden;
      button.setAttribute("aria-expanded", String(!link.hidden));
      if (!link.hidden) address.focus();
    } else if (button.hasAttribute("data-link-set")) setLink();
    keep();
  });
  const setLink = () => {
    const text = address.value.trim();
    const target = /^(https?:|mailto:|tel:)/i.test(text) ? text : `https://${text}`;
    recall();
    if (!text) document.execCommand("unlink");
    else if (getSelection().isCollapsed) {
      const made = Object.assign(document.createElement("a"), { href: target, textContent: text });
      document.execCommand("insertHTML", false, made.outerHTML);
    } else document.execCommand("createLink", false, target);
    link.hidden = true;
    address.value = "";
    tools.querySelector("[data-link-open]").setAttribute("aria-expanded", "false");
    keep();
  };
  address.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    setLink();
  });
  note.querySelector("button").addEventListener("click", () => {
    drafts.delete(place);
    form.elements.subject.value = first.subject;
    insert(area, first.html);
    source.value = htmlOf(area);
    note.hidden = true;
    area.focus();
  });
};

// What was sent is no draft any more, and is looked at again until it is settled.
const startSent = (part) => {
  for (const [place, draft] of drafts) if (part.dataset.sent.split(" ").includes(draft.key)) drafts.delete(place);
  const again = part.querySelector("[data-again]");
  const tries = Number(part.dataset.tries || 0);
  if (!again || part.dataset.settled) return;
  setTimeout(() => { if (again.isConnected && !document.hidden) again.click(); }, Math.min(15_000, 2_000 + tries * 1_000));
};

const startFilter = (input) => {
  const rows = [...document.querySelectorAll(`#${input.dataset.filter} > li`)];
  const none = document.getElementById(`${input.dataset.filter}-none`);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const one of rows) one.hidden = !words.every((word) => one.textContent.toLowerCase().includes(word));
    none.hidden = rows.some((one) => !one.hidden);
  });
};

export const start = (part) => {
  if (started.has(part)) return;
  started.add(part);
  if (part.matches("form")) startEditor(part);
  else if (part.matches("input")) startFilter(part);
  else if (part.dataset.sent !== undefined) startSent(part);
  else showLetter(part);
};
