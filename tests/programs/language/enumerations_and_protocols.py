from abc import ABC, abstractmethod
from enum import Enum, auto


class State(Enum):
    WAITING = auto()
    DONE = auto()


class Cook(ABC):
    @abstractmethod
    def cook(self): ...


class Chef(Cook):
    def cook(self):
        return State.DONE


print(Chef().cook(), State["WAITING"].value, list(State))
try:
    Cook()
except TypeError as error:
    print("TypeError", "abstract" in str(error))
