// A file on its way to a course, and what the site answers: the Markdown that shows it, or
// what is wrong with it.

/** Send one file as the form at `address` takes it; rejects where the line is lost. */
export async function sendFile(form, address, file) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("file", file, file.name || "tempelan.png");
  const headers = { Accept: "application/json" };
  const response = await fetch(address, { method: "POST", body, headers });
  const type = response.headers.get("Content-Type") || "";
  if (!type.includes("json")) throw new Error(response.status);
  return response.json();
}
