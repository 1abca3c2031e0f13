// Studio's files: dropped or pasted ones are sent one after the other, and the Markdown
// of one is copied at a press. The form and the text box do the same without it.

import { sendFile } from "./writing/sending.js";

(() => {
  const form = document.querySelector("form[data-drop]");
  const status = form?.querySelector("[data-drop-status]");
  let isBusy = false;

  // Problems stay on the page; the last file that was taken is opened.
  const send = async (files) => {
    if (isBusy || !files.length) return;
    isBusy = true;
    const problems = [];
    let last = "";
    for (const [at, file] of [...files].entries()) {
      status.textContent = status.dataset.sending
        .replace("%(number)s", at + 1)
        .replace("%(total)s", files.length);
      try {
        const said = await sendFile(form, form.action, file);
        if (said.error) problems.push(`${file.name}: ${said.error}`);
        else last = said.url;
      } catch {
        problems.push(`${file.name}: ${status.dataset.lost}`);
      }
    }
    isBusy = false;
    status.textContent = problems.join(" ");
    if (!problems.length && last) {
      location.assign(files.length > 1 ? location.href : last);
    }
  };

  if (form) {
    form.querySelector("[data-drop-hint]").hidden = false;
    const holdsFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
    for (const name of ["dragenter", "dragover"]) {
      document.addEventListener(name, (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        form.classList.add("is-over");
      });
    }
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) form.classList.remove("is-over");
    });
    document.addEventListener("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      form.classList.remove("is-over");
      send(event.dataTransfer.files);
    });
    document.addEventListener("paste", (event) => {
      const files = event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      send(files);
    });
  }

  const copying = document.querySelector("[data-copy-from]");
  if (copying && navigator.clipboard) {
    const text = document.getElementById(copying.dataset.copyFrom);
    const told = copying.querySelector("[data-said]");
    copying.hidden = false;
    copying.querySelector("button").addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.value);
      told.textContent = told.dataset.said;
    });
  }
})();
