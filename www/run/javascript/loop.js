// The event loop: when the program goes on, when it waits and for what, and when it
// is over.

// What keeps the program from its end, as in Node: its calls, timers and workers.
const calls = new Map();
const timers = new Map();
const jobs = new Map();
let state = "loading";
let isRunning = false;
let isRestAwaited = false;
// How often anything has happened.
let happened = 0;

// A task of its own, once what has been begun has come to its end with all that
// was to be done at once.
const loop = new MessageChannel();
loop.port1.onmessage = () => {
  isRestAwaited = false;
  rest();
};
function awaitRest() {
  if (isRestAwaited || isOver) return;
  isRestAwaited = true;
  postMessage(loop.port2, 0);
}

// Something of the program's goes on from here.
function enter() {
  happened += 1;
  if (!isRunning) {
    isRunning = true;
    tell("run", 0, "");
    // At once: what is told later than the page hears of something else is held to be
    // after that.
    flush();
  }
  awaitRest();
}

// For what it waits, in words.
function waitsFor() {
  if (sizeOf(calls) === 0) return sizeOf(jobs) > 0 ? "workers" : sizeOf(timers) > 0 ? "timers" : "nothing";
  let names = "";
  let count = 0;
  mapEach(calls, (call) => {
    count += 1;
    if (count <= 5) names += count === 1 ? call.name : `, ${call.name}`;
  });
  return `call ${names}${count > 5 ? " and more" : ""}`;
}

// Nothing is to be done now.
function rest() {
  if (isOver) return;
  if (isRunning) {
    isRunning = false;
    tell("wait", 0, waitsFor());
  }
  flush();
  if (state === "loading" || sizeOf(calls) + sizeOf(timers) + sizeOf(jobs) > 0) return;
  const known = happened;
  const still = (then) => () => {
    if (happened === known && sizeOf(calls) + sizeOf(timers) + sizeOf(jobs) === 0) then();
  };
  // What nobody has caught is heard of before this.
  if (state === "done") setTimer(still(end), 0);
  else setTimer(still(inVain), GRACE_MS);
}

function end() {
  tell("end", 0, "");
  ended("ok", "", 0);
}
function inVain() {
  if (state === "done" || isOver) return;
  const sentence = "It awaits what can never come: no call, timer or worker is under way.";
  if (prefix !== "") return sendFailure(new Error(`The function in a worker can never end. ${sentence}`));
  finish({ type: "deadlock", sentence: `Nothing can ever go on. ${sentence}` });
}
