// Counts characters in long texts; says so aloud only when typing pauses. Words come from the page's language.

const WORDS = {
  sv: { left: (n) => `${n} tecken kvar`, over: (n) => `${n} tecken för mycket` },
  en: { left: (n) => `${n} characters left`, over: (n) => `${n} characters too many` },
};

export function countCharacters() {
  const words = WORDS[document.documentElement.lang] || WORDS.en;
  for (const line of document.querySelectorAll("[data-counter-for]")) {
    const area = document.getElementById(line.dataset.counterFor);
    if (area) watch(area, line, words);
  }
}

function watch(area, line, words) {
  const most = Number(line.dataset.counterMax);
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  line.after(spoken);
  let pause;
  const show = () => {
    // a line break travels as two characters and is counted so by the server
    const left = most - area.value.replace(/\n/g, "\r\n").length;
    line.textContent = left < 0 ? words.over(-left) : words.left(left);
    line.classList.toggle("is-over", left < 0);
  };
  area.addEventListener("input", () => {
    show();
    clearTimeout(pause);
    pause = setTimeout(() => { spoken.textContent = line.textContent; }, 1200);
  });
  if (area.value) show();
}
