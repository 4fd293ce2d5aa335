// What every page gets on top of plain HTML: focus on what must be seen, and a warning before a session ends.
"use strict";

const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();

const note = document.querySelector("[data-session-ends]");
if (note) {
  const warning = Number(note.dataset.sessionWarning) * 60_000;
  const ends = () => Date.parse(note.dataset.sessionEnds);
  const look = () => { note.hidden = Date.now() < ends() - warning; };
  setInterval(look, 15_000);
  look();
  document.addEventListener("kretslop:alive", (event) => {
    if (event.detail) note.dataset.sessionEnds = event.detail;
    look();
  });
  const form = note.querySelector("[data-stay]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Requested-With": "kretslop" },
    }).catch(() => null);
    if (!answer || !answer.ok) { form.submit(); return; }
    const said = await answer.json();
    document.dispatchEvent(new CustomEvent("kretslop:alive", { detail: said.ends }));
  });
}

// A form that is being sent is sent once.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "yes";
    setTimeout(() => { delete form.dataset.sending; }, 4000);
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
});
