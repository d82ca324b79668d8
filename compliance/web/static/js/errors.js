// Moves the reader to the list of errors, and from there into the field itself.

export function focusErrors() {
  const summary = document.querySelector("[data-focus-on-load]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    (target.closest(".field") || target).scrollIntoView();
    const control = target.matches("fieldset") ? target.querySelector("input") : target;
    (control || target).focus({ preventScroll: true });
  });
}
