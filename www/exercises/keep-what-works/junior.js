const NAMES = ["user", "billing", "orders"];

const outcomes = await Promise.allSettled(NAMES.map((name) => call(name)));

for (const { status, value, reason } of outcomes) {
  console.log(status === "fulfilled" ? value.service : reason.message);
}
