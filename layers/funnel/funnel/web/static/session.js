// A session may end while something is being typed: it stays, and can be sent after signing in elsewhere.
"use strict";
(() => {
  const bar = document.getElementById("ended");
  const TRUSTED = 60 * 1000;
  let sure = Date.now();
  let typed = false;
  let ended = false;
  let leaving = false;

  const inForm = (event) => event.target.closest && event.target.closest('form[method="post"]');
  const note = (event) => { if (inForm(event)) typed = true; };
  document.addEventListener("input", note);
  document.addEventListener("change", note);

  const end = () => {
    ended = true;
    bar.hidden = false;
  };

  // Whether the same person is signed in. What is open is then sent with the token of the new session.
  const look = async () => {
    const reply = await fetch("/app/session", { headers: { "HX-Request": "true" }, cache: "no-store" });
    if (reply.status === 401) return false;
    if (!reply.ok) throw new Error(String(reply.status));
    const { user, form_token } = await reply.json();
    if (user !== bar.dataset.user) return false;
    for (const field of document.getElementsByName("form_token")) field.value = form_token;
    sure = Date.now();
    return true;
  };
  const goOn = () => {
    if (!ended) return;
    ended = false;
    bar.hidden = true;
    document.getElementById("announce").textContent = bar.dataset.again;
  };

  document.body.addEventListener("htmx:responseError", ({ detail }) => {
    const again = detail.xhr.status === 401 && detail.xhr.getResponseHeader("Sign-In-Again");
    if (!again) return;
    if (typed) return end();
    leaving = true;
    location.assign(again);
  });
  // A page that is being left, or waits for somebody to sign in, asks for nothing by itself.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (leaving || (ended && event.detail.requestConfig.verb === "get")) event.preventDefault();
  });
  addEventListener("pageshow", () => { leaving = false; });

  // Whoever comes back from signing in goes on without a press of anything.
  const comeBack = () => {
    if (!ended || document.visibilityState !== "visible") return;
    look().then((same) => { if (same) goOn(); }, () => {});
  };
  document.addEventListener("visibilitychange", comeBack);
  addEventListener("focus", comeBack);

  // Before anything else sees that a form is sent: what was refused could not be brought back.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isOurs = form.method === "post" && form.elements.namedItem("form_token");
    if (!isOurs || !(ended || (typed && Date.now() - sure > TRUSTED))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const send = () => {
      ended = false;
      sure = Date.now();
      form.requestSubmit(event.submitter);
    };
    look().then((same) => {
      if (!same) return end();
      goOn();
      send();
    }, send);
  }, true);
})();
