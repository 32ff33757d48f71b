// A simple editor over a field of HTML: bold, italic, lists, links. Loaded by whoever has such a field.

// Styles and pictures of a mail are let in by no policy of this page: styles are set by hand, and
// pictures wait for the preview. Its classes are not those of this page.
const insert = (area, html) => {
  const inert = html.replaceAll(/<[a-z][^>]*>/gi, (tag) => tag.replaceAll(/\s(style|class)=/gi, " data-$1="));
  const found = new DOMParser().parseFromString(inert, "text/html").body;
  for (const one of found.querySelectorAll("script, style, link, meta, base, iframe, object, embed")) one.remove();
  for (const one of found.querySelectorAll("form")) one.replaceWith(...one.childNodes);
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
  for (const one of copy.querySelectorAll("[data-class]")) {
    one.className = one.dataset.class;
    delete one.dataset.class;
  }
  return copy.innerHTML;
};

// The editor of `source`, a hidden field, with the buttons in `tools`. `label` is the id of what names
// it. `changed` is called after each change.
export const makeRich = ({ source, tools, label, html, changed }) => {
  const area = document.createElement("div");
  const link = tools.querySelector("[data-link]"), address = tools.querySelector("[data-link] input");
  area.className = "editor";
  area.contentEditable = "true";
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  area.setAttribute("aria-labelledby", label);
  insert(area, html);
  source.after(area);
  tools.hidden = false;
  document.execCommand("defaultParagraphSeparator", false, "p");

  const keep = () => {
    source.value = htmlOf(area);
    changed();
  };
  area.addEventListener("input", keep);
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
  const write = (text) => {
    recall();
    document.execCommand("insertText", false, text);
    keep();
  };
  const setLink = () => {
    const text = address.value.trim();
    const target = /^(https?:|mailto:|tel:|\{\{)/i.test(text) ? text : `https://${text}`;
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
  address.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    setLink();
  });
  source.value = htmlOf(area);
  const show = (text) => {
    insert(area, text);
    source.value = htmlOf(area);
  };
  return { area, show, write };
};
