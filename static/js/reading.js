// Says where the reader stopped when she leaves the page, for her next device.
const form = document.querySelector("[data-place]");
let said;

const partInView = () =>
  [...document.querySelectorAll("main h2[id]")]
    .filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2)
    .at(-1)?.id ?? "";

document.addEventListener("visibilitychange", () => {
  const part = partInView();
  if (!form || document.visibilityState !== "hidden" || part === said) return;
  said = part;
  form.elements.part.value = part;
  navigator.sendBeacon(form.action, new FormData(form));
});
