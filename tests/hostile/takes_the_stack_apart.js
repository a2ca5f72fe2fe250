// ends: ok
// says: kept nothing
const kept = [];
Error.stackTraceLimit = 100;
Error.prepareStackTrace = (_, frames) => {
  for (const frame of frames) kept.push(frame.getThis(), frame.getFunction());
  return "";
};
await call("user", { ms: 10 });
try {
  call.caller;
  kept.push(call.arguments);
} catch {
  // As it should be.
}
const foreign = kept.filter((one) => one !== undefined);
console.log(foreign.length === 0 ? "kept nothing" : `kept ${foreign}`);
