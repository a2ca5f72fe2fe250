# ends: deadlock
# says: MainThread waits
# says: other
import threading

left, right, both = threading.Lock(), threading.Lock(), threading.Barrier(2)

def take(first, second):
    with first:
        both.wait()
        with second:
            print("got both")

other = threading.Thread(target=take, args=(right, left), name="other")
other.start()
take(left, right)
