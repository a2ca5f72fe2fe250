import atexit


@atexit.register
def last():
    print("last")


atexit.register(print, "but one")
with open("note.txt", "w") as note:
    note.write("kept while it runs\n")
print(open("note.txt").read(), end="")
