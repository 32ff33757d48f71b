// Beside a frame with a form of ours, on a page of the customer: the frame grows with what is in it.
((win, doc) => {
  "use strict";
  const own = new URL(doc.currentScript.src);
  const isOurs = (frame) => frame.src.startsWith(own.origin + "/f/");
  const frames = () => Array.from(doc.querySelectorAll("iframe")).filter(isOurs);

  // The form may take parameters of this page, and is told which browser this is where that is known.
  const told = (frame) => {
    if (frame.dataset.funnel) return;
    frame.dataset.funnel = "told";
    const url = new URL(frame.src);
    new URLSearchParams(win.location.search).forEach((value, name) => {
      if (!url.searchParams.has(name) && !["fnl", "sent", "opened", "browser", "again"].includes(name)) url.searchParams.set(name, value);
    });
    const browser = /(?:^|; )_fnl=(\w{16,40})/.exec(doc.cookie);
    if (browser) url.searchParams.set("browser", browser[1]);
    if (url.href === frame.src) return;
    url.searchParams.set("again", "yes");
    frame.src = url.href;
  };

  win.addEventListener("message", (event) => {
    if (event.origin !== own.origin || !event.data || typeof event.data !== "object") return;
    const frame = frames().find((one) => one.contentWindow === event.source);
    if (!frame) return;
    const height = Number(event.data.funnelHeight);
    if (height > 0 && height < 20000) frame.style.height = Math.ceil(height) + "px";
    const target = String(event.data.funnelGo || "");
    if (/^https?:\/\//i.test(target)) win.location.assign(target);
  });
  const start = () => frames().forEach(told);
  if (doc.readyState === "loading") doc.addEventListener("DOMContentLoaded", start);
  else start();
})(window, document);
