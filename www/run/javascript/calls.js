// `call("user")`: the slow services of an exercise, which the page answers.

let callCount = 0;

// A call that was answered badly, or not at all; its stack leads to where it was made.
class CallError extends Error {
  constructor(message, stack, status) {
    super(message);
    const has = (name, value, enumerable) =>
      defineProperty(this, name, { __proto__: null, value, configurable: true, enumerable, writable: true });
    has("name", "CallError", false);
    has("stack", stack, false);
    has("status", status, status !== undefined);
  }
}

// Asks; `answered` gets the status and the text, `refused` an error.
function ask(name, options, signal, answered, refused) {
  if (signal !== undefined && signal !== null) {
    try {
      if (isAborted(signal)) return refused(reasonOf(signal));
    } catch {
      return refused(new TypeError("signal must be an AbortSignal"));
    }
  }
  if (isOver) return;
  callCount += 1;
  const id = callCount;
  if (id > LIMITS.calls) return limit("The program made more than 1,000 calls.");
  const abort = () => {
    if (!isAborted(signal) || !mapDelete(calls, id)) return;
    removeEventListener(signal, "abort", abort);
    if (!isOver) postMessage(page, { type: "abort", id });
    enter();
    refused(reasonOf(signal));
  };
  const settled = () => {
    if (signal) removeEventListener(signal, "abort", abort);
  };
  const stack = stackHere();
  mapSet(calls, id, { name, stack, answered, refused, settled });
  if (signal) addEventListener(signal, "abort", abort);
  flush();
  postMessage(page, { type: "call", id, thread: `${prefix}0`, line: lineIn(stack), name, options });
  awaitRest();
}

function answer(message) {
  const call = mapGet(calls, message.id);
  if (!mapDelete(calls, message.id)) return;
  call.settled();
  enter();
  if (message.type === "fail") call.refused(new CallError(message.sentence, call.stack));
  else call.answered(message.status, message.text, call.stack);
}

const checkedName = (name) => {
  if (typeof name !== "string") throw new TypeError("call() takes the name of a service");
  if (name.length < 1 || name.length > 40) throw new TypeError("a service's name has 1 to 40 characters");
  return name;
};
const checkedNumber = (what, value, least, most) => {
  if (typeof value !== "number" || !(value >= least && value <= most)) {
    throw new TypeError(`${what} must be a number from ${least} to ${most}`);
  }
  return value;
};

function call(name, given) {
  return new Promise((resolve, reject) => {
    checkedName(name);
    const options = { __proto__: null };
    let signal;
    if (given !== undefined) {
      if (typeof given !== "object" || given === null) {
        throw new TypeError("call() takes a name and an object: call(\"user\", { signal })");
      }
      const keys = ownKeys(given);
      for (let at = 0; at < keys.length; at += 1) {
        const key = keys[at];
        const value = given[key];
        if (key === "signal") {
          signal = value;
        } else if (key !== "ms" && key !== "status") {
          throw new TypeError("call() has the options ms, status and signal, and no other");
        } else if (value !== undefined) {
          const isMs = key === "ms";
          const number = checkedNumber(key, value, isMs ? 0 : 200, isMs ? 30_000 : 599);
          options[key] = isMs ? number : floor(number);
        }
      }
    }
    const answered = (status, text, stack) => {
      if (status >= 400) return reject(new CallError(`${name}: HTTP ${status}`, stack, status));
      try {
        resolve(parse(text));
      } catch {
        reject(new CallError(`${name}: the answer is not JSON`, stack, status));
      }
    };
    ask(name, options, signal, answered, reject);
  });
}
