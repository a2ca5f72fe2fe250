import threading
import time

forks = [threading.Lock() for _ in range(3)]
meals = []


def eat(number):
    first, second = sorted((number, (number + 1) % 3))
    for _ in range(2):
        with forks[first]:
            time.sleep(0.01)
            with forks[second]:
                meals.append(number)


threads = [threading.Thread(target=eat, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(meals))
