import sys

print(__name__, sys.modules["__main__"].__name__)
answer = 42
print(sys.modules["__main__"].answer, "answer" in globals())
if __name__ == "__main__":
    print("guarded")
