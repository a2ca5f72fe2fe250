import logging
from concurrent.futures import Future


class Short(logging.Handler):
    def emit(self, record):
        print(record.name, record.levelname, record.getMessage().split(" for ")[0])


logging.getLogger("concurrent.futures").addHandler(Short())
future = Future()
future.add_done_callback(lambda _: 1 / 0)
future.add_done_callback(lambda _: print("the next one"))
future.set_result(None)
