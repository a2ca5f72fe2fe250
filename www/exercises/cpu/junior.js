const PIECES = [[0, 37_000], [37_000, 60_000], [60_000, 82_000], [82_000, 100_000]];

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

const counts = await Promise.all(
  PIECES.map(([from, to]) => inWorker(primes, from, to)),
);
console.log(counts.reduce((sum, count) => sum + count), "primes");
