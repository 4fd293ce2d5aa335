// Saves each answer while somebody writes, shows the questions an answer leads to, and says truly what is saved.
"use strict";

(() => {
  const form = document.querySelector("[data-wizard]");
  if (!form || !form.dataset.autosave) return;
  const prefix = form.dataset.prefix;   // of the fields' names: q. for questions, f. for facts
  const bar = form.querySelector("[data-save-state]");
  const minutes = form.querySelector("[data-minutes]");
  const WAIT = 700, RETRY = [1500, 4000, 10_000, 30_000];
  const LEAVE_WAIT = 5000;
  const dirty = new Map();       // question id -> number of the last change to it
  const open = new Map();        // question id -> its problems, where what stands in the form is not saved
  const left = new Set();        // reasons that were left empty
  let counter = 0, timer = 0, running = null, tries = 0, waits = false;

  const pause = (time, word) => new Promise((done) => { setTimeout(done, time, word); });
  const slotOf = (id) => form.querySelector(`[data-slot="${CSS.escape(id)}"]`);
  const clashes = () => [...form.querySelectorAll("[data-clash]")];
  const keyOf = (clash) => `${clash.dataset.clash} ${clash.dataset.version}`;
  const say = (text, state) => { if (bar) { bar.textContent = text; bar.dataset.state = state; } };

  const fieldsOf = (ids) => {
    const data = new FormData(form), sent = new URLSearchParams();
    sent.append("csrf", data.get("csrf"));
    for (const [name, value] of data) {
      if (typeof value !== "string") continue;
      for (const id of ids) if (name === id || name === prefix + id || name.startsWith(`${prefix}${id}.`)) sent.append(name, value);
    }
    return sent;
  };

  const touch = (target) => {
    const slot = target.closest("[data-slot]");
    if (!slot) return;
    dirty.set(slot.dataset.slot, ++counter);
    say("", "dirty");
    clearTimeout(timer);
    const typing = target.matches("textarea, input[type=text]");
    timer = setTimeout(save, typing ? WAIT : 60);
  };

  function save() {
    if (!running && dirty.size) running = send().finally(() => { running = null; });
    return running;
  }

  async function send() {
    const asked = new Map(dirty), ids = [...asked.keys()];
    say(form.dataset.saving, "saving");
    let answer = null;
    try {
      answer = await fetch(form.dataset.autosave, {
        method: "POST", body: fieldsOf(ids), headers: { "X-Requested-With": "kretslop" },
      });
    } catch { /* no connection: tried again below */ }
    if (answer && answer.ok) {
      take(await answer.json(), asked);
      tries = 0;
      if (dirty.size) timer = setTimeout(save, WAIT);
      return "";
    }
    return refused(answer);
  }

  async function refused(answer) {
    if (answer && [400, 403, 404, 409, 413].includes(answer.status)) {
      const said = await answer.json().catch(() => ({}));
      say(said.text || form.dataset.unsaved, "unsaved");
      return "refused";                            // sending the same again would not help; the button shows the page
    }
    say(!answer ? form.dataset.offline : answer.status === 401 ? form.dataset.signedOut : form.dataset.unsaved, "unsaved");
    timer = setTimeout(save, RETRY[Math.min(tries++, RETRY.length - 1)]);
    return "";
  }

  function take(said, asked) {
    for (const [id, number] of asked) {
      const clean = id in said.saved && !said.problems[id] && !said.clashes[id];
      if (dirty.get(id) === number) dirty.delete(id);
      if (id in said.saved && !said.clashes[id]) setVersion(id, said.saved[id]);
      if (clean) clear(id);
      if (said.problems[id] || said.clashes[id]) open.set(id, said.problems[id] || []); else open.delete(id);
    }
    for (const [id, shown] of Object.entries(said.shown)) {
      const slot = slotOf(id);
      if (slot) slot.hidden = !shown;
    }
    for (const [id, html] of Object.entries(said.clashes)) showClash(id, html);
    for (const [id, problems] of Object.entries(said.problems)) showProblems(id, problems);
    dropDoubts(said.doubts);
    if (minutes) minutes.textContent = said.minutes;
    if (!open.size && !dirty.size) say(form.dataset.saved.replace("TIME", said.at), "saved");
    else if (open.size) say("", "dirty");
    document.dispatchEvent(new CustomEvent("kretslop:alive", { detail: said.ends }));
  }

  function setVersion(id, version) {
    const field = form.elements.namedItem(`${prefix}${id}.version`);
    if (!field || field.value === String(version)) return;
    field.value = version;
    for (const note of slotOf(id).querySelectorAll("[data-carried]")) note.remove();
  }

  // What no longer holds goes at once; what has come to hold is shown with the next page.
  function dropDoubts(rules) {
    for (const doubt of form.querySelectorAll("[data-doubt]")) if (!rules.includes(doubt.dataset.doubt)) doubt.remove();
    for (const box of form.querySelectorAll("[data-doubts]")) if (!box.querySelector("[data-doubt]")) box.remove();
  }

  function clear(id) {
    const slot = slotOf(id);
    if (!slot) return;
    for (const old of slot.querySelectorAll("[data-live-problem], [data-clash]")) old.remove();
    for (const field of slot.querySelectorAll("[data-live-invalid]")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("data-live-invalid");
    }
  }

  // Mistakes are shown quietly while somebody writes: only once the field is left.
  function showProblems(id, problems) {
    clear(id);
    const slot = slotOf(id);
    if (!slot || slot.contains(document.activeElement) && document.activeElement.matches("textarea, input[type=text]")) return;
    const place = slot.querySelector(".question-body") || slot;
    for (const problem of problems) {
      const waits = problem.part === "reason" && !left.has(id);   // nobody has had the time to write it
      const line = document.createElement("p");
      line.className = waits ? "question-hint" : "ds-validation-message";
      line.dataset.liveProblem = "";
      line.setAttribute("role", waits ? "status" : "alert");
      line.textContent = waits ? form.dataset.reasonWaits : problem.text;
      (problem.part === "reason" && slot.querySelector(".reason") || place).append(line);
    }
  }

  function showClash(id, html) {
    const slot = slotOf(id);
    if (!slot) return;
    clear(id);
    const holder = document.createElement("div");
    holder.innerHTML = html;                        // escaped by our own templates
    slot.prepend(holder.firstElementChild);
  }

  const alone = (target) => {
    if (!target.matches("input[type=checkbox]") || !target.checked) return;
    const group = target.closest(".question-body");
    const isStatus = target.name.endsWith(".status");
    for (const other of group.querySelectorAll("input[type=checkbox]")) {
      if (other === target || other.name.endsWith(".estimate")) continue;
      const clashes = isStatus || other.name.endsWith(".status") || "alone" in target.dataset || "alone" in other.dataset;
      if (clashes) other.checked = false;
    }
  };

  form.addEventListener("input", (event) => touch(event.target));
  form.addEventListener("change", (event) => { alone(event.target); touch(event.target); });
  // Whoever sees both answers and presses the button means their own.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (running && !waits) { event.preventDefault(); sendAfter(event.submitter); return; }
    for (const clash of clashes()) setVersion(clash.dataset.clash, clash.dataset.version);
  });
  // The button's form waits for what is on its way, so that it does not come with the versions from before it.
  async function sendAfter(button) {
    const seen = new Set(clashes().map(keyOf));
    waits = true;
    await Promise.race([running, pause(LEAVE_WAIT)]);
    delete form.dataset.sending;
    const unseen = clashes().find((clash) => !seen.has(keyOf(clash)));
    if (unseen) unseen.scrollIntoView({ block: "center" });   // nobody has seen the other answer yet
    else form.requestSubmit(button);
    waits = false;
  }

  form.addEventListener("focusout", (event) => {
    const slot = event.target.closest("[data-slot]");
    if (!slot) return;
    const id = slot.dataset.slot;
    if (event.target.name === `${prefix}${id}.reason` && !event.target.value.trim()) {
      left.add(id);
      if (open.has(id)) setTimeout(() => showProblems(id, open.get(id) || []));
    }
    if (dirty.has(id)) { clearTimeout(timer); timer = setTimeout(save, 60); }
    else if (open.get(id)?.length) setTimeout(() => showProblems(id, open.get(id) || []));
  });
  window.addEventListener("online", () => { tries = 0; save(); });
  window.addEventListener("pageshow", () => { if (dirty.size) save(); });
  window.addEventListener("beforeunload", (event) => { if ((dirty.size || open.size) && !form.dataset.sending) event.preventDefault(); });

  // A link to another page of ours waits until what was just typed is saved.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !dirty.size || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
    if (link.hash && link.pathname + link.search === location.pathname + location.search) return;
    event.preventDefault();
    leave(link.href);
  });

  async function leave(address) {
    const late = pause(LEAVE_WAIT, "late");
    let said = "";
    while (dirty.size && said !== "late" && said !== "refused") {
      clearTimeout(timer);
      said = await Promise.race([save(), late]);
      if (dirty.size && said !== "refused") said = await Promise.race([pause(300), late]);
    }
    location.assign(address);                        // asks first where something could not be saved
    if (dirty.size) timer = setTimeout(save, WAIT);
  }
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty.size) save(); });
})();
