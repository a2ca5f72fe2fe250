// What stands around a figure of the article and sets it: fields whose values
// make the query string of the figure below them. The words in braces are the
// fields' names; a choice may set several, like `how=join;code=answer`, and may
// name others in its turn.
//
// A script for the reason of share.js.

function query(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    values[name] = value;
    for (const part of value.split(";")) {
      const at = part.indexOf("=");
      if (at > 0) values[part.slice(0, at)] = part.slice(at + 1);
    }
  }
  for (const output of form.querySelectorAll("output")) output.value = values[output.htmlFor.value || output.name];
  const fill = (text) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  return fill(fill(form.dataset.query));
}

self.document?.addEventListener("input", ({ target }) => {
  const form = target.closest?.(".knobs");
  if (!form) return;
  const figure = form.closest("section").querySelector("[data-expert-chef]");
  figure.dispatchEvent(new CustomEvent("expert-chef:configure", { detail: query(form) }));
  if ("start" in form.dataset) figure.dispatchEvent(new Event("expert-chef:start"));
});

for (const form of self.document?.querySelectorAll(".knobs") ?? []) query(form);
