// Looks for documents that are being made, until they are there; and prints the page.
"use strict";

(() => {
  const EVERY = 1500, MOST = 160;
  let looks = 0;
  const isWaiting = () => document.querySelector("[data-waiting]");

  function take(page) {
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (!fresh || fresh.innerHTML === part.innerHTML) continue;
      const hadFocus = part.contains(document.activeElement);
      part.replaceChildren(...fresh.childNodes);
      if (hadFocus) part.querySelector("a, button")?.focus();
    }
  }

  async function look() {
    try {
      const answer = await fetch(location.pathname, { headers: { "X-Requested-With": "kretslop" } });
      if (answer.ok) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch { /* no connection: looked again below */ }
    if (isWaiting() && ++looks < MOST) setTimeout(look, EVERY);
  }
  if (isWaiting()) setTimeout(look, EVERY);

  for (const print of document.querySelectorAll("[data-print]")) {
    print.hidden = false;
    print.querySelector("button").addEventListener("click", () => window.print());
  }

  // A link to a part that is folded opens it.
  const unfold = () => {
    const part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (part && part.matches("details")) part.open = true;
  };
  window.addEventListener("hashchange", unfold);
  unfold();
})();
