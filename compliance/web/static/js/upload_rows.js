// One row for each file that is being uploaded: its name, how far it has come, and what became of it.

export function beginRows(panel, files, waiting) {
  const list = panel.querySelector("[data-uploads]");
  list?.replaceChildren();
  if (list) list.hidden = false;
  return files.map((file) => new Row(list, file.name, waiting));
}

// Rows of what went well go: the documents themselves stand above by now. True when nothing is left to tell.
export function endRows(rows) {
  rows.filter((row) => row.isDone).forEach((row) => row.element.remove());
  const list = rows.map((row) => row.element.parentElement).find(Boolean);
  if (list) list.hidden = false;
  return rows.every((row) => !row.isRefused);
}

class Row {
  constructor(list, name, waiting) {
    this.element = document.createElement("li");
    this.name = part("span", "upload-name", name);
    this.bar = document.createElement("progress");
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", name);
    this.state = part("span", "upload-state", waiting);
    this.element.append(this.name, this.bar, this.state);
    list?.append(this.element);
    this.isRefused = this.isDone = false;
  }

  moving(share, words) {
    this.bar.value = share;
    this.state.textContent = share > 0 && share < 1 ? `${words} ${Math.round(share * 100)} %` : words;
  }

  received(told, words) {
    this.bar.remove();
    this.isDone = told.length === 0;
    this.state.textContent = told.join(" ") || words;
    if (told.length) this.name.remove(); // the sentence names it
  }

  refused(sentences) {
    this.bar.remove();
    this.isRefused = true;
    this.element.classList.add("is-bad");
    this.state.textContent = sentences.join(" ").replace(`${this.name.textContent}: `, "");
  }
}

function part(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
