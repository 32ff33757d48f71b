// The editor of emails: blocks are moved, added and edited in place, merge fields come from a menu, and
// the mail is shown beside it as it is written. Without it the form works by its buttons and fields.
const form = document.getElementById("email-form");
const announce = document.getElementById("announce");
const say = (text) => { announce.textContent = text || ""; };

// ------------------------------------------------------------- the mail beside the form
const live = document.getElementById("live-preview");
const note = document.getElementById("live-note");
const frame = live.querySelector("iframe");
let letter = "", timer = 0, asked = 0;

const show = () => frame.contentWindow.postMessage({ letter }, "*");
addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow || !event.data) return;
  if (event.data.letter === "ready") show();
  const px = Number(event.data.px);
  if (event.data.letter === "height" && px > 0) frame.style.height = `${Math.min(4_000, Math.max(240, Math.ceil(px) + 2))}px`;
});

// Who was signed out and signs in again elsewhere has another session: the form gets its token, but not
// that of somebody else.
const token = form.querySelector("input[type=hidden]");
let isOut = false;
const renewed = async () => {
  const answer = await fetch(location.pathname);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = found.querySelector(`#email-form [name="${token.name}"]`);
  const user = (page) => page.getElementById("ended")?.dataset.user;
  if (!answer.ok || !fresh || fresh.value === token.value || user(found) !== user(document)) return false;
  token.value = fresh.value;
  return true;
};

const refresh = async () => {
  const mine = ++asked;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch("/app/emails/draft", { method: "POST", body, redirect: "manual" });
    const found = await answer.text();
    if (mine !== asked) return;
    if (answer.ok) {
      letter = found;
      show();
    }
    const problem = decodeURIComponent(answer.headers.get("x-problem") || "");
    // Whoever is signed out is sent to the page for that.
    isOut = answer.type === "opaqueredirect" || [401, 403].includes(answer.status);
    if (isOut && await renewed()) return refresh();
    note.textContent = isOut ? live.dataset.signedOut : problem;
  } catch { /* Shown again with the next change. */ }
};
const changed = () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, 500);
};
form.addEventListener("input", changed);
form.addEventListener("change", changed);
live.addEventListener("click", (event) => {
  const width = event.target.closest("[data-width]")?.dataset.width;
  if (!width) return;
  frame.classList.toggle("phone", width === "phone");
  for (const one of live.querySelectorAll("[data-width]")) one.setAttribute("aria-pressed", String(one.dataset.width === width));
});

// ------------------------------------------------------------- merge fields from a menu
const dialog = document.getElementById("merge-dialog");
const [field, fallback] = [document.getElementById("merge-field"), document.getElementById("merge-fallback")];
let into = null;

dialog.addEventListener("close", () => {
  const target = into;
  into = null;
  if (!target || dialog.returnValue !== "insert") return;
  const stand = fallback.value.replaceAll(/[{}]/g, "").trim();
  target(`{{${field.value}${stand ? `|${stand}` : ""}}}`);
  changed();
});
const ask = (write) => {
  into = write;
  fallback.value = "";
  dialog.returnValue = "";
  dialog.showModal();
};
const offer = (before, write, name) => {
  const button = document.getElementById("merge-button").content.firstElementChild.cloneNode(true);
  button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  button.addEventListener("click", () => ask(write));
  before.before(button);
};
const writeInto = (input) => (text) => {
  const [from, to] = [input.selectionStart ?? input.value.length, input.selectionEnd ?? input.value.length];
  input.setRangeText(text, from, to, "end");
  input.focus();
  input.dispatchEvent(new Event("input", { bubbles: true }));
};

// ------------------------------------------------------------- what a part of the form needs
const labelOf = (input) => form.querySelector(`label[for="${CSS.escape(input.id)}"]`)?.textContent || "";
const { makeRich } = await import(form.dataset.rich);

const enrich = (part) => {
  for (const source of part.querySelectorAll("textarea[data-rich]")) {
    const tools = source.previousElementSibling;
    const rich = makeRich({ source, tools, label: `${source.id}-label`, html: source.value.trim(), changed });
    source.hidden = true;
    rich.area.id = `${source.id}-rich`;
    const label = document.getElementById(`${source.id}-label`);
    label.removeAttribute("for");
    label.addEventListener("click", () => rich.area.focus());
    tools.addEventListener("mousedown", (event) => { if (event.target.closest("[data-merge-open]")) event.preventDefault(); });
    const end = document.createElement("span");
    tools.append(end);
    offer(end, rich.write, label.textContent);
    end.remove();
    if (source.hasAttribute("autofocus")) rich.area.focus();
  }
  for (const input of part.querySelectorAll("[data-merge]")) offer(input, writeInto(input), labelOf(input));
};

// ------------------------------------------------------------- blocks
const list = document.getElementById("blocks");
let made = 0;

const addBlock = (kind) => {
  const holder = document.createElement("div");
  holder.innerHTML = document.querySelector(`template[data-new="${kind}"]`).innerHTML.replaceAll("NEW", `n${Date.now()}x${++made}`);
  const block = holder.firstElementChild;
  list.append(block);
  enrich(block);
  (block.querySelector("input:not([type=hidden]), .editor, select") || block.querySelector("button")).focus();
  block.scrollIntoView({ block: "nearest" });
  say(list.dataset.added);
};

const moveBlock = (block, button, verb) => {
  const name = block.querySelector("legend").textContent;
  if (verb === "remove") {
    const next = block.nextElementSibling || block.previousElementSibling;
    block.remove();
    (next?.querySelector("[data-move=remove]") || form.querySelector("[data-add]")).focus();
    say(list.dataset.removed);
    return;
  }
  if (verb === "up" && block.previousElementSibling) block.previousElementSibling.before(block);
  else if (verb === "down" && block.nextElementSibling) block.nextElementSibling.after(block);
  button.focus();
  const place = [...list.children].indexOf(block) + 1;
  say(list.dataset.moved.replace("{name}", name).replace("{place}", place).replace("{all}", list.children.length));
};

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  if (!button) return;
  event.preventDefault();
  if (button.dataset.add) addBlock(button.dataset.add);
  else moveBlock(button.closest("[data-block]"), button, button.dataset.move);
  changed();
});

// A block is dragged by its name; the arrows do the same by keyboard.
if (list) {
  let dragged = null;
  list.addEventListener("mousedown", (event) => {
    const block = event.target.closest("[data-block]");
    if (block) block.draggable = Boolean(event.target.closest("legend"));
  });
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-block]");
    dragged?.classList.add("dragged");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-block]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY > top + height / 2) over.after(dragged);
    else over.before(dragged);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    if (dragged) dragged.draggable = false;
    dragged = null;
    changed();
  });
}

// What was typed is not lost by a wrong click.
let isSent = false, isTouched = false;
form.addEventListener("input", () => { isTouched = true; });
form.addEventListener("submit", (event) => {
  isSent = !isOut;
  if (!isOut) return;
  event.preventDefault();
  live.scrollIntoView({ block: "nearest" });
  refresh();
});
document.addEventListener("visibilitychange", () => { if (isOut && !document.hidden) refresh(); });
addEventListener("beforeunload", (event) => { if (isTouched && !isSent) event.preventDefault(); });

enrich(form);
live.hidden = document.getElementById("to-live").hidden = false;
frame.src = frame.dataset.src;
refresh();
document.body.dataset.editor = "ready";
