// fails: prints
const PIECES = [[0, 37_000], [37_000, 60_000], [60_000, 82_000], [82_000, 100_000]];

function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor++) {
    if (number % divisor === 0) return false;
  }
  return number > 1;
}

function primes(from, to) {
  let count = 0;
  for (let number = from; number < to; number++) {
    if (isPrime(number)) count++;
  }
  return count;
}

const counts = await Promise.all(
  PIECES.map(([from, to]) => inWorker(primes, from, to)),
);
console.log(counts.reduce((sum, count) => sum + count), "primes");
