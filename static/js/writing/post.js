// How a form travels in the background, and what is done when its session has ended.

const TOKEN = "csrfmiddlewaretoken";

/** Return a function that sends the form as it stands to the address that keeps it. */
export function postOf(form) {
  const send = (sequence, signal) => {
    const body = new FormData(form);
    body.set("sitting", `${form.dataset.sitting}:${sequence}`);
    const headers = { Accept: "application/json" };
    return fetch(form.dataset.keep, { method: "POST", body, headers, signal });
  };
  return async ({ sequence, signal }) => {
    let response = await send(sequence, signal);
    // Whoever signed in again in another tab has a new token.
    if (response.status === 403 && (await renewToken(form, signal))) {
      response = await send(sequence, signal);
    }
    return answerOf(response, form);
  };
}

async function answerOf(response, form) {
  if (response.status === 403 || response.redirected) return { state: "ended" };
  if (response.status === 400) return { state: "refused", words: (await response.json()).refused };
  if (!response.ok) return { state: "here" };
  const { said } = await response.json();
  // What was brought back is closed by now; it must not be closed again later.
  form.elements.restored.value = "";
  return { state: "kept", words: said };
}

async function renewToken(form, signal) {
  const response = await fetch(form.action, { signal });
  if (!response.ok || response.redirected) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector(`#${form.id} [name=${TOKEN}]`)?.value;
  if (!fresh) return false;
  for (const field of document.getElementsByName(TOKEN)) field.value = fresh;
  return true;
}
