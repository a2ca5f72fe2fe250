import os
from concurrent.futures import ProcessPoolExecutor

PIECES = [(0, 37_000), (37_000, 60_000), (60_000, 82_000), (82_000, 100_000)]


def primes(piece):
    count = 0
    for number in range(*piece):
        divisors = range(2, int(number**0.5) + 1)
        if number > 1 and all(number % divisor for divisor in divisors):
            count += 1
    return count


# The processes import this file, and must not begin processes of their own.
if __name__ == "__main__":
    # More of them than pieces or cores would only cost.
    workers = max(2, min(len(PIECES), os.cpu_count() or 1))
    with ProcessPoolExecutor(workers) as executor:
        total = sum(executor.map(primes, PIECES))
    print(total, "primes")
