import queue
from dataclasses import dataclass, field


@dataclass(order=True)
class Order:
    priority: int
    dish: str = field(compare=False)


orders = queue.PriorityQueue()
for priority, dish in ((2, "soup"), (1, "bread"), (3, "cake")):
    orders.put(Order(priority, dish))
print([orders.get().dish for _ in range(3)])
pairs = queue.PriorityQueue()
pairs.put((1, "same", 1))
pairs.put((1, "same", 0))
print(pairs.get())
