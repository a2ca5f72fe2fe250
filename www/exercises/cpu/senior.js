const PIECES = [[0, 37_000], [37_000, 60_000], [60_000, 82_000], [82_000, 100_000]];

// A worker has a memory of its own: all that this needs is in it.
function primes(from, to) {
  let count = 0;
  for (let number = Math.max(from, 2); number < to; number++) {
    let isPrime = true;
    for (let divisor = 2; isPrime && divisor * divisor <= number; divisor++) {
      isPrime = number % divisor !== 0;
    }
    if (isPrime) count++;
  }
  return count;
}

async function summed(pieces, workers) {
  let total = 0;
  const rest = pieces.values();
  const takeTurns = async () => {
    for (const piece of rest) {
      const count = await inWorker(primes, ...piece);
      total += count;
    }
  };
  await Promise.all(Array.from({ length: workers }, takeTurns));
  return total;
}

// More workers than cores would only cost.
console.log(await summed(PIECES, 2), "primes");
