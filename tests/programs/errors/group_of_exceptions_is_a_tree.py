def fail():
    raise ExceptionGroup("two of them", [ValueError("first"), TypeError("second")])


fail()
