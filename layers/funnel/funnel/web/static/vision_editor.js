// The editor of Conversations, and the frame that shows a mail. Loaded when a part asks for it by
// data-script. A draft is kept here until it is sent, so that a closed drawer loses nothing.
const drafts = new Map();
const started = new WeakSet();
const letters = new Map();
const PAUSE = 700;

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

const renewLetter = (figure, found) => {
  const frame = figure.querySelector("iframe"), html = found.querySelector("textarea").value;
  figure.querySelector("strong").replaceWith(found.querySelector("strong"));
  letters.set(frame, html);
  frame.contentWindow.postMessage({ letter: html }, "*");
};

// Keeps the mail below as it is typed, and says while it is behind. What it gives is called at each change.
const makeFollower = (form, post) => {
  let edition = 0, shown = 0, asking = false, timer;
  const mark = (why) => {
    const note = document.querySelector("#write-preview [data-behind]");
    if (!note) return;
    note.hidden = shown === edition;
    note.querySelector("span").textContent = why;
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  const ask = async () => {
    if (asking || !form.isConnected) return;
    asking = true;
    const mine = edition;
    let why = "";
    try {
      const { ok, html } = await post(form, form.dataset.preview);
      const found = new DOMParser().parseFromString(html, "text/html").body;
      const figure = document.getElementById("write-preview");
      if (ok && figure) {
        renewLetter(figure, found);
        shown = mine;
      } else why = found.querySelector("strong")?.textContent || "";
    } catch { /* It is behind, and says so; the next word asks again. */ }
    asking = false;
    mark(why);
    if (edition !== mine) later();
  };
  return () => {
    edition += 1;
    mark("");
    later();
  };
};

const startEditor = async (form, post) => {
  const { makeRich } = await import(form.dataset.rich);
  const [source, tools] = [form.elements.html, form.querySelector("[role=toolbar]")];
  const place = form.dataset.place, kept = drafts.get(place);
  const note = form.querySelector("[data-draft]");
  if (kept) {
    form.elements.key.value = kept.key;
    form.elements.subject.value = kept.subject;
    if (form.elements.address.tagName === "SELECT") form.elements.address.value = kept.address;
    note.hidden = false;
  }
  const first = { html: source.value, subject: form.elements.subject.defaultValue };
  const keep = () => {
    drafts.set(place, {
      key: form.elements.key.value, subject: form.elements.subject.value, html: source.value,
      address: form.elements.address.value,
    });
  };
  const follow = makeFollower(form, post);
  const changed = () => {
    keep();
    follow();
  };
  const { area, show } = makeRich({
    source, tools, label: "write-words", html: kept ? kept.html : source.value, changed,
  });
  if (kept) follow();
  form.addEventListener("input", changed);
  form.addEventListener("submit", keep, true);
  note.querySelector("button").addEventListener("click", () => {
    drafts.delete(place);
    form.elements.subject.value = first.subject;
    show(first.html);
    note.hidden = true;
    follow();
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

export const start = (part, post) => {
  if (started.has(part)) return;
  started.add(part);
  if (part.matches("form")) startEditor(part, post);
  else if (part.matches("input")) startFilter(part);
  else if (part.dataset.sent !== undefined) startSent(part);
  else showLetter(part);
};
