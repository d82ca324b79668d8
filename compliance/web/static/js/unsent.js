// What has not reached the server yet waits in this window's own store; it goes when saved, at sign-out, and with the window.

function place(question) {
  const url = new URL(question.dataset.save, location.href);
  return `unsent:${url.pathname}${url.search}`;
}

export function keep(question, data) {
  const fields = {};
  for (const name of new Set(data.keys())) {
    if (name !== "csrf_token") fields[name] = data.getAll(name);
  }
  try {
    sessionStorage.setItem(place(question), JSON.stringify(fields));
  } catch {
    // a full or forbidden store: the text is still in the page itself
  }
}

export function kept(question) {
  try {
    return JSON.parse(sessionStorage.getItem(place(question)));
  } catch {
    return null;
  }
}

export function forget(question) {
  try {
    sessionStorage.removeItem(place(question));
  } catch {
    // nothing was kept
  }
}
