# fails: processes
from concurrent.futures import ThreadPoolExecutor

PIECES = [(0, 37_000), (37_000, 60_000), (60_000, 82_000), (82_000, 100_000)]


def primes(piece):
    count = 0
    for number in range(*piece):
        divisors = range(2, int(number**0.5) + 1)
        if number > 1 and all(number % divisor for divisor in divisors):
            count += 1
    return count


with ThreadPoolExecutor(max_workers=4) as executor:
    print(sum(executor.map(primes, PIECES)), "primes")
