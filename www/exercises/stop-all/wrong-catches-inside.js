// fails: stops
const NAMES = Array.from({ length: 6 }, (_, place) => `order-${place + 1}`);
const names = NAMES.values();

async function takeTurns() {
  for (const name of names) {
    try {
      await call(name);
    } catch (error) {
      console.log(error.message);
    }
  }
}

await Promise.all([takeTurns(), takeTurns()]);
