// ends: ok
// says: all shut
const ways = {
  https: () => import("https://example.com/soup.js"),
  data: () => import("data:text/javascript,export default 1"),
  blob: () => import("blob:null/00000000-0000-4000-8000-000000000000"),
  bare: () => import("fs"),
  relative: () => import("./sw.js"),
  json: () => import("https://example.com/a.json", { with: { type: "json" } }),
};

const open = [];
for (const [name, way] of Object.entries(ways)) {
  try {
    await way();
    open.push(name);
  } catch {
    // It is shut.
  }
}
console.log(open.length === 0 ? "all shut" : `open: ${open}`);
