// Words that a page brings in a template, as templates/quizzes/_quiz_words.html; braces in
// them are filled in here.

/** Return a function that says a word of a template by its name, as HTML. */
export function wordsOf({ content }) {
  return (name, values = {}) => {
    const html = content.querySelector(`[data-word=${name}]`).innerHTML;
    return html.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  };
}

/** Put HTML into an element that is not there already: a live region speaks when touched. */
export function put(element, html) {
  if (element.innerHTML !== html) element.innerHTML = html;
}
