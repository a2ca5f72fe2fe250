# ends: limit
# says: threads
import threading

def bomb():
    while True:
        threading.Thread(target=bomb).start()

bomb()
