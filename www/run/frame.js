// The frame in which a reader's program runs: an opaque origin with a policy of
// its own, and no network at all. Everything comes from the page by messages.
//
// It owns the workers: the interpreter that runs the program, and those that the
// program's own processes are. What is compiled is compiled once, here, and
// every worker gets it. What the program does goes from the interpreter to the
// page by a port of their own and never through here.
//
// The build inlines this into runner.html and puts its hash into the policy.
"use strict";
{
  // In the page's own origin nothing of a stranger's is run.
  if (self.origin !== "null") throw new Error("The runner is not in a sandbox.");
  // The frame around this one has no script: it is the page's.
  const page = parent.parent;
  const MOST_PROCESSES = 8;

  const parts = {};
  let url;
  let compiled;
  let interpreter;
  const processes = new Map();
  // Workers that wait for the program's next processes: one that a process has
  // left behind is of no more use (its modules, its globals).
  const spares = [];

  function worker(role, ports) {
    // A classic one, which makes its modules' URLs itself: Chromium lets a worker
    // of an opaque origin import no blob: URL that another thread has made.
    const made = new Worker(url, { name: role });
    const { "pyodide.asm.wasm": _, ...files } = parts;
    made.postMessage({ type: "load", role, files }, ports);
    compiled.then(
      (module) => made.postMessage({ type: "module", module }),
      (error) => made.postMessage({ type: "broken", sentence: String(error?.message ?? error) }),
    );
    return made;
  }

  // A process for the interpreter, which has given it that number and the other
  // end of that port.
  function spawn(number, port) {
    if (processes.size >= MOST_PROCESSES) return;
    const made = spares.shift() ?? worker("process", []);
    made.postMessage({ type: "port" }, [port]);
    made.onerror = () => port.postMessage({ type: "broken" });
    processes.set(number, made);
  }

  function heard({ data, ports }) {
    if (data?.type === "spawn") spawn(data.number, ports[0]);
    if (data?.type === "end") {
      processes.get(data.number)?.terminate();
      processes.delete(data.number);
    }
    // Who has used processes will again.
    if (data?.type === "warm") keepSpares(1);
  }

  function keepSpares(count) {
    while (spares.length < Math.min(count, MOST_PROCESSES)) spares.push(worker("process", []));
  }

  addEventListener("message", ({ data, source, ports }) => {
    if (source !== page || data?.type !== "parts" || interpreter) return;
    Object.assign(parts, data.parts);
    compiled = WebAssembly.compile(parts["pyodide.asm.wasm"]);
    url = URL.createObjectURL(new Blob([parts["python.js"]], { type: "text/javascript" }));
    interpreter = worker("main", [ports[0]]);
    interpreter.onmessage = heard;
    keepSpares(data.processes ?? 0);
    interpreter.onerror = (event) =>
      page.postMessage({ type: "broken", sentence: event.message || "The interpreter could not be started." }, "*");
  });
  page.postMessage({ type: "open" }, "*");
}
