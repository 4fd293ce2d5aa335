// A review by keyboard, for those who turn it on or leave it on; and no text is lost by leaving a page.
"use strict";

(() => {
  const STORE = "kretslop-review-keys";
  const TYPING = "textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])";
  const line = document.querySelector("[data-keys]");
  const read = () => { try { return localStorage.getItem(STORE) !== "off"; } catch { return true; } };
  const write = (isOn) => { try { localStorage.setItem(STORE, isOn ? "on" : "off"); } catch { /* this page only */ } };
  let isOn = read();

  function tell() {
    line.querySelector("span").textContent = isOn ? line.dataset.on : line.dataset.off;
    line.querySelector("button").textContent = isOn ? line.dataset.turnOff : line.dataset.turnOn;
  }

  function press(key) {
    if (key === "j" || key === "k") {
      const link = document.querySelector(key === "j" ? "[data-next]" : "[data-previous]");
      if (link) link.click();
      return Boolean(link);
    }
    const choice = /^[0-4]$/.test(key) && document.querySelector(`input[data-level="${key}"]`);
    if (!choice) return false;
    choice.checked = true;
    choice.focus();
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  if (line) {
    line.hidden = false;
    tell();
    line.querySelector("button").addEventListener("click", () => { isOn = !isOn; write(isOn); tell(); });
    document.addEventListener("keydown", (event) => {
      if (!isOn || event.defaultPrevented || event.repeat || event.isComposing) return;
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPING)) return;
      if (press(event.key.toLowerCase())) event.preventDefault();
    });
  }

  // What is written and not saved: the browser asks before the page is left.
  let isDirty = false;
  document.addEventListener("input", (event) => { if (event.target.closest("form")) isDirty = true; });
  document.addEventListener("change", (event) => { if (event.target.closest("form")) isDirty = true; });
  document.addEventListener("submit", () => { isDirty = false; });
  window.addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
})();
