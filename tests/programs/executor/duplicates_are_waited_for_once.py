from concurrent.futures import ThreadPoolExecutor, as_completed, wait

with ThreadPoolExecutor() as executor:
    future = executor.submit(pow, 2, 5)
    print([one.result() for one in as_completed([future, future])])
    result = wait([future, future])
    print(len(result.done), len(result.not_done), result._fields)
