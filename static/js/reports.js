// While an export is on its way, look every few seconds whether something changed,
// and only then load the page anew. Without this file the page has a link for that.
(() => {
  "use strict";
  const WAIT = 4000;
  const statesOf = (page) =>
    Array.from(page.querySelectorAll("[data-state]"), (row) => row.dataset.state).join();

  const look = async () => {
    try {
      const response = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (response.ok && statesOf(page) !== statesOf(document)) {
        location.reload();
        return;
      }
    } catch {
      // The line is gone; the next look may find it again.
    }
    setTimeout(look, WAIT);
  };

  if (document.querySelector("[data-poll]")) setTimeout(look, WAIT);
})();
