class KitchenError(Exception):
    def __init__(self, dish, why):
        super().__init__(f"{dish}: {why}")
        self.dish = dish


class Burnt(KitchenError):
    pass


try:
    raise Burnt("soup", "too long")
except KitchenError as error:
    print(type(error).__name__, error, error.dish, repr(error))
raise Burnt("rice", "too hot")
