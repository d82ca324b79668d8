// What the page says by a question: its state, its errors, what it still lacks. The words come from the server.
import { cellParts, meantParts } from "./tables.js";

export function showState(question, text, tone = "", link = null) {
  const line = question.querySelector("[data-state]");
  line.classList.toggle("is-bad", tone === "bad");
  line.classList.toggle("is-good", tone === "good");
  line.textContent = text;
  if (!link) return;
  const anchor = document.createElement("a");
  anchor.href = link.href;
  anchor.target = "_blank";
  anchor.rel = "opener";
  anchor.textContent = link.text;
  line.append(" ", anchor);
}

export function showErrors(question, errors, prefix) {
  const meant = meantParts(question, errors);
  for (const line of question.querySelectorAll(".field-error[data-live]")) line.remove();
  for (const part of ["value", "comment", "na_reason", ...cellParts(question)]) {
    const id = `${question.dataset.question}:${part}`;
    const target = document.getElementById(id);
    if (!target) continue;
    const drawn = document.getElementById(`${id}-error`);
    if (drawn) drawn.remove();
    const box = target.closest("td") || target.closest(".field");
    box.classList.toggle("has-error", Boolean(meant[part]));
    if (meant[part]) addError(target, box, id, `${prefix} ${meant[part]}`);
    else clearError(target, id);
  }
}

function addError(target, box, id, text) {
  const line = document.createElement("p");
  line.className = "field-error";
  line.id = `${id}-error`;
  line.dataset.live = "";
  line.textContent = text;
  (box.matches("td") ? target : box.querySelector("label, legend")).after(line);
  target.setAttribute("aria-invalid", "true");
  const ids = new Set((target.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
  target.setAttribute("aria-describedby", [...ids.add(line.id)].join(" "));
  if (target.matches("fieldset")) target.removeAttribute("aria-invalid");
}

function clearError(target, id) {
  target.removeAttribute("aria-invalid");
  const ids = (target.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== `${id}-error`);
  if (ids.length) target.setAttribute("aria-describedby", ids.join(" "));
  else target.removeAttribute("aria-describedby");
}

export function showLacks(question, lacks) {
  const box = question.querySelector("[data-lacks]");
  box.replaceChildren(...lacks.map((text) => {
    const line = document.createElement("p");
    line.className = "fact-note tone-attention";
    line.textContent = text;
    return line;
  }));
  if (lacks.length) question.querySelector(".question-comment").open = true;
}
