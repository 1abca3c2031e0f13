// HTML as Word and Google Docs put it on the clipboard, made plain HTML. Styles are read
// as text: the page's policy forbids them even where nothing is ever shown.

const GONE = "style, script, meta, link, title, head, xml, object, iframe, form, input, button";
const styleOf = (element) => element.dataset.look || "";

/** Return the HTML with its styles as an attribute that means nothing to a browser. */
export function withoutStyles(html) {
  return html
    .replaceAll(/<style\b[^]*?<\/style\s*>/gi, "")
    .replaceAll(/<[a-z][^<>]*>/gi, (tag) => tag.replaceAll(/\sstyle\s*=/gi, " data-look="));
}

/** Make a parsed page plain: real lists, tables with a head, no foreign elements. */
export function tidy(page) {
  for (const element of page.querySelectorAll(GONE)) element.remove();
  dropComments(page);
  wordLists(page);
  for (const element of page.querySelectorAll("b, span, font")) plainSpan(element);
  for (const table of page.querySelectorAll("table")) plainTable(table);
  for (const element of page.querySelectorAll("p")) {
    if (!element.textContent.trim() && !element.querySelector("img")) element.remove();
  }
}

function dropComments(page) {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const comment of found) comment.remove();
}

/** Google Docs says bold by a style, and wraps all in a `b` that is not bold. */
function plainSpan(element) {
  const style = styleOf(element);
  const weight = /font-weight:\s*(bold|normal|\d+)/.exec(style)?.[1];
  const isBold = weight === "bold" || Number(weight) >= 600;
  if (element.nodeName === "B" && weight && !isBold)
    return element.replaceWith(...element.childNodes);
  if (element.nodeName === "B" || !element.textContent.trim()) return null;
  const names = [];
  if (isBold && !element.closest("h1, h2, h3, h4, h5, h6")) names.push("strong");
  if (/font-style:\s*italic/.test(style)) names.push("em");
  let inside = [...element.childNodes];
  for (const name of names) {
    const made = element.ownerDocument.createElement(name);
    made.append(...inside);
    inside = [made];
  }
  return element.replaceWith(...inside);
}

// --- lists of Word: paragraphs that say their level in a style ------------------------
function wordLists(page) {
  let open = [];
  for (const element of page.querySelectorAll("p, h1, h2, h3, table")) {
    const level = Number(/mso-list:\s*l\d+\s+level(\d+)/i.exec(styleOf(element))?.[1] || 0);
    const before = element.previousElementSibling;
    if (!level || !open.length || before !== open[0].list) open = [];
    if (!level) continue;
    takeItem(element, level, open);
  }
}

/** `open` are the lists that are open, outermost first. */
function takeItem(element, level, open) {
  const page = element.ownerDocument;
  const isNumbered = takeMark(element);
  while (open.length && open.at(-1).level > level) open.pop();
  const last = open.at(-1);
  if (!last || last.level < level) {
    const list = page.createElement(isNumbered ? "ol" : "ul");
    if (last?.list.lastElementChild) last.list.lastElementChild.append(list);
    else element.before(list);
    open.push({ level, list });
  }
  const item = page.createElement("li");
  item.append(...element.childNodes);
  open.at(-1).list.append(item);
  element.remove();
}

/** Take the mark that Word writes as text away; return whether it was a number. */
function takeMark(element) {
  const mark = [...element.querySelectorAll("span")].find((span) =>
    /mso-list:\s*ignore/i.test(styleOf(span)),
  );
  const words = mark?.textContent.trim() || /^\s*(\S+)/.exec(element.textContent)?.[1] || "";
  mark?.remove();
  return /^\(?([0-9]+|[a-z]|[ivx]+)[.)]$/i.test(words);
}

// --- tables: one head, as many cells in each row, a cell in one line ------------------
function plainTable(table) {
  const rows = [...table.rows];
  if (!rows.length) return table.remove();
  for (const cell of table.querySelectorAll("td, th")) plainCell(cell);
  for (const row of rows) {
    for (const cell of row.cells) widen(cell);
  }
  const widest = Math.max(...rows.map((row) => row.cells.length));
  for (const row of rows) {
    while (row.cells.length < widest) row.insertCell();
  }
  const head = table.ownerDocument.createElement("tr");
  for (const cell of rows[0].cells) {
    const made = table.ownerDocument.createElement("th");
    made.append(...cell.childNodes);
    head.append(made);
  }
  const fresh = table.ownerDocument.createElement("table");
  const [top, body] = [fresh.createTHead(), fresh.createTBody()];
  top.append(head);
  body.append(...rows.slice(1));
  return table.replaceWith(fresh);
}

function widen(cell) {
  for (let more = cell.colSpan; more > 1; more -= 1) {
    cell.after(cell.ownerDocument.createElement("td"));
  }
  cell.removeAttribute("colspan");
}

function plainCell(cell) {
  for (const inner of cell.querySelectorAll("p, div, li, h1, h2, h3, h4, br")) {
    if (inner.nextSibling) inner.after(" ");
    inner.replaceWith(...inner.childNodes);
  }
  for (const list of cell.querySelectorAll("ul, ol")) list.replaceWith(...list.childNodes);
}
