import threading

idents = {threading.get_ident()}
barrier = threading.Barrier(3)


def work():
    idents.add(threading.get_ident())
    assert threading.current_thread().ident == threading.get_ident()
    barrier.wait()


threads = [threading.Thread(target=work) for _ in range(3)]
print([thread.ident for thread in threads])
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(idents), all(isinstance(ident, int) and ident for ident in idents))
