// The start of the program, or of its function, and what the worker hears.

const moduleUrl = (text) => makeUrl(new Blob([text], { type: "text/javascript" }));

// Starts a module, and tells when its own code begins: another that stands before
// it says so.
function start(text, done) {
  const begun = () => {
    if (prefix === "") zero = now();
    tell("begin", 0, prefix === "" ? "main" : `Worker ${slice(prefix, 1, -1)}`);
    state = "evaluating";
    enter();
  };
  defineProperty(self, "begin", {
    __proto__: null,
    configurable: true,
    value: () => {
      deleteProperty(self, "begin");
      begun();
    },
  });
  url = moduleUrl(text);
  const first = moduleUrl("begin();");
  const offered = prefix === "" ? "" : `export { default } from "${url}";`;
  const entry = moduleUrl(`import "${first}"; import "${url}"; ${offered}`);
  const dropped = () => {
    dropUrl(first);
    dropUrl(url);
    dropUrl(entry);
  };
  then(
    import(entry),
    (module) => {
      dropped();
      enter();
      done(module);
    },
    (error) => {
      dropped();
      const line = state === "loading" && error instanceof errors.SyntaxError ? lineOfSyntax(error) : undefined;
      // Nothing of such a program has run.
      if (state === "loading") begun();
      raised(error, line);
    },
  );
}

function run(given) {
  const began = given.zero;
  zero = began ? began - timeOrigin : now();
  prefix = given.process ?? "";
  ({ source } = given);
  const { args = [], above = 0 } = given;
  strip();
  if (prefix === "") {
    return start(source, () => { state = "done"; });
  }
  const text = `${repeat("\n", above)}export default (${source}\n);`;
  start(text, (module) => {
    let result;
    try {
      result = apply(module.default, undefined, args);
    } catch (error) {
      return sendFailure(error);
    }
    then(new Promise((resolve) => resolve(result)), sendResult, sendFailure);
  });
}

self.addEventListener("error", (event) => {
  event.preventDefault();
  if (complaint !== 0) {
    // Only to be asked for its line.
    complaint = event.lineno ?? 0;
  } else if (state !== "loading") {
    raised(event.error);
  }
});
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  raised(event.reason);
});

function hear(event) {
  const message = dataOf(event);
  const { type } = message;
  if (type === "reply" || type === "fail") {
    answer(message);
  } else if (type === "ack") {
    underway -= 1;
    flush();
  } else if (type === "run" && state === "loading" && url === "") {
    run(message);
  }
}

self.onmessage = ({ ports }) => {
  const [port] = ports;
  if (!port || page) return;
  page = port;
  page.onmessage = hear;
  postMessage(page, { type: "ready", version: "ECMAScript" });
};
