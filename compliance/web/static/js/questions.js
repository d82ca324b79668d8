// The questions of the page as the server has them: which are asked can change with an answer.
// Questions that stay are left alone, so that focus and unsaved text stay too.

export async function freshPage() {
  try {
    const page = document.querySelector("form[data-autosave]").action; // the page may stand at another address
    const answer = await fetch(page, { headers: { Accept: "text/html" }, redirect: "error" });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}

export async function changeQuestions(form) {
  const here = form.querySelector("[data-questions]");
  here.setAttribute("aria-busy", "true");
  const fresh = await freshPage();
  here.removeAttribute("aria-busy");
  const there = fresh && fresh.querySelector("[data-questions]");
  if (there && merge(here, there)) {
    document.querySelector("[data-announce]").textContent = form.dataset.changed;
  }
}

function merge(here, there) {
  let changed = false;
  const wanted = new Set([...there.children].map((question) => question.id));
  for (const question of [...here.children]) {
    if (!wanted.has(question.id) && !question.contains(document.activeElement)) {
      question.remove();
      changed = true;
    }
  }
  let previous = null;
  for (const question of [...there.children]) {
    const present = document.getElementById(question.id);
    if (!present) {
      const added = document.importNode(question, true);
      if (previous) previous.after(added);
      else here.prepend(added);
      changed = true;
    }
    previous = document.getElementById(question.id);
  }
  return changed;
}

export function showConflict(question, html) {
  const slot = question.querySelector("[data-conflict-slot]");
  slot.innerHTML = html; // drawn and escaped by our own server
  slot.scrollIntoView({ block: "nearest" });
}

export async function takeTheirs(question) {
  const fresh = await freshPage();
  const theirs = fresh && fresh.getElementById(question.id);
  if (!theirs) return;
  const placed = document.importNode(theirs, true);
  question.replaceWith(placed);
  placed.focus();
}
