import threading

ended = []


def count(name, numbers):
    total = 0
    for number in range(numbers):
        total += number
    ended.append(name)


long = threading.Thread(target=count, args=("long", 1_500_000))
short = threading.Thread(target=count, args=("short", 1_000))
long.start()
short.start()
long.join()
short.join()
print(ended)
