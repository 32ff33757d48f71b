// A form that we host, in a frame of a customer's page: says how tall it is, and where to go on.
"use strict";
(() => {
  // Its address says which browser it was reached from: not to be passed on.
  if (new URLSearchParams(location.search).has("browser")) {
    const url = new URL(location.href);
    url.searchParams.delete("browser");
    history.replaceState(history.state, "", url);
  }

  const wrong = document.querySelector("[aria-invalid]");
  if (wrong) wrong.focus();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  if (parent === window) return;
  // The script of the page around it may come later: it is asked until it answers.
  let answered = false;

  // What the page around it knows stands in for what nobody has changed.
  addEventListener("message", (event) => {
    const told = event.data;
    if (event.source !== parent || !told || !told.funnelQuery || typeof told.funnelQuery !== "object") return;
    answered = true;
    for (const input of document.querySelectorAll("[data-from]")) {
      const value = told.funnelQuery[input.dataset.from];
      const own = new URLSearchParams(location.search).has(input.dataset.from);
      const isUntouched = input.type === "hidden" ? !input.dataset.told : input.value === (input.defaultValue || "");
      if (typeof value !== "string" || own || !isUntouched || input.type === "checkbox") continue;
      input.value = value;
      input.dataset.told = "yes";
    }
    const browser = document.querySelector("input[name=browser]");
    if (browser && !browser.value && /^\w{16,40}$/.test(told.funnelBrowser)) browser.value = told.funnelBrowser;
  });

  const tell = () => parent.postMessage({ funnelHeight: document.documentElement.scrollHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
  const ask = (tries) => {
    if (answered || !tries) return;
    tell();
    parent.postMessage({ funnelReady: true }, "*");
    setTimeout(ask, 500, tries - 1);
  };
  ask(40);
  const go = document.querySelector("a[data-go]");
  if (go) parent.postMessage({ funnelGo: go.href }, "*");
})();
