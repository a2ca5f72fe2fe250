// What the browser has stored of this page, by names, and what the page is called.
const list = async (kind, names) => [...(await names)].map((name) => `${kind}: ${name}`);
const all = await Promise.all([
  list("title", [document.title]),
  list("cookie", document.cookie.split("; ")),
  list("local", Object.keys(localStorage).sort()),
  list("session", Object.keys(sessionStorage).sort()),
  list("cache", caches.keys()),
  list("database", indexedDB.databases().then((found) => found.map(({ name }) => name))),
]);
return all.flat();
