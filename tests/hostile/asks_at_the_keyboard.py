# ends: raised
# says: nobody at a keyboard
# never: got out
import sys

for ask in (sys.stdin.read, sys.stdin.readline):
    try:
        print("got out", ask())
    except EOFError:
        pass
    except Exception as error:
        print(type(error).__name__)
input("Your password: ")
