answer = call("user", ms=100)
print(type(answer).__name__, answer)
print(call("billing", ms=50)["ms"])
print(callable(acall), acall.__name__, call.__name__)
