// A panel is drawn anew after every change; what somebody has in hand there goes over to the new one.

export function carryOver(panel, placed) {
  const held = panel.contains(document.activeElement) ? document.activeElement.id : "";
  keepOpen(panel, placed);
  keepFileField(panel, placed);
  keepRows(panel, placed);
  return () => held && document.getElementById(held)?.focus();
}

const nameOf = (fold) => fold.querySelector("summary").textContent;

function keepOpen(panel, placed) {
  const open = new Set([...panel.querySelectorAll("details[open]")].map(nameOf));
  placed.querySelectorAll("details").forEach((fold) => (fold.open = fold.open || open.has(nameOf(fold))));
}

// A dialog for choosing files may be open: the field it was opened from must stay, or what is chosen gets lost.
function keepFileField(panel, placed) {
  const field = panel.querySelector("[data-file]");
  const drawn = placed.querySelector("[data-file]");
  if (!field || !drawn) return;
  for (const name of ["aria-invalid", "aria-describedby"]) {
    if (drawn.hasAttribute(name)) field.setAttribute(name, drawn.getAttribute(name));
    else field.removeAttribute(name);
  }
  drawn.replaceWith(field);
}

function keepRows(panel, placed) {
  const rows = panel.querySelector("[data-uploads]");
  if (!rows) return;
  const drawn = placed.querySelector("[data-uploads]");
  if (drawn) drawn.replaceWith(rows);
  else placed.append(rows);
  const state = panel.querySelector("[data-upload-state]");
  const place = placed.querySelector("[data-upload-state]");
  if (state && place) place.replaceWith(state); // the same live region goes on speaking
  else if (state) placed.append(state);
}
