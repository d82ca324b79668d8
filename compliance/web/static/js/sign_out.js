// Unsent texts wait in the page's own store; signing out empties it.

export function forgetOnSignOut() {
  for (const form of document.querySelectorAll("form[data-forget-on-submit]")) {
    form.addEventListener("submit", () => sessionStorage.clear());
  }
}
