# untimed: a process takes longer to begin in a page
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass


@dataclass
class Order:
    dish: str
    price: int


def double(order):
    return Order(order.dish, order.price * 2)


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        print(executor.submit(double, Order("soup", 5)).result())
