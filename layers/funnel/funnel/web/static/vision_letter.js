// A page in a sandbox, with an origin of its own: shows the mail that the page around it sends, and
// says how high it is. Nothing in it leads anywhere.
"use strict";
(() => {
  const say = () => parent.postMessage({ letter: "height", px: document.documentElement.scrollHeight }, "*");
  addEventListener("message", (event) => {
    if (event.source !== parent || !event.data || typeof event.data.letter !== "string") return;
    const found = new DOMParser().parseFromString(event.data.letter, "text/html");
    for (const one of document.querySelectorAll("head style")) one.remove();
    for (const one of found.querySelectorAll("head style")) document.head.append(document.adoptNode(one));
    document.body.replaceWith(document.adoptNode(found.body));
    document.title = found.title;
    say();
  });
  addEventListener("click", (event) => event.preventDefault(), true);
  addEventListener("load", say, true);
  addEventListener("resize", say);
  parent.postMessage({ letter: "ready" }, "*");
})();
