# Bound by the processor: calls of functions, loops, lists and dictionaries, in two
# threads that take turns.
from concurrent.futures import ThreadPoolExecutor


def fibonacci(n):
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)


def primes(most):
    found = []
    for number in range(2, most):
        for prime in found:
            if number % prime == 0:
                break
            if prime * prime > number:
                found.append(number)
                break
        else:
            found.append(number)
    return len(found)


def words(rounds):
    counted = {}
    for word in ["ready", "steady", "go"] * rounds:
        counted[word] = counted.get(word, 0) + 1
    return counted["go"]


def work(name):
    return name, fibonacci(25), primes(30_000), words(200_000)


with ThreadPoolExecutor(max_workers=2) as executor:
    for made in executor.map(work, ["a", "b"]):
        print(*made)
