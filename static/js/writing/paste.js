// What is pasted from Word, Google Docs and web pages becomes Markdown: headings, lists,
// tables, links, bold and italic stay; colours, sizes and pictures do not.

import * as gfm from "@joplin/turndown-plugin-gfm";
import TurndownService from "turndown";

import { tidy, withoutStyles } from "./foreign.js";

const ESCAPES = { "(": "%28", ")": "%29" };
const INDENT = { OL: 3, UL: 2 };

let service;

/** Return the Markdown of a piece of HTML, and how many pictures it had. */
export function markdownOf(html) {
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  const pictures = page.querySelectorAll("img").length;
  tidy(page);
  service ||= makeService();
  const words = service.turndown(page.body).replaceAll("\u00A0", " ");
  return { words: words.replaceAll(/[ \t]+$/gm, "").replaceAll(/\n{3,}/g, "\n\n"), pictures };
}

function makeService() {
  const made = new TurndownService({
    headingStyle: "atx",
    bulletListMarker: "-",
    codeBlockStyle: "fenced",
    emDelimiter: "*",
    hr: "---",
  });
  made.use(gfm.tables);
  made.addRule("heading", {
    filter: ["h1", "h2", "h3", "h4", "h5", "h6"],
    // The title of the lesson is its only first-level heading, and four is the deepest.
    replacement: (words, { nodeName }) => {
      const level = Math.min(4, Math.max(2, Number(nodeName[1])));
      return words.trim() ? `\n\n${"#".repeat(level)} ${oneLine(words)}\n\n` : "";
    },
  });
  made.addRule("item", { filter: "li", replacement: itemOf });
  made.addRule("link", { filter: "a", replacement: linkOf });
  made.addRule("picture", { filter: "img", replacement: () => "" });
  return made;
}

const oneLine = (words) => words.trim().replaceAll(/\s+/g, " ");

function itemOf(words, node) {
  const list = node.parentNode;
  const place = [...list.children].indexOf(node) + Number(list.getAttribute("start") || 1);
  const mark = list.nodeName === "OL" ? `${place}. ` : "- ";
  const indent = " ".repeat(INDENT[list.nodeName] || 2);
  const inside = words.trim().replaceAll(/\n(?!\n|$)/g, `\n${indent}`);
  return `${mark}${inside}${node.nextElementSibling ? "\n" : ""}`;
}

function linkOf(words, node) {
  const address = node.getAttribute("href") || "";
  const text = oneLine(words);
  if (!/^(https?:|mailto:)/i.test(address) || !text) return words;
  return `[${text}](${address.replaceAll(/[()\s]/g, (sign) => ESCAPES[sign] || "%20")})`;
}
