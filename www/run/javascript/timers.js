// `setTimeout` and `setInterval`: as in a browser, and told to the page.

const LONGEST_TIMER = 2 ** 31 - 1;
let timerCount = 0;
// What a program has called back with: nothing of it goes into the wire.
function perform(callback, args) {
  try {
    apply(callback, undefined, args);
  } catch (error) {
    raised(error);
  }
}

const checkedWait = (ms) => {
  const wait = +ms;
  return wait >= 1 && wait <= LONGEST_TIMER ? wait : 1;
};
const checkedCallback = (callback) => {
  if (typeof callback !== "function") throw new TypeError("the first argument must be a function");
};

function counted() {
  if (sizeOf(timers) >= LIMITS.timers) limit("The program set more than 10,000 timers.");
  timerCount += 1;
  return timerCount;
}

function setTimeout(callback, ms = 0, ...args) {
  checkedCallback(callback);
  const wait = checkedWait(ms);
  const id = counted();
  // Who waits for no time lets others have a turn, and no more.
  const isTold = +ms > 0;
  const timer = setTimer(() => {
    if (!mapDelete(timers, id) || isOver) return;
    if (isTold) tell("timer", 0, `end ${id}`);
    enter();
    perform(callback, args);
  }, wait);
  mapSet(timers, id, { timer, isTold });
  if (isTold) tell("timer", lineHere(), `begin ${id} ${floor(wait * 10) / 10}`);
  awaitRest();
  return id;
}

function setInterval(callback, ms = 0, ...args) {
  checkedCallback(callback);
  const wait = checkedWait(ms);
  const id = counted();
  const again = () => setTimer(() => {
    const known = mapGet(timers, id);
    if (!known || isOver) return;
    known.timer = again();
    enter();
    perform(callback, args);
  }, wait);
  mapSet(timers, id, { timer: again(), isTold: false });
  awaitRest();
  return id;
}

function clearTimeout(id) {
  const known = mapGet(timers, id);
  if (!mapDelete(timers, id)) return;
  clearTimer(known.timer);
  if (known.isTold) tell("timer", 0, `clear ${id}`);
  awaitRest();
}
