// Folds the navigation on phones, and closes open menus on Escape or a press beside them.

export function foldMenus() {
  const button = document.querySelector("[data-menu-button]");
  if (button) foldNavigation(button);
  for (const menu of document.querySelectorAll("details[data-close-outside]")) closeOutside(menu);
}

function foldNavigation(button) {
  const menu = document.getElementById(button.getAttribute("aria-controls"));
  const set = (open) => {
    button.setAttribute("aria-expanded", String(open));
    menu.toggleAttribute("data-closed", !open);
  };
  button.hidden = false;
  set(false);
  button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
}

function closeOutside(menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
