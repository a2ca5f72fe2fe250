// The frame in which readers' programs run: an opaque origin with a policy of its
// own, and no network at all. Everything comes from the page by messages, and
// nothing of a program runs in here.
//
// It owns the workers: interpreters, which the page opens and closes by number, each
// for one program, and those that a program's own processes are. What is compiled is
// compiled once, here, and every worker gets it. What a program does goes from its
// interpreter to the page by a port of their own and never through here.
//
// The build inlines this into runner.html and puts its hash into the policy.
"use strict";
{
  // In the page's own origin nothing of a stranger's is run.
  if (self.origin !== "null") throw new Error("The runner is not in a sandbox.");
  // The frame around this one has no script: it is the page's.
  const page = parent.parent;
  const MOST_PROCESSES = 8;

  const say = (message) => page.postMessage(message, "*");
  const sentence = (error) => String(error?.message ?? error);

  // What interpreters are made of, by language: the script of their worker, the files
  // that it is given, and what is compiled.
  const kits = new Map();

  function bring(language, { ...files }) {
    const script = `${language}.js`;
    const url = URL.createObjectURL(new Blob([files[script]], { type: "text/javascript" }));
    delete files[script];
    const wasm = Object.keys(files).find((name) => name.endsWith(".wasm"));
    const compiled = wasm && WebAssembly.compile(files[wasm]);
    delete files[wasm];
    kits.set(language, { url, files, compiled, spares: [] });
  }

  function worker({ url, files, compiled }, role) {
    // A classic one, which makes its modules' URLs itself: Chromium lets a worker
    // of an opaque origin import no blob: URL that another thread has made.
    const made = new Worker(url, { name: role });
    made.postMessage({ type: "load", role, files });
    compiled?.then(
      (module) => made.postMessage({ type: "module", module }),
      (error) => made.postMessage({ type: "broken", sentence: sentence(error) }),
    );
    return made;
  }

  // ------------------------------------------------------------- interpreters

  const interpreters = new Map();

  function open(number, language, port) {
    const kit = kits.get(language);
    const processes = new Map();
    const main = worker(kit, "main");
    main.postMessage({ type: "port" }, [port]);
    main.onmessage = ({ data, ports }) => {
      if (data?.type === "spawn") spawn(kit, processes, data.number, ports[0]);
      if (data?.type === "end") end(processes, data.number);
      // Who has used processes will again.
      if (data?.type === "warm") keepSpare(kit);
    };
    main.onerror = (event) => {
      // Said on the page, and not on its console.
      event.preventDefault();
      say({ type: "broken", number, sentence: event.message || "The interpreter could not be started." });
    };
    interpreters.set(number, { main, processes });
  }

  function close(number) {
    const { main, processes } = interpreters.get(number) ?? {};
    interpreters.delete(number);
    if (main) dismiss(main);
    for (const each of processes?.keys() ?? []) end(processes, each);
    say({ type: "closed", number });
  }

  // Ends a worker wherever it is, in an endless loop as well. It has a moment to come
  // to rest: Firefox says on the console of one that is ended as a stack goes on that
  // an exception was not caught.
  const REST_MS = 500;
  function dismiss(worker) {
    const end = () => worker.terminate();
    worker.onmessage = ({ data }) => {
      if (data?.type === "rests") end();
    };
    worker.postMessage({ type: "rest" });
    setTimeout(end, REST_MS);
  }

  // ---------------------------------------------------------------- processes

  // A process for the interpreter, which has given it that number and the other
  // end of that port.
  function spawn(kit, processes, number, port) {
    if (processes.size >= MOST_PROCESSES) return;
    // One that waited: none is used twice, for its modules and its globals.
    const made = kit.spares.shift() ?? worker(kit, "process");
    made.postMessage({ type: "port" }, [port]);
    made.onerror = (event) => {
      event.preventDefault();
      port.postMessage({ type: "broken" });
    };
    processes.set(number, made);
  }

  function end(processes, number) {
    if (processes.has(number)) dismiss(processes.get(number));
    processes.delete(number);
  }

  function keepSpare(kit) {
    if (kit.spares.length === 0) kit.spares.push(worker(kit, "process"));
  }

  // ----------------------------------------------------------------- the page

  addEventListener("message", ({ data, source, ports }) => {
    if (source !== page) return;
    if (data?.type === "parts") bring(data.language, data.parts);
    if (data?.type === "open") open(data.number, data.language, ports[0]);
    if (data?.type === "close") close(data.number);
  });
  say({ type: "here" });
}
