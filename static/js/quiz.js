// A running attempt: each event of the browser is a verb of quiz/attempt.js.

import { Attempt } from "./quiz/attempt.js";

const attempt = new Attempt();

function press(event) {
  const target = event.target.closest("a, button");
  if (!target || !attempt.page.contains(target) || event.ctrlKey || event.metaKey) return;
  const { name, value, type, hash, pathname = "" } = target;
  const isWithin = pathname.startsWith(attempt.root) && !hash;
  if (isWithin) attempt.go(pathname.slice(attempt.root.length, -1));
  else if (name === "go") attempt.go(value);
  else if (name === "flag") attempt.doubt();
  else if (type === "submit") attempt.ask(attempt.handIn);
  else return;
  event.preventDefault();
}

/** Letters choose, but only where the question has the focus (WCAG 2.1.4). */
function chooseByLetter({ key, target, ctrlKey, altKey, metaKey }) {
  if (ctrlKey || altKey || metaKey || !target.matches("legend, .m-option input")) return;
  const options = target.closest("fieldset").querySelectorAll(".m-option input");
  const option = options["abcdefgh".indexOf(key.toLowerCase())];
  if (!option) return;
  option.focus();
  option.click();
}

function change({ target }) {
  if (target.type === "text") attempt.flush();
  else if (attempt.page.contains(target) && attempt.isOpen) attempt.record();
}

function turn() {
  attempt.flush();
  attempt.clock.notice({ isAwake: !document.hidden });
  if (!document.hidden) attempt.wake();
}

function guard(event) {
  if (!attempt.wouldLose) return;
  event.preventDefault();
  event.returnValue = "";
}

addEventListener("click", press);
addEventListener("keydown", chooseByLetter);
addEventListener("change", change);
addEventListener("input", ({ target }) => target.type === "text" && attempt.type());
addEventListener("pagehide", () => attempt.flush());
addEventListener("visibilitychange", turn);
addEventListener("online", () => attempt.wake());
addEventListener("focus", () => attempt.wake());
addEventListener("pageshow", (event) => event.persisted && attempt.wake());
addEventListener("offline", (event) => attempt.sending.failed(event));
addEventListener("popstate", () => attempt.go(location.pathname.slice(attempt.root.length, -1)));
addEventListener("beforeunload", guard);

attempt.begin();
