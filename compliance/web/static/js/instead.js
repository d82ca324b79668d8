// "Don't know" and the like stand instead of an answer: choosing one puts the other away, and brings it back.

export function applyInstead(question, control) {
  const controls = [...question.querySelectorAll("[name*=':value']")].filter((one) => one.type !== "radio");
  if (!controls.includes(control)) return;
  applyInCell(controls, control);
  if (isEmpty(control)) {
    if (control.matches("[data-instead]")) controls.forEach(bringBack);
    return;
  }
  const exclusive = control.matches("[data-instead]");
  for (const other of controls.filter((one) => one !== control)) {
    if (exclusive || other.matches("[data-instead]")) putAway(other);
  }
}

// In the cell of a table a day and the box for "no day" stand side by side.
function applyInCell(controls, control) {
  if (!/:value-\d/.test(control.name)) return;
  for (const other of controls.filter((one) => one !== control && one.name === control.name)) {
    if (isEmpty(control)) bringBack(other);
    else putAway(other);
  }
}

function isEmpty(control) {
  return control.type === "checkbox" ? !control.checked : !control.value.trim();
}

function putAway(control) {
  if (control.type === "checkbox") {
    control.checked = false;
  } else if (control.value) {
    control.dataset.putAway = control.value;
    control.value = "";
  }
}

function bringBack(control) {
  if (!control.dataset.putAway || control.value) return;
  control.value = control.dataset.putAway;
  delete control.dataset.putAway;
}
