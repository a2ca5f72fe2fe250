// fails: stops
const NAMES = Array.from({ length: 6 }, (_, place) => `order-${place + 1}`);
const names = NAMES.values();

async function takeTurns() {
  for (const name of names) await call(name);
}

await Promise.all([takeTurns(), takeTurns()]).catch((error) => {
  console.log(error.message);
});
