// `inWorker(work, …)`: a function of the program in a worker of its own, with its own
// memory and its own event loop, as the frame has them for processes.

// Jobs by number: those from `nextJob` on wait for one of the workers that there
// may be at a time.
let jobCount = 0;
let nextJob = 1;
let workerCount = 0;

function inWorker(work, ...args) {
  return new Promise((resolve, reject) => {
    if (typeof work !== "function") throw new TypeError("inWorker() takes a function, and what that is called with");
    const text = sourceOf(work);
    const given = structuredClone(args);
    // Where it stands in the program, so that its lines are the program's.
    const at = indexOf(source, text);
    const isOnce = at >= 0 && indexOf(source, text, at + 1) < 0;
    let above = 0;
    for (let from = 0; isOnce && from < at; from += 1) above += charCodeAt(source, from) === 10 ? 1 : 0;
    jobCount += 1;
    if (jobCount > LIMITS.workers) return limit("The program sent more than 1,000 functions to workers.");
    const job = { text, args: given, above, line: lineHere(), resolve, reject, port: undefined, asked: new Map() };
    mapSet(jobs, jobCount, job);
    startJobs();
    awaitRest();
  });
}

function startJobs() {
  while (workerCount < MOST_WORKERS && nextJob <= jobCount && !isOver) {
    startJob(nextJob, mapGet(jobs, nextJob));
    nextJob += 1;
  }
}

function startJob(number, job) {
  const { port1, port2 } = new MessageChannel();
  workerCount += 1;
  job.port = port1;
  port1.onmessage = (event) => hearWorker(number, job, dataOf(event));
  tell("process", job.line, `begin p${number}`);
  tellFrame({ type: "spawn", number }, only(port2));
}

function endJob(number, job) {
  if (!mapDelete(jobs, number)) return;
  workerCount -= 1;
  mapEach(job.asked, (id) => {
    if (mapDelete(calls, id) && !isOver) postMessage(page, { type: "abort", id });
  });
  closePort(job.port);
  tell("process", 0, `end p${number}`);
  tellFrame({ type: "end", number });
  enter();
  startJobs();
}

function hearWorker(number, job, message) {
  if (isOver) return;
  const { type } = message;
  if (type === "ready") {
    const { text, args, above } = job;
    postMessage(job.port, { type: "run", process: `p${number}.`, source: text, above, args, zero: zero + timeOrigin });
  } else if (type === "batch") {
    outputCount += message.text.length;
    tellPrinted();
    pending += message.text;
    if (outputCount > 2 * LIMITS.output) return limit(`The program printed more than ${LIMITS.output / 1024} KiB.`);
    flush();
    postMessage(job.port, { type: "ack" });
  } else if (type === "call") {
    askFor(job, message);
  } else if (type === "abort") {
    const id = mapGet(job.asked, message.id);
    if (mapDelete(calls, id)) postMessage(page, { type: "abort", id });
    mapDelete(job.asked, message.id);
  } else if (type === "limit") {
    limit(message.sentence);
  } else if (type === "result") {
    endJob(number, job);
    job.resolve(message.value);
  } else {
    endJob(number, job);
    const { name = "Error", message: text = message.sentence ?? "The worker failed.", stack } = message.failure ?? {};
    const error = new (errors[name] ?? Error)(text);
    const has = (key, value) =>
      defineProperty(error, key, { __proto__: null, value, configurable: true, writable: true });
    if (!errors[name] && name !== "Error") has("name", name);
    if (stack) has("stack", stack);
    job.reject(error);
  }
}

// A call of a worker's: the page has one wire.
function askFor(job, { id: theirs, thread, line, name, options }) {
  callCount += 1;
  const id = callCount;
  if (id > LIMITS.calls) return limit("The program made more than 1,000 calls.");
  const reply = (message) => {
    mapDelete(job.asked, theirs);
    postMessage(job.port, message);
  };
  mapSet(job.asked, theirs, id);
  mapSet(calls, id, {
    name,
    stack: "",
    settled: () => {},
    answered: (status, text) => reply({ type: "reply", id: theirs, status, text }),
    refused: (error) => reply({ type: "fail", id: theirs, sentence: error.message }),
  });
  flush();
  postMessage(page, { type: "call", id, thread, line, name, options });
}

// In such a worker: what came of the function.
function sendResult(value) {
  flush();
  try {
    const message = { type: "result", value };
    tell("end", 0, "");
    while (pending !== "") sendOne();
    postMessage(page, message);
    isOver = true;
  } catch (error) {
    sendFailure(error);
  }
}

function sendFailure(error) {
  const failure = { name: "Error", message: "The worker failed.", stack: "" };
  try {
    const isError = typeof error === "object" && error !== null;
    failure.name = isError ? `${error.name}` : "Error";
    failure.message = slice(isError ? `${error.message}` : inspect(error), 0, MOST_TRACEBACK);
    if (isError) failure.stack = slice(`${stackOf(error)}`, 0, MOST_TRACEBACK);
  } catch {
    // It is told as one that cannot be told.
  }
  tell("end", 0, "");
  finish({ type: "failed", failure });
}
