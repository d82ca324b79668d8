// Last time's answers on the page: one that was changed by hand and saved waits no longer to be confirmed, and a
// question that an answer brought up may wait as well.
const form = document.querySelector("form[data-autosave]");

function answered(line) {
  const carried = line.closest("[data-question]").querySelector("[data-carried]");
  if (carried) carried.remove();
}

function look(changes) {
  changes.map((change) => change.target).filter((one) => one.matches("[data-state].is-good")).forEach(answered);
  const none = !form.querySelector("[data-carried]");
  for (const part of document.querySelectorAll("[data-still-true]")) part.hidden = none;
}

if (form) {
  new MutationObserver(look).observe(form, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["class"],
  });
}
