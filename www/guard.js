// The one door into the program: whatever the browser or a script wants of it
// goes through a function that the wasm exports. An error that comes out there,
// a panic's trap or an exception of the browser's, was caught by nobody in the
// program and has left it in the middle of what it did: `door.failed` hears of
// it, whoever catches it afterwards, and can shut the door for good.
//
// `tools/dist` puts this into the glue, in the place of the glue's own ways to
// start the program: there is one.
export const door = { isOpen: true, failed() {} };

// What the glue asks for meanwhile: often, and never by itself.
const MEANWHILE = /^__.*(alloc|free|exn_store)$/;

function guarded(exports) {
  const guard = (enter) => (...given) => {
    if (!door.isOpen) return undefined;
    try {
      return enter(...given);
    } catch (error) {
      door.failed(error);
      throw error;
    }
  };
  const isEntry = (name, one) => typeof one === "function" && !MEANWHILE.test(name);
  const entries = Object.entries(exports);
  return Object.fromEntries(entries.map(([name, one]) => [name, isEntry(name, one) ? guard(one) : one]));
}

// Starts the program in the file at that URL.
export async function start(url) {
  const imports = __wbg_get_imports();
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
  // Compiled as it comes, where the host knows its type.
  const isTyped = answer.headers.get("Content-Type") === "application/wasm";
  const { instance, module } = await (isTyped
    ? WebAssembly.instantiateStreaming(answer, imports)
    : WebAssembly.instantiate(await answer.arrayBuffer(), imports));
  __wbg_finalize_init({ exports: guarded(instance.exports) }, module);
}
