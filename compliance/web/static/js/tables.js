// The rows of a table to fill in: every cell is a field `<question>:value-<row>-<column>`, rows counted from 0.

const CELL = /:value-(\d+)-/;

const rowsOf = (question) => [...question.querySelectorAll("tbody tr")].filter((row) => controlsOf(row).length);

function controlsOf(row) {
  return [...row.querySelectorAll("[name]")].filter((control) => CELL.test(control.name));
}

export function addRow(question, button = question.querySelector("[data-add-row]")) {
  const rows = rowsOf(question);
  const last = rows[rows.length - 1];
  const added = renumber(last.cloneNode(true), rows.length);
  last.after(added);
  if (button) button.hidden = rows.length + 1 >= Number(button.dataset.addRow);
  return controlsOf(added)[0];
}

function renumber(row, number) {
  for (const line of row.querySelectorAll(".field-error, .field-hint")) line.remove();
  for (const one of row.querySelectorAll("[id], [name], [for]")) {
    for (const name of ["id", "name", "for"]) {
      if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replace(CELL, `:value-${number}-`));
    }
    if (one.hasAttribute("aria-label")) one.setAttribute("aria-label", one.getAttribute("aria-label").replace(/\d+$/, number + 1));
    one.removeAttribute("aria-invalid");
    one.removeAttribute("aria-describedby");
  }
  for (const said of row.querySelectorAll(".visually-hidden")) said.textContent = said.textContent.replace(/\d+$/, number + 1);
  for (const control of controlsOf(row)) empty(control);
  return row;
}

function empty(control) {
  if (control.type === "checkbox") control.checked = false;
  else control.value = "";
}

// What was kept may have more rows than the page as it came.
export function makeRoom(question, names) {
  const numbers = names.map((name) => /^value-(\d+)-/.exec(name)).filter(Boolean).map((found) => Number(found[1]));
  if (!numbers.length || !rowsOf(question).length) return;
  while (rowsOf(question).length <= Math.max(...numbers)) addRow(question);
}

// The server leaves empty rows out and counts the others; here is the field that it means.
export function meantParts(question, errors) {
  const filled = rowsOf(question).filter((row) => controlsOf(row).some((one) => (one.type === "checkbox" ? one.checked : one.value.trim())));
  const meant = {};
  for (const [part, text] of Object.entries(errors)) {
    const found = /^value-(\d+)-(.*)$/.exec(part);
    const row = found && filled[Number(found[1])];
    meant[row ? `value-${CELL.exec(controlsOf(row)[0].name)[1]}-${found[2]}` : part] = text;
  }
  return meant;
}

export function cellParts(question) {
  const prefix = `${question.dataset.question}:`;
  return [...new Set(rowsOf(question).flatMap(controlsOf).map((control) => control.name.slice(prefix.length)))];
}
