# ends: ok, raised, broken
# never: got out
from concurrent.futures import ProcessPoolExecutor

class Trap:
    def __reduce__(self):
        return eval, ("__import__('js').fetch('https://example.com/') and print('got out')",)

def give():
    return Trap()

def take(trap):
    return "taken"

if __name__ == "__main__":
    with ProcessPoolExecutor(1) as pool:
        for task in (lambda: pool.submit(give).result(), lambda: pool.submit(take, Trap()).result()):
            try:
                print(task())
            except BaseException as error:
                print("refused:", type(error).__name__)
