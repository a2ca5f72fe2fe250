// ends: ok
// says: all shut
const made = [() => {}, async () => {}, function* () {}, async function* () {}];
const ways = {
  eval: () => eval("1"),
  indirect: () => (0, eval)("1"),
  Function: () => new Function("return 1")(),
  timer: () => setTimeout("console.log('open')", 1),
  interval: () => setInterval("console.log('open')", 1),
};
for (const one of made) ways[`${one.constructor.name} by itself`] = () => one.constructor("return 1")();

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
