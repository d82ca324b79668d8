// Uploads a document as soon as it is chosen, and shows how its reading comes along.

const LARGEST = 25_000_000;
const LOOKS = [1500, 2000, 3000, 5000, 8000, 13000, 20000, 30000, 60000];

const form = document.querySelector("form[data-autosave]");

function say(panel, text, bad = false) {
  const line = panel.querySelector("[data-upload-state]");
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("is-bad", bad);
}

async function send(panel, fill) {
  const data = new FormData();
  data.append("csrf_token", form.elements.csrf_token.value);
  fill(data);
  say(panel, form.dataset.uploading);
  try {
    const answer = await fetch(panel.dataset.url, { method: "POST", body: data, headers: { Accept: "text/html" }, redirect: "error" });
    if (answer.status === 413) return say(panel, form.dataset.tooLarge, true);
    if (answer.status === 401 || answer.status === 400) return say(panel, form.dataset.signedOut, true);
    if (!answer.ok) return say(panel, form.dataset.notUploaded, true);
    const placed = place(panel, await answer.text());
    if (!placed.querySelector(".field-error")) say(placed, form.dataset.uploaded);
  } catch {
    say(panel, form.dataset.notUploaded, true);
  }
}

function place(old, html) {
  const panel = old.isConnected ? old : form.querySelector(`[data-proof="${CSS.escape(old.dataset.proof)}"]`);
  const held = panel.contains(document.activeElement) ? document.activeElement.id : "";
  const box = document.createElement("template");
  box.innerHTML = html; // drawn and escaped by our own server
  const placed = document.importNode(box.content, true).querySelector("[data-proof]");
  keepFileField(panel, placed);
  panel.replaceWith(placed);
  const again = held && document.getElementById(held);
  if (again) again.focus();
  watch(placed, 0);
  return placed;
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

function watch(panel, round) {
  if (!panel.hasAttribute("data-waiting") || round >= LOOKS.length) return;
  setTimeout(() => look(panel, round), LOOKS[round]);
}

async function look(panel, round) {
  if (!panel.isConnected) return;
  try {
    const answer = await fetch(panel.dataset.url, { headers: { Accept: "text/html" }, redirect: "error" });
    const html = answer.ok ? await answer.text() : "";
    if (!panel.isConnected) return; // something newer stands there by now
    const busy = panel.contains(document.activeElement) && document.activeElement.matches("select");
    if (html && !html.includes("data-waiting") && !busy) return void place(panel, html);
  } catch {
    // looked at again below
  }
  watch(panel, round + 1);
}

function chosen(event) {
  const panel = event.target.closest("[data-proof]");
  if (!panel) return;
  if (event.target.matches("[data-file]") && event.target.files.length) {
    const files = [...event.target.files];
    event.target.value = "";
    if (files.some((file) => file.size > LARGEST)) return say(panel, form.dataset.tooLarge, true);
    send(panel, (data) => files.forEach((file) => data.append("file", file)));
  } else if (event.target.matches("[data-known]") && event.target.value) {
    send(panel, (data) => data.append("document", event.target.value));
  }
}

function pressed(event) {
  const button = event.target.closest("[data-remove]");
  if (!button) return;
  event.preventDefault();
  const panel = button.closest("[data-proof]");
  send(panel, (data) => data.append("remove", button.dataset.remove));
}

if (form) {
  form.addEventListener("change", chosen);
  form.addEventListener("click", pressed);
  form.querySelectorAll("[data-proof]").forEach((panel) => watch(panel, 0));
}
