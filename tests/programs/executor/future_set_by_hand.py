from concurrent.futures import Future, InvalidStateError

future = Future()
future.add_done_callback(lambda future: print("callback", future.result()))
print(future.set_running_or_notify_cancel())
future.set_result(3)
try:
    future.set_result(4)
except InvalidStateError:
    print("set once only")
failed = Future()
failed.set_exception(OSError("gone"))
print(repr(failed.exception()), future.result())
try:
    failed.result()
except OSError as error:
    print("raised", error)
