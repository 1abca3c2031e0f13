// Forms that ask for a key first. Without this they stay hidden, or say that they need it.
import { answer, creation, problemOf, request } from "./passkey/wire.js";

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const said = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!said.ok) throw new Error(said.status);
  return (await said.json()).request_options;
}

async function keyFor(form) {
  const options = await optionsOf(form);
  const { credentials } = navigator;
  if (form.dataset.passkey === "create") return await credentials.create(creation(options));
  return await credentials.get(request(options));
}

function tell(form, problem) {
  for (const line of form.querySelectorAll("[data-problem]")) {
    line.hidden = line.dataset.problem !== problem;
  }
}

async function ask(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  tell(form, "");
  try {
    form.elements.credential.value = JSON.stringify(answer(await keyFor(form)));
    form.submit();
  } catch (error) {
    tell(form, problemOf(error));
    button.disabled = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
}
