// Says where the reader stopped when she leaves the page, for her next device.
(() => {
  "use strict";
  const form = document.querySelector("[data-place]");
  if (!form) return;
  let said;

  const partInView = () => {
    let part = "";
    for (const heading of document.querySelectorAll("main h2[id]")) {
      if (heading.getBoundingClientRect().top < innerHeight / 2) part = heading.id;
    }
    return part;
  };

  document.addEventListener("visibilitychange", () => {
    const part = partInView();
    if (document.visibilityState !== "hidden" || part === said) return;
    said = part;
    form.elements.part.value = part;
    navigator.sendBeacon(form.action, new FormData(form));
  });
})();
