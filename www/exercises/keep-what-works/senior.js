const NAMES = ["user", "billing", "orders"];

const ask = (name) => call(name, { signal: AbortSignal.timeout(5000) });
// With allSettled an error is an outcome among others.
const outcomes = await Promise.allSettled(NAMES.map(ask));

for (const { status, value, reason } of outcomes) {
  if (status === "fulfilled") {
    console.log(value.service);
  } else if (reason.status >= 500 || reason.name === "TimeoutError") {
    console.log(reason.message);
  } else {
    // Ours, not the service's: that must not be hidden.
    throw reason;
  }
}
