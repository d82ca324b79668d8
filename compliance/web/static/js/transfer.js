// Sends a form and tells how much of it has left: fetch cannot tell that yet.

export function transfer(url, data, onProgress) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("load", () => done(answered(request, url)));
    for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, () => done({ status: 0, body: null }));
    request.send(data);
  });
}

function answered(request, url) {
  const elsewhere = new URL(request.responseURL).pathname !== new URL(url, location.href).pathname;
  if (elsewhere) return { status: 401, body: null }; // sent on to the page for signing in
  try {
    return { status: request.status, body: JSON.parse(request.responseText) };
  } catch {
    return { status: request.status, body: null };
  }
}
