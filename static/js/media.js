// A film of another site: its player comes when somebody presses, and not before. The
// link leads there all the same.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-embed] a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const offer = link.closest("[data-embed]");
    event.preventDefault();
    const player = document.createElement("iframe");
    player.src = offer.dataset.embed;
    player.title = offer.dataset.title;
    player.allow = "fullscreen; encrypted-media; picture-in-picture";
    player.allowFullscreen = true;
    player.referrerPolicy = "strict-origin-when-cross-origin";
    player.tabIndex = 0;
    offer.replaceWith(player);
    player.focus();
  });
})();
