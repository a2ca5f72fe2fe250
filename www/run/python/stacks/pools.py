"""`ProcessPoolExecutor` and `multiprocessing.Pool`: CPython's own pools of threads,
each thread of which hands what it is to run to a process of its own. `doors` puts
them in place when a program imports them."""
from concurrent.futures import _base
from concurrent.futures import thread as threads
from itertools import count

from . import processes


class _RemoteTraceback(Exception):
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return f'\n"""\n{self.text}"""'


class BrokenProcessPool(_base.BrokenExecutor):
    """Raised when a process ended while a future was running or pending."""


for _class in (_RemoteTraceback, BrokenProcessPool):
    _class.__module__ = "concurrent.futures.process"


def run_in(child, function, args, kwargs):
    child.request("call", function, args, kwargs)
    is_good, value, text = child.answer()
    if not is_good:
        value.__cause__ = _RemoteTraceback(text)
        raise value
    return value


class _Context(threads.WorkerContext):
    """What a pool's thread does at its start, with each task, and at its end."""

    def initialize(self):
        self.child = processes.Child()
        if self.initializer is not None:
            run_in(self.child, self.initializer, self.initargs, {})

    def run(self, task):
        try:
            return run_in(self.child, *task)
        except processes.ProcessDied as died:
            raise BrokenProcessPool("A process in the process pool was terminated abruptly while the future "
                                    f"was running or pending.\n{died}".rstrip()) from None

    def finalize(self):
        child = getattr(self, "child", None)
        if child is not None:
            child.end()
            processes._warm()


class ProcessPoolExecutor(threads.ThreadPoolExecutor):
    BROKEN = BrokenProcessPool
    _names = count().__next__

    @classmethod
    def prepare_context(cls, initializer, initargs):
        return _Context.prepare(initializer, initargs)

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        import os
        if max_workers is None:
            max_workers = os.process_cpu_count() or 1
        super().__init__(max_workers, f"ProcessPoolExecutor-{self._names()}", initializer, initargs)
        # The threads are ours: as one process ends its queue's thread, so does this.
        self._max_tasks_per_child = max_tasks_per_child

    def submit(self, fn, /, *args, **kwargs):
        # CPython's starts its processes with the first task.
        _check_main()
        return super().submit(fn, *args, **kwargs)

    def map(self, fn, *iterables, timeout=None, chunksize=1, buffersize=None):
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        return super().map(fn, *iterables, timeout=timeout, chunksize=chunksize, buffersize=buffersize)

    def terminate_workers(self):
        self.shutdown(wait=False, cancel_futures=True)

    kill_workers = terminate_workers


def _check_main():
    from multiprocessing import spawn
    spawn._check_not_importing_main()


def patch(pool):
    """Of `multiprocessing.pool`, once it is imported."""
    from multiprocessing import dummy

    class PoolProcess(dummy.DummyProcess):
        """A thread of a pool, and the process that it hands its tasks to."""

        def __init__(self, ctx, target, args):
            super().__init__(target=self._work, args=args)
            _check_main()
            self._child = processes.Child()
            self._notify = ctx.notifier.put

        def _work(self, inqueue, outqueue, initializer, initargs, maxtasks, wrap_exception):
            # CPython's worker, but that what it calls is elsewhere.
            def hand_out(result):
                job, at, (is_good, value) = result
                if not is_good and wrap_exception and value.__cause__ is not None:
                    value.__cause__ = pool.RemoteTraceback(str(value.__cause__))
                outqueue.put(result)

            class Results:
                put = staticmethod(hand_out)

            class Tasks:
                @staticmethod
                def get():
                    task = inqueue.get()
                    if task is None:
                        return None
                    job, at, function, args, kwargs = task
                    return job, at, run_in, (self._child, function, args, kwargs), {}
            try:
                if initializer is not None:
                    run_in(self._child, initializer, initargs, {})
                pool.worker(Tasks, Results, None, (), maxtasks, False)
            except processes.ProcessDied as died:
                raise RuntimeError(str(died)) from None
            finally:
                self._child.end()
                processes._warm()
                self._notify(None)

        @property
        def pid(self):
            return 1000 + self._child.number

        def terminate(self):
            self._child.end()

    class Pool(pool.ThreadPool):
        _wrap_exception = True

        def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
            class Context:
                def SimpleQueue(self):
                    self.notifier = plain_queue()
                    return self.notifier
            pool.Pool.__init__(self, processes, initializer, initargs, maxtasksperchild, Context())

        @staticmethod
        def Process(ctx, *, target, args):
            return PoolProcess(ctx, target, args)

    class plain_queue(pool.queue.SimpleQueue):
        _reader = None

    def wait_for_updates(sentinels, change_notifier, timeout=None):
        change_notifier.get()
        while not change_notifier.empty():
            change_notifier.get()

    # There are no pipes to wait at: the one queue says all that is new.
    pool.Pool._wait_for_updates = staticmethod(wait_for_updates)
    Pool.__module__ = "multiprocessing.pool"
    Pool.__qualname__ = "Pool"
    pool.ProcessPool = Pool
    return Pool
