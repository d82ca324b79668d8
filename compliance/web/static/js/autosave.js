// Saves every answer as it is given and says so; what could not be saved waits in the page and is tried again.
// The server has the last word: nothing is called saved before it has answered.
import { applyInstead } from "./instead.js";
import { changeQuestions, freshPage, showConflict, takeTheirs } from "./questions.js";
import { showErrors, showLacks, showState } from "./said.js";
import { addRow, makeRoom } from "./tables.js";
import { forget, keep, kept } from "./unsent.js";

const PAUSE = 800;
const WAITS = [2, 5, 10, 20, 30].map((seconds) => seconds * 1000);
const OWN_FIELD = /:(value(-\d+-\w+)?|comment|na_reason)$/;

const form = document.querySelector("form[data-autosave]");
const states = new WeakMap();

function stateOf(question) {
  if (!states.has(question)) states.set(question, { edits: 0, saved: 0, sending: false, tries: 0, timer: 0 });
  return states.get(question);
}

const isUnsaved = (question) => stateOf(question).edits !== stateOf(question).saved;
const questions = () => [...form.querySelectorAll("[data-question]")];

function hidden(question, part) {
  return [...question.querySelectorAll("input[type=hidden]")].find((one) => one.name === `${question.dataset.question}:${part}`);
}

function fieldsOf(question) {
  const prefix = `${question.dataset.question}:`;
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name.startsWith(prefix)) data.append(name.slice(prefix.length), value);
  }
  data.delete("was"); // what is sent from here was changed by hand
  return data;
}

function later(question, wait = PAUSE) {
  const state = stateOf(question);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(question), wait);
}

function changed(question) {
  stateOf(question).edits += 1;
  hidden(question, "was").value = "";
  keep(question, fieldsOf(question));
}

async function save(question) {
  const state = stateOf(question);
  clearTimeout(state.timer);
  const unchosen = question.querySelector("[data-conflict]"); // the supplier has to choose first
  if (state.sending || unchosen || !isUnsaved(question)) return;
  const edits = state.edits;
  state.sending = true;
  showState(question, form.dataset.saving);
  const answer = await post(question);
  state.sending = false;
  if (answer.status === 200) saved(question, edits, answer.body);
  else failed(question, answer);
  if (state.edits !== edits) later(question, 0);
}

async function post(question) {
  const body = fieldsOf(question);
  body.append("csrf_token", form.elements.csrf_token.value);
  try {
    const answer = await fetch(question.dataset.save, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
    const isJson = (answer.headers.get("Content-Type") || "").includes("application/json");
    return { status: answer.status, body: isJson ? await answer.json() : {} };
  } catch {
    return { status: 0, body: {} };
  }
}

function saved(question, edits, body) {
  const state = stateOf(question);
  state.tries = 0;
  state.saved = edits;
  hidden(question, "revision").value = body.revision;
  showErrors(question, {}, "");
  showLacks(question, body.lacks);
  question.querySelector("[data-clear]").hidden = !body.answered;
  document.querySelector("[data-progress]").innerHTML = body.progress; // drawn and escaped by our own server
  const proof = question.querySelector("[data-proof]");
  if (proof) proof.hidden = !body.proof_shown;
  if (!isUnsaved(question)) {
    hidden(question, "was").value = body.was;
    forget(question);
    showState(question, body.saved, "good");
  }
  if (body.questions_changed) changeQuestions(form);
}

function failed(question, { status, body }) {
  const words = form.dataset;
  keep(question, fieldsOf(question));
  if (status === 422) {
    showErrors(question, body.errors, words.error);
    showState(question, words.refused, "bad");
  } else if (status === 409) {
    hidden(question, "revision").value = body.revision;
    showConflict(question, body.html);
    showState(question, words.conflicting, "bad");
  } else if (status === 410 || status === 413) {
    showState(question, status === 410 ? words.locked : words.tooLong, "bad");
  } else if (status === 404) {
    showState(question, words.gone, "bad");
    stateOf(question).saved = stateOf(question).edits; // nothing more can be done, so nobody is held up
  } else if (status === 401 || status === 403 || (status === 400 && body.error === "session")) {
    showState(question, words.signedOut, "bad", { href: words.home, text: words.signIn });
    stateOf(question).signedOut = true;
  } else {
    const state = stateOf(question);
    showState(question, words.retrying, "bad");
    later(question, WAITS[Math.min(state.tries, WAITS.length - 1)]);
    state.tries += 1;
  }
}

// Signed in again in another tab: the page's own token is renewed and what waits is sent.
async function tryAgain() {
  const waiting = questions().filter((question) => stateOf(question).signedOut);
  if (!waiting.length) return;
  const fresh = await freshPage();
  const token = fresh && fresh.querySelector("form[data-autosave] [name=csrf_token]");
  if (!token) return;
  form.elements.csrf_token.value = token.value;
  for (const question of waiting) {
    stateOf(question).signedOut = false;
    later(question, 0);
  }
}

function restore(question) {
  const fields = kept(question);
  if (!fields) return;
  const now = fieldsOf(question);
  const parts = [...Object.keys(fields), ...now.keys()].filter((part) => OWN_FIELD.test(`:${part}`));
  const same = parts.every((part) => String(fields[part] || []) === String(now.getAll(part)));
  if (same) return forget(question);
  makeRoom(question, parts);
  for (const control of question.querySelectorAll("[name]")) {
    if (!OWN_FIELD.test(control.name)) continue;
    const values = fields[control.name.slice(control.name.lastIndexOf(":") + 1)] || [];
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values.find((value) => !value.startsWith("state:")) || "";
  }
  hidden(question, "revision").value = (fields.revision || ["0"])[0];
  if ((fields.comment || [""])[0]) question.querySelector(".question-comment").open = true;
  changed(question);
  showState(question, form.dataset.restored);
  later(question, 0);
}

function questionOf(event) {
  const control = event.target;
  return control.name && OWN_FIELD.test(control.name) ? control.closest("[data-question]") : null;
}

function listen() {
  form.addEventListener("input", (event) => {
    const question = questionOf(event);
    if (!question) return;
    applyInstead(question, event.target);
    changed(question);
    later(question);
  });
  for (const name of ["change", "focusout"]) {
    form.addEventListener(name, (event) => {
      const question = questionOf(event);
      if (question && !stateOf(question).tries) save(question);
    });
  }
  form.addEventListener("click", (event) => pressed(event, event.target.closest("button")));
  form.addEventListener("submit", () => { form.dataset.leaving = "1"; });
  window.addEventListener("pageshow", () => { delete form.dataset.leaving; });
  window.addEventListener("online", () => questions().filter(isUnsaved).forEach((question) => later(question, 0)));
  window.addEventListener("focus", tryAgain);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tryAgain(); });
  window.addEventListener("beforeunload", (event) => {
    if (questions().some(isUnsaved) && !form.dataset.leaving) event.preventDefault();
  });
}

function pressed(event, button) {
  const question = button && button.closest("[data-question]");
  if (!question) return;
  const does = button.hasAttribute("data-keep-mine") ? keepMine : button.hasAttribute("data-use-theirs") ? useTheirs : button.name === "clear" ? clear : button.hasAttribute("data-add-row") ? moreRoom : null;
  if (!does) return;
  event.preventDefault();
  does(question);
}

function keepMine(question) {
  question.querySelector("[data-conflict]").remove();
  changed(question);
  save(question);
}

function useTheirs(question) {
  forget(question);
  stateOf(question).saved = stateOf(question).edits;
  takeTheirs(question);
}

function moreRoom(question) {
  addRow(question).focus();
}

function clear(question) {
  for (const control of question.querySelectorAll("[name*=':value']")) {
    if (control.type === "radio" || control.type === "checkbox") control.checked = false;
    else control.value = "";
  }
  changed(question);
  save(question);
}

if (form) {
  form.classList.add("is-scripted");
  listen();
  questions().forEach(restore);
}
