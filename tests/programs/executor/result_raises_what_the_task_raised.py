from concurrent.futures import ThreadPoolExecutor


def work():
    raise KeyError("k")


with ThreadPoolExecutor() as executor:
    future = executor.submit(work)
    try:
        future.result()
    except KeyError as error:
        print("caught", error, future.exception() is error)
