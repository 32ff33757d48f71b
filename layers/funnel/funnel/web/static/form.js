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
  const tell = () => parent.postMessage({ funnelHeight: document.documentElement.scrollHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
  tell();
  const go = document.querySelector("a[data-go]");
  if (go) parent.postMessage({ funnelGo: go.href }, "*");
})();
