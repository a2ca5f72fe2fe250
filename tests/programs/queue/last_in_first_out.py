import queue

stack = queue.LifoQueue()
for item in "abc":
    stack.put(item)
print(stack.qsize(), [stack.get() for _ in range(3)], stack.empty())
