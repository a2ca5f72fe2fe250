from concurrent.futures import ThreadPoolExecutor


def work(text):
    return int(text)


with ThreadPoolExecutor() as executor:
    future = executor.submit(work, "twelve")
    print(future.result())
