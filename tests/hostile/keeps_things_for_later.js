// ends: ok
// says: all shut
const ways = {
  local: () => localStorage.setItem("soup", "1"),
  session: () => sessionStorage.setItem("soup", "1"),
  database: () => indexedDB.open("soup"),
  caches: () => caches.open("soup"),
  cookies: () => cookieStore.set("soup", "1"),
  files: () => navigator.storage.getDirectory(),
  locks: () => navigator.locks.request("soup", () => {}),
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
