// The page that stands where the browser would show one of its own: lists what the
// person keeps on this phone, and opens what was wanted once the line is back.

import { findShelf, keptCourses, keptPapers, whose } from "./shelf.js";
import { findLog } from "../quiz/log.js";
import { put, wordsOf } from "../quiz/words.js";

/** Return a text as HTML: titles are written by people. */
function safe(text) {
  const holder = document.createElement("p");
  holder.textContent = text;
  return holder.innerHTML;
}

async function paperRow(shelf, path, say) {
  const html = await (await shelf.match(path)).text();
  const { title } = new DOMParser().parseFromString(html, "text/html");
  return say("paper", { url: `${path}1/`, title: safe(title.split(" · ")[1] || title) });
}

function courseRows({ url, title, lessons }, say) {
  const rows = lessons.map((lesson) =>
    say("lesson", { url: lesson.url, title: safe(lesson.title) }),
  );
  return `${say("course", { url, title: safe(title) })}<ul>${rows.join("")}</ul>`;
}

async function list(page, say) {
  const person = await whose();
  const log = person && (await findLog(person));
  const number = log ? (await log.all()).length : 0;
  if (number > 0) put(page.querySelector("[data-line]"), say("waiting", { number }));
  const shelf = await findShelf(person);
  if (!shelf) return say("nothing");
  const paths = await keptPapers(shelf);
  const papers = await Promise.all(paths.map((path) => paperRow(shelf, path, say)));
  const courses = (await keptCourses(shelf)).map((course) => courseRows(course, say));
  return [
    ...(papers.length > 0 ? [say("papers"), ...papers] : []),
    ...(courses.length > 0 ? [say("courses"), ...courses] : [say("nothing")]),
  ].join("");
}

/** List what is kept here on the page without a line, and leave it once there is one. */
export async function listKept(page) {
  const say = wordsOf(page.querySelector("template"));
  page.querySelector("[data-again]").href = location.href;
  addEventListener("online", () => location.reload());
  const html = await list(page, say).catch(() => say("nothing"));
  put(page.querySelector("[data-list]"), html);
}
