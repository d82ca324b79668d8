// A double press sends once. The guard lifts by itself, so a lost connection never blocks a new attempt.

const PAUSE = 3000;

export function guardButtons() {
  const pressed = new WeakMap();
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !button.matches("[data-once]")) return;
    const last = pressed.get(button) || 0;
    if (Date.now() - last < PAUSE) event.preventDefault();
    else pressed.set(button, Date.now());
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-once]").forEach((button) => pressed.delete(button)));
}
