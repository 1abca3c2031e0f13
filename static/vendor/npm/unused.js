// Stands for what lang-markdown imports and nothing here calls: HTML inside Markdown.
// Six packages stay out; the bundler drops these names with whatever mentions them.
export const CompletionContext = undefined;
export const html = () => undefined;
export const htmlCompletionSource = undefined;
