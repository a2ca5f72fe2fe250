from concurrent.futures import ThreadPoolExecutor


def depth(number):
    return 0 if number == 0 else 1 + depth(number - 1)


with ThreadPoolExecutor() as executor:
    print(executor.submit(depth, 900).result())
