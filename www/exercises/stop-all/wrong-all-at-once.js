// fails: limit
const NAMES = Array.from({ length: 6 }, (_, place) => `order-${place + 1}`);

try {
  await Promise.all(NAMES.map((name) => call(name)));
} catch (error) {
  console.log(error.message);
}
