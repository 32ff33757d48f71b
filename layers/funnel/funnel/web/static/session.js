// A session may end while something is being typed: it stays, and can be sent after signing in elsewhere.
"use strict";
(() => {
  const bar = document.getElementById("ended");
  const TRUSTED = 60 * 1000;
  const PATIENCE = 10 * 1000;
  let sure = Date.now();
  // The answer to a form that was sent, and refused, holds what was typed before.
  let typed = "answers" in bar.dataset;
  let ended = false;
  let leaving = false;

  // A field may stand outside its form; buttons that make parts of a form change it too.
  const note = ({ target }) => {
    const form = target.form || (target.closest && target.closest("form"));
    if (form && form.method === "post") typed = true;
  };
  document.addEventListener("input", note);
  document.addEventListener("change", note);
  document.addEventListener("dragend", note);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest('button:is([type="button"], [name="do"], [hx-post])');
    if (button) note({ target: button });
  });

  const end = () => {
    ended = true;
    bar.hidden = false;
    document.getElementById("lost").hidden = true;
  };

  // Whether the same person is signed in. What is open is then sent with the token of the new session.
  const look = async () => {
    const reply = await fetch("/app/session", {
      headers: { "HX-Request": "true" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
    });
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
    // Another session than that of the page: its own person's goes on with the next change.
    if (detail.xhr.status === 403) look().then((same) => { if (!same) end(); }, () => {});
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
    }, () => { if (!ended) send(); });
  }, true);
})();
