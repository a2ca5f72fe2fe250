# ends: raised
# says: Hostile
class Hostile(Exception):
    def __str__(self):
        raise Hostile
    __repr__ = __str__

    @property
    def __cause__(self):
        return self

raise Hostile from ExceptionGroup("a", [ValueError(), ExceptionGroup("b", [Hostile()])])
