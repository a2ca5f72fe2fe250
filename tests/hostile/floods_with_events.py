# ends: limit
# says: things that are recorded
import time

while True:
    time.sleep(0)
