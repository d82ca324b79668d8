// Uploads documents as soon as they are chosen or dropped, one after the other, and shows how each comes along.
import { carryOver } from "./proof_panel.js";
import { transfer } from "./transfer.js";
import { beginRows, endRows } from "./upload_rows.js";

const LARGEST = 25_000_000;
const LOOKS = [1500, 2000, 3000, 5000, 8000, 13000, 20000, 30000, 60000];

const form = document.querySelector("form[data-autosave]");
let line = Promise.resolve(); // what is sent waits for what was sent before
let under_way = 0;

const present = (panel) => (panel.isConnected ? panel : form.querySelector(`[data-proof="${CSS.escape(panel.dataset.proof)}"]`));

function say(panel, text, bad = false) {
  const place = panel.querySelector("[data-upload-state]");
  if (!place) return;
  place.textContent = text;
  place.classList.toggle("is-bad", bad);
}

function clearOldError(panel) {
  panel.querySelectorAll("[data-drop] .field-error").forEach((error) => error.remove());
  panel.querySelector("[data-drop]")?.classList.remove("has-error");
  panel.querySelector("[data-file]")?.removeAttribute("aria-invalid");
  say(panel, "");
}

function problemOf(status) {
  const words = form.dataset;
  if (status === 413) return words.tooLarge;
  return status === 401 || status === 400 || status === 403 ? words.signedOut : words.notUploaded;
}

async function post(panel, fill, onProgress) {
  const data = new FormData();
  data.append("csrf_token", form.elements.csrf_token.value);
  fill(data);
  const { status, body } = await transfer(panel.dataset.url, data, onProgress);
  if (status !== 200 || !body) return { refused: [problemOf(status)], told: [] };
  place(panel, body.panel);
  return body;
}

function queue(work) {
  under_way += 1;
  line = line.then(work).finally(() => (under_way -= 1));
}

function sendFiles(panel, field, files) {
  clearOldError(panel);
  const rows = beginRows(panel, files, form.dataset.waiting);
  files.forEach((file, index) => queue(() => sendFile(panel, field, file, rows[index], `${index + 1}/${files.length}`)));
  queue(async () => {
    const well = endRows(rows);
    say(present(panel), well ? form.dataset.uploaded : form.dataset.notAll, !well);
  });
}

async function sendFile(panel, field, file, row, count) {
  if (file.size > LARGEST) return row.refused([form.dataset.tooLarge]);
  say(present(panel), `${form.dataset.uploading} ${count}: ${file.name}`);
  row.moving(0, form.dataset.uploading);
  const onProgress = (share) => row.moving(share, share < 1 ? form.dataset.uploading : form.dataset.checking);
  const answer = await post(present(panel), (data) => data.append(field, file), onProgress);
  if (answer.refused.length) row.refused(answer.refused);
  else row.received(answer.told, form.dataset.received);
}

function sendWord(panel, name, value) {
  clearOldError(panel);
  queue(async () => {
    const { refused } = await post(present(panel), (data) => data.append(name, value), () => {});
    if (refused.length) say(present(panel), refused.join(" "), true);
  });
}

function place(old, html) {
  const panel = present(old);
  const box = document.createElement("template");
  box.innerHTML = html; // drawn and escaped by our own server
  const placed = document.importNode(box.content, true).querySelector("[data-proof]");
  const refocus = carryOver(panel, placed);
  panel.replaceWith(placed);
  refocus();
  watch(placed, 0);
  return placed;
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
    const busy = panel.contains(document.activeElement) && document.activeElement.matches("select, input[type=text]");
    if (html && !html.includes("data-waiting") && !busy) return void place(panel, html);
  } catch {
    // looked at again below
  }
  watch(panel, round + 1);
}

function chosen(event) {
  const field = event.target;
  const panel = field.closest("[data-proof]");
  if (!panel) return;
  if (field.matches("[data-file], [data-newer]") && field.files.length) {
    const files = [...field.files];
    field.value = "";
    sendFiles(panel, field.matches("[data-file]") ? "file" : `replace/${field.dataset.newer}`, files);
  } else if (field.matches("[data-known]") && field.value) {
    sendWord(panel, "document", field.value);
  } else if (field.matches("[data-pages]")) {
    sendWord(panel, `pages/${field.dataset.pages}`, field.value);
  }
}

function pressed(event) {
  const button = event.target.closest("[data-remove]");
  if (!button) return;
  event.preventDefault();
  sendWord(button.closest("[data-proof]"), "remove", button.dataset.remove);
}

const areaOf = (event) => event.target.closest?.("[data-proof]:has([data-drop])");
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

function dragged(event) {
  if (!holdsFiles(event)) return;
  event.preventDefault(); // a file that misses its place must not open in this window
  form.querySelectorAll(".is-over").forEach((one) => one.classList.remove("is-over"));
  const panel = areaOf(event);
  if (event.type === "dragover" && panel) panel.classList.add("is-over");
  if (event.type === "drop" && panel && event.dataTransfer.files.length) sendFiles(panel, "file", [...event.dataTransfer.files]);
}

if (form) {
  form.addEventListener("change", chosen);
  form.addEventListener("click", pressed);
  ["dragover", "drop", "dragleave"].forEach((name) => window.addEventListener(name, dragged));
  window.addEventListener("beforeunload", (event) => under_way && event.preventDefault());
  form.querySelectorAll("[data-proof]").forEach((panel) => watch(panel, 0));
}
