const NAMES = ["user", "billing", "orders"];

try {
  const answers = await Promise.all(NAMES.map((name) => call(name)));
  for (const answer of answers) console.log(answer.service);
} catch (error) {
  console.log("No dashboard today:", error.message);
}
