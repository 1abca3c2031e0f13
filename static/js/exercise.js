// Makes three kinds of answering easier; each works without this file. Listens on
// the document and watches it, because questions and checks are swapped in.
(() => {
  "use strict";
  const all = (selector, root) => [...root.querySelectorAll(selector)];
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // Rows that move. Their numbers stay empty until the order was touched or kept:
  // an order nobody looked at is no answer.
  const number = (list) => {
    all("select", list).forEach((select, index) => (select.value = index + 1));
    list.parentNode.querySelector("[data-order-keep]").hidden = true;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const edges = (list) => {
    const last = list.children.length - 1;
    [...list.children].forEach((row, index) => {
      const [up, down] = all("[data-move]", row);
      up.setAttribute("aria-disabled", index === 0);
      down.setAttribute("aria-disabled", index === last);
    });
  };
  const prepareOrder = (list) => {
    const place = (row) => Number(row.querySelector("select").value);
    const rows = [...list.children];
    const isTouched = rows.some(place);
    rows.sort((a, b) => (place(a) || rows.length) - (place(b) || rows.length));
    list.append(...rows);
    list.classList.add("is-live");
    for (const box of all(".m-order-place", list)) box.hidden = true;
    for (const box of all(".m-order-moves", list)) box.hidden = false;
    list.parentNode.querySelector("[data-order-keep]").hidden = isTouched;
    edges(list);
  };
  const tell = (list, words) => {
    list.parentNode.querySelector("[data-order-status]").textContent = words;
  };
  const move = (button) => {
    const row = button.closest("li");
    const list = row.parentNode;
    const step = Number(button.dataset.move);
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    edges(list);
    number(list);
    button.focus(); // a row that moved has lost it
    const place = [...list.children].indexOf(row) + 1;
    const total = list.children.length;
    const words = list.parentNode.querySelector("[data-order-status]").dataset.words;
    tell(list, fill(words, { item: row.dataset.text, place, total }));
  };
  const keep = (button) => {
    const list = button.parentNode.querySelector("[data-order]");
    number(list);
    list.querySelector("[data-move='1']").focus();
    tell(list, button.parentNode.querySelector("[data-order-status]").dataset.kept);
  };

  // Scenes of a conversation: the first one, and those that the replies lead to.
  const follow = (root) => {
    const scenes = new Map(all("[data-scene]", root).map((one) => [one.dataset.scene, one]));
    let [key] = scenes.keys();
    const path = [];
    let reply;
    while (scenes.has(key) && !path.includes(key)) {
      path.push(key);
      reply = scenes.get(key).querySelector("input:checked");
      key = reply ? reply.dataset.next : "";
    }
    for (const [name, scene] of scenes) {
      scene.hidden = !path.includes(name);
      if (scene.hidden) for (const input of all("input", scene)) input.checked = false;
    }
    return { isOver: Boolean(reply), length: path.length };
  };
  const prepareScenes = (root) => {
    for (const when of all(".m-scene-when", root)) when.hidden = true;
    follow(root);
  };
  const goOn = (root) => {
    const status = root.querySelector("[data-scenes-status]");
    const { isOver, length } = follow(root);
    const words = isOver ? status.dataset.ends : length > 1 ? status.dataset.goesOn : "";
    if (status.textContent !== words) status.textContent = words;
  };

  // "None of them" and the others leave each other.
  const exclude = (input) => {
    const others = all(`[name="${input.name}"]`, input.form);
    if (!input.checked || !others.some((other) => "none" in other.dataset)) return;
    for (const other of others) {
      if ("none" in other.dataset !== "none" in input.dataset) other.checked = false;
    }
  };

  const prepare = (root) => {
    all("[data-order]", root).forEach(prepareOrder);
    all("[data-scenes]", root).forEach(prepareScenes);
  };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-move], [data-order-keep]");
    if (!button) return;
    if (button.dataset.move) move(button);
    else keep(button);
  });
  // Before quiz.js takes the answer down.
  const changed = ({ target }) => {
    if (target.type === "checkbox") exclude(target);
    const scenes = target.closest("[data-scenes]");
    if (scenes) goOn(scenes);
  };
  document.addEventListener("change", changed, true);
  document.addEventListener("restored", ({ target }) => prepare(target));
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType === 1) prepare(node);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
  prepare(document);
})();
