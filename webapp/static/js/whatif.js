// Works out the levels again as answers are changed. Without it the button does the same.
"use strict";

(() => {
  const form = document.querySelector("[data-what-if]");
  if (!form) return;
  const WAIT = 500;
  let timer = 0, latest = 0;

  const folded = form.querySelector("[data-fold]");
  if (folded && matchMedia("(max-width: 60rem)").matches) folded.open = false;

  async function work() {
    const number = ++latest;
    const answer = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Requested-With": "kretslop" },
    }).catch(() => null);
    if (number !== latest || !answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
    }
    for (const question of form.querySelectorAll(".try")) {
      const fresh = page.getElementById(question.id);
      if (fresh) question.className = fresh.className;
    }
  }

  form.addEventListener("change", (event) => {
    if (event.target.name === "add") return;
    clearTimeout(timer);
    timer = setTimeout(work, event.target.matches("input[type=text]") ? 0 : 60);
  });
  form.addEventListener("input", (event) => {
    if (!event.target.matches("input[type=text]")) return;
    clearTimeout(timer);
    timer = setTimeout(work, WAIT);
  });
})();
