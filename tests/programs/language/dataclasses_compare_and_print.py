from dataclasses import asdict, dataclass, field, replace


@dataclass(frozen=True, order=True)
class Order:
    price: int
    dish: str = "soup"
    extras: tuple = field(default=(), compare=False)


orders = [Order(7), Order(5, "rice", ("salt",))]
print(min(orders), asdict(replace(orders[0], price=8)))
try:
    orders[0].price = 1
except AttributeError as error:
    print(type(error).__name__, error)
