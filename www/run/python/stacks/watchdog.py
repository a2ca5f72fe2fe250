"""The sentence for a program that can never go on: who waits for whom, and where.
`shell` asks for it when no thread runs, none is due, and nothing is to come."""
from . import core

# By the library's function that the reader called, what a thread waits for.
_FOR = {
    "Queue.get": "something to be put into a queue", "Queue.put": "room in a queue", "Queue.join": "a queue's tasks to be done",
    "_PySimpleQueue.get": "something to be put into a queue", "SimpleQueue.get": "something to be put into a queue",
    "Condition.wait": "a Condition to be notified", "Condition.wait_for": "a Condition to be notified",
    "Event.wait": "an Event to be set", "Barrier.wait": "others at a Barrier",
    "Semaphore.acquire": "a Semaphore to be released", "Semaphore.__enter__": "a Semaphore to be released",
    "Future.result": "a future's result", "Future.exception": "a future's result",
    "wait": "futures", "as_completed": "futures", "Executor.map.<locals>.result_iterator": "a future's result",
    "_result_or_cancel": "a future's result",
    "Executor.__exit__": "the executor's threads to finish", "ThreadPoolExecutor.shutdown": "the executor's threads to finish",
    "_shutdown": "the other threads to finish",
    "BaseProcess.join": "a process to finish, which waits too",
}
# And in a word, for the events.
WORDS = {
    "Queue.get": "queue", "Queue.put": "queue", "Queue.join": "queue", "_PySimpleQueue.get": "queue",
    "Condition.wait": "condition", "Condition.wait_for": "condition", "Event.wait": "event", "Barrier.wait": "barrier",
    "Semaphore.acquire": "semaphore", "Future.result": "result", "Future.exception": "result", "wait": "result",
    "as_completed": "result", "Executor.map.<locals>.result_iterator": "result", "_result_or_cancel": "result",
    "Executor.__exit__": "executor", "ThreadPoolExecutor.shutdown": "executor", "Thread.start": "start",
    "BaseProcess.join": "process", "ThreadPoolExecutor.submit": "start", "Executor.map": "start",
}


def _what(stack):
    if stack.via == "Thread.join" or (stack.why == "join" and stack.via in ("", "Thread.join")):
        target = getattr(stack.on, "_stack", None)
        return f"{core.name_of(target)} to finish" if target else "a thread to finish"
    if stack.via in _FOR:
        return _FOR[stack.via]
    if stack.why == "lock":
        owner = getattr(stack.on, "_owner", None)
        if owner is stack:
            return "a lock that it holds itself"
        return f"a lock that {core.name_of(owner)} holds" if owner else "a lock"
    if stack.why == "event loop":
        return "its event loop, in which nothing is left that could happen"
    return stack.why


def sentence():
    waiting = [stack for stack in core.alive.values() if stack.why]
    of_reader = [stack for stack in waiting if stack.line] or waiting
    told = [f"{core.name_of(stack)} waits for {_what(stack)}" + (f" (line {stack.line})" if stack.line else "")
            for stack in of_reader[:8]]
    if len(of_reader) > len(told):
        told.append(f"{len(of_reader) - len(told)} more threads wait too")
    return f"Nothing can ever go on: {'; '.join(told)}."[:1900]
